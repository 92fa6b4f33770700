#include "mock_graph/exchange/cmdlets.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::exchange {
namespace {

using seams::equal_ignoring_case;

constexpr auto changing_roles = std::to_array<std::string_view>(
    {"Security Administrator", "Exchange Administrator", "Global Administrator"});
constexpr auto reading_roles =
    std::to_array<std::string_view>({"Security Reader", "Global Reader"});

} // namespace

auto find_cmdlet(std::string_view name) -> const cmdlet* {
  for (const auto table : {policy_cmdlets(), rule_cmdlets(), report_cmdlets()}) {
    const auto found = std::ranges::find_if(
        table, [&](const cmdlet& one) { return equal_ignoring_case(one.name, name); });
    if (found != table.end()) {
      return &*found;
    }
  }
  return nullptr;
}

auto allows(std::string_view directory_role, access needs) -> bool {
  const auto changes = std::ranges::find(changing_roles, directory_role) != changing_roles.end();
  const auto reads = std::ranges::find(reading_roles, directory_role) != reading_roles.end();
  return changes || (reads && needs == access::reads);
}

auto identified(std::vector<const configured*> objects, const std::string& identity)
    -> std::vector<nlohmann::ordered_json> {
  const auto is_it = [&](const configured* one) {
    return equal_ignoring_case(one->name, identity) || equal_ignoring_case(one->guid, identity);
  };
  if (std::ranges::any_of(objects, is_it)) {
    std::erase_if(objects, [&](const configured* one) { return !is_it(one); });
  }
  auto out = std::vector<nlohmann::ordered_json>();
  for (const auto* one : objects) {
    out.push_back(one->row);
  }
  return out;
}

auto refusal(std::string type, std::string text) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  out.wrong = cmdlet_error{400, "BadRequest", std::move(type), std::move(text)};
  return out;
}

auto not_found(const std::string& identity) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  out.wrong = cmdlet_error{
      404,
      "NotFound",
      "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
      "The operation couldn't be performed because object '" + identity + "' couldn't be found."};
  return out;
}

} // namespace mock_graph::exchange
