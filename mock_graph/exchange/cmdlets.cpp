#include "mock_graph/exchange/cmdlets.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::exchange {
namespace {

using nlohmann::json;
using seams::equal_ignoring_case;

auto argument(const json& parameters, std::string_view name) -> std::string {
  for (const auto& [key, value] : parameters.items()) {
    if (equal_ignoring_case(key, name)) {
      return value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
    }
  }
  return {};
}

/// The object asked for; all of them if the identity is null or names none: a trap of the service
/// (learn.microsoft.com/powershell/module/exchangepowershell; exchange-and-safelinks sheet, 3).
auto identified(std::vector<const configured*> objects, const std::string& identity)
    -> std::vector<const configured*> {
  const auto is_it = [&](const configured* one) {
    return equal_ignoring_case(one->name, identity) || equal_ignoring_case(one->guid, identity);
  };
  if (std::ranges::any_of(objects, is_it)) {
    std::erase_if(objects, [&](const configured* one) { return !is_it(one); });
  }
  return objects;
}

auto list_policies(policy_book& book, const json& parameters) -> cmdlet_outcome {
  return {identified(book.all(noun::policy), argument(parameters, "Identity")), {}};
}

auto list_rules(policy_book& book, const json& parameters) -> cmdlet_outcome {
  const auto state = argument(parameters, "State");
  if (!state.empty() && !equal_ignoring_case(state, "Enabled") &&
      !equal_ignoring_case(state, "Disabled")) {
    return {{},
            cmdlet_error{400,
                         "BadRequest",
                         "Microsoft.Exchange.AdminApi.CommandInvocation."
                         "ParameterTransformationException",
                         "Cannot convert value \"" + state +
                             "\" to type RuleState. The possible enumeration values are "
                             "\"Enabled,Disabled\"."}};
  }
  auto rows = identified(book.all(noun::rule), argument(parameters, "Identity"));
  std::erase_if(rows, [&](const configured* one) {
    return !state.empty() && !equal_ignoring_case(one->row.value("State", ""), state);
  });
  return {std::move(rows), {}};
}

auto show_tenant_switch(policy_book& book, const json&) -> cmdlet_outcome {
  return {book.all(noun::tenant_switch), {}};
}

constexpr auto by_identity = std::to_array<std::string_view>({"Identity"});
constexpr auto by_identity_and_state = std::to_array<std::string_view>({"Identity", "State"});

constexpr auto cmdlet_table = std::to_array<cmdlet>({
    {"Get-SafeLinksPolicy", access::reads, by_identity, list_policies},
    {"Get-SafeLinksRule", access::reads, by_identity_and_state, list_rules},
    {"Get-AtpPolicyForO365", access::reads, by_identity, show_tenant_switch},
});

constexpr auto changing_roles = std::to_array<std::string_view>(
    {"Security Administrator", "Exchange Administrator", "Global Administrator"});
constexpr auto reading_roles =
    std::to_array<std::string_view>({"Security Reader", "Global Reader"});

} // namespace

auto find_cmdlet(std::string_view name) -> const cmdlet* {
  const auto found = std::ranges::find_if(
      cmdlet_table, [&](const cmdlet& one) { return equal_ignoring_case(one.name, name); });
  return found == cmdlet_table.end() ? nullptr : &*found;
}

auto allows(std::string_view directory_role, access needs) -> bool {
  const auto changes = std::ranges::find(changing_roles, directory_role) != changing_roles.end();
  const auto reads = std::ranges::find(reading_roles, directory_role) != reading_roles.end();
  return changes || (reads && needs == access::reads);
}

auto run(const cmdlet& what, policy_book& book, const json& parameters) -> cmdlet_outcome {
  for (const auto& [key, value] : parameters.items()) {
    const auto known = std::ranges::any_of(
        what.parameters, [&](std::string_view name) { return equal_ignoring_case(name, key); });
    if (!known) {
      return {
          {},
          cmdlet_error{400,
                       "BadRequest",
                       "System.Management.Automation.ParameterBindingException",
                       "A parameter cannot be found that matches parameter name '" + key + "'."}};
    }
  }
  return what.run(book, parameters);
}

} // namespace mock_graph::exchange
