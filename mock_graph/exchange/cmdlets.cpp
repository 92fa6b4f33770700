#include "mock_graph/exchange/cmdlets.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::exchange {
namespace {

using seams::equal_ignoring_case;

struct role_row {
  std::string_view name;
  std::array<bool, 4> may; ///< in the order of `access`
};

constexpr auto roles = std::to_array<role_row>({
    {"Security Reader", {true, false, false, false}},
    {"Global Reader", {true, false, true, false}},
    {"Security Administrator", {true, true, false, false}},
    {"Exchange Recipient Administrator", {false, false, true, true}},
    {"Exchange Administrator", {true, true, true, true}},
    {"Global Administrator", {true, true, true, true}},
});

} // namespace

auto find_cmdlet(std::string_view name) -> const cmdlet* {
  for (const auto table : cmdlet_tables()) {
    const auto found = std::ranges::find_if(
        table, [&](const cmdlet& one) { return equal_ignoring_case(one.name, name); });
    if (found != table.end()) {
      return &*found;
    }
  }
  return nullptr;
}

auto cmdlet_tables() -> std::array<std::span<const cmdlet>, 6> {
  return {policy_cmdlets(),
          rule_cmdlets(),
          report_cmdlets(),
          list_cmdlets(),
          mailbox_cmdlets(),
          trace_cmdlets()};
}

auto changes_things(const cmdlet& what) -> bool {
  return what.needs == access::changes || what.needs == access::changes_mailboxes;
}

auto allows(std::string_view directory_role, access needs) -> bool {
  const auto found = std::ranges::find(roles, directory_role, &role_row::name);
  return found != roles.end() && found->may.at(static_cast<std::size_t>(needs));
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
