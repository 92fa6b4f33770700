#include "mock_graph/exchange/typed_fields.hpp"

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;

auto precise(seams::instant at, std::string_view zone) -> std::string {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  auto text = seams::to_rfc3339(second);
  text.pop_back();
  const auto digits = std::to_string((at - second).count());
  return text + "." + std::string(7 - digits.size(), '0') + digits + std::string(zone);
}

} // namespace

void add_list(ordered_json& row, const std::string& name, std::vector<std::string> values) {
  row[name + "@odata.type"] = "#Collection(String)";
  row[name] = std::move(values);
}

void add_moment(ordered_json& row,
                const std::string& name,
                seams::instant at,
                std::string_view zone) {
  row[name + "@data.type"] = "System.DateTime";
  row[name] = precise(at, zone);
}

void add_guid(ordered_json& row, const std::string& name, const std::string& value) {
  row[name + "@data.type"] = "System.Guid";
  row[name + "@odata.type"] = "#Guid";
  row[name] = value;
}

void add_number(ordered_json& row, const std::string& name, std::int64_t value) {
  row[name + "@data.type"] = "System.Int32";
  row[name] = value;
}

} // namespace mock_graph::exchange
