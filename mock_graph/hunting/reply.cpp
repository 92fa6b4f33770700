#include "mock_graph/hunting/reply.hpp"

#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/times.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <cmath>

namespace mock_graph::hunting {
namespace {

using json = nlohmann::json;

auto quoted(const std::string& text) -> std::string {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

auto schema_of(const column& from, bool json_booleans) -> std::string {
  const auto type = from.type == scalar::boolean && json_booleans
                        ? std::string("Boolean")
                        : std::string(kql::dotnet_name(from.type));
  return R"({"name":)" + quoted(from.name) + R"(,"type":)" + quoted(type) + "}";
}

auto null_of(scalar type) -> std::string {
  return type == scalar::datetime || type == scalar::dynamic ? "{}" : "null";
}

auto real_text(double number) -> std::string {
  return std::isfinite(number) ? json(number).dump() : quoted(kql::text_of(number));
}

auto cell_text(const value& cell, scalar type, bool json_booleans) -> std::string {
  switch (cell.index()) {
  case 0:
    return null_of(type);
  case 1:
    return quoted(std::get<std::string>(cell));
  case 2:
    return quoted(seams::to_rfc3339(std::get<seams::instant>(cell)));
  case 3:
    return json_booleans ? (std::get<bool>(cell) ? "true" : "false")
                         : (std::get<bool>(cell) ? "1" : "0");
  case 4:
    return std::to_string(std::get<std::int64_t>(cell));
  case 5:
    return real_text(std::get<double>(cell));
  case 6:
    return quoted(kql::timespan_text(std::get<seams::duration>(cell)));
  default:
    return std::get<json>(cell).dump(-1, ' ', false, json::error_handler_t::replace);
  }
}

} // namespace

auto to_reply_json(const result_table& result, bool json_booleans, const std::string& root)
    -> std::string {
  auto out = R"({"@odata.context":)" +
             quoted(root + "/$metadata#microsoft.graph.security.huntingQueryResults") +
             R"(,"schema":[)";
  auto heads = std::vector<std::string>();
  for (const auto& each : result.columns) {
    out += (heads.empty() ? "" : ",") + schema_of(each, json_booleans);
    const auto sidecar = each.type == scalar::boolean && !json_booleans
                             ? quoted(each.name + "@odata.type") + R"(:"#SByte",)"
                             : std::string();
    heads.push_back(sidecar + quoted(each.name) + ":");
  }
  out += R"(],"results":[)";
  for (auto place = std::size_t{0}; place < result.rows.size(); ++place) {
    const auto& cells = result.rows[place];
    out += place > 0 ? ",{" : "{";
    for (auto at = std::size_t{0}; at < cells.size(); ++at) {
      out += at > 0 ? "," : "";
      out += heads[at];
      out += cell_text(cells[at], result.columns[at].type, json_booleans);
    }
    out += '}';
  }
  return out + "]}";
}

} // namespace mock_graph::hunting
