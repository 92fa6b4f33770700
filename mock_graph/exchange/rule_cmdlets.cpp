#include "core/seams/choices.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/exchange/cmdlets.hpp"
#include "mock_graph/tenant/safe_links.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::exchange {
namespace {

using seams::equal_ignoring_case;
using tenant::safe_links_rule;

constexpr auto comment_bytes_max = std::size_t{1024};

void take_scopes(safe_links_rule& rule, const arguments& given) {
  given.change("SentTo", rule.to.users);
  given.change("SentToMemberOf", rule.to.groups);
  given.change("RecipientDomainIs", rule.to.domains);
  given.change("ExceptIfSentTo", rule.except.users);
  given.change("ExceptIfSentToMemberOf", rule.except.groups);
  given.change("ExceptIfRecipientDomainIs", rule.except.domains);
}

auto id_in(const workplace& place, const safe_links_rule& rule) -> std::string {
  return guid_of(place.book.state(), rule);
}

/// A policy can be used by one rule only. `rule` has its GUID, as in all checks.
auto check_policy(const workplace& place, const safe_links_rule& rule)
    -> std::optional<cmdlet_outcome> {
  if (place.book.find(noun::policy, rule.policy, place.now) == nullptr) {
    return not_found(rule.policy);
  }
  const auto taken = std::ranges::any_of(place.setup.rules, [&](const safe_links_rule& one) {
    return id_in(place, one) != rule.guid && equal_ignoring_case(one.policy, rule.policy);
  });
  return taken ? std::optional(refusal("System.ArgumentException",
                                       "The Safe Links policy '" + rule.policy +
                                           "' is already used by another rule."))
               : std::nullopt;
}

auto check_name(const workplace& place, const safe_links_rule& rule)
    -> std::optional<cmdlet_outcome> {
  const auto taken = std::ranges::any_of(place.setup.rules, [&](const safe_links_rule& one) {
    return id_in(place, one) != rule.guid && equal_ignoring_case(one.name, rule.name);
  });
  return taken ? std::optional(
                     refusal("Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException",
                             "The operation couldn't be performed because object '" + rule.name +
                                 "' already exists."))
               : std::nullopt;
}

/// Rules have the priorities from 0 on; one can be put behind the last. Which error the service
/// has for others is not known [inferred].
auto check_priority(const workplace& place, const arguments& given)
    -> std::optional<cmdlet_outcome> {
  const auto count = std::ranges::count_if(place.setup.rules, [&](const safe_links_rule& one) {
    const auto* known = place.book.by_guid(id_in(place, one));
    return known != nullptr && known->what == noun::rule;
  });
  const auto wanted = given.number("Priority").value_or(0);
  return wanted > count
             ? std::optional(refusal("System.ArgumentException",
                                     "The priority " + std::to_string(wanted) +
                                         " is not between 0 and " + std::to_string(count) + "."))
             : std::nullopt;
}

/// Name, place, conditions, comments and policy of a rule that is about to be kept.
auto check_rule(const workplace& place, const safe_links_rule& rule, const arguments& given)
    -> std::optional<cmdlet_outcome> {
  if (auto wrong = check_name(place, rule)) {
    return wrong;
  }
  if (auto wrong = check_priority(place, given)) {
    return wrong;
  }
  if (rule.to.empty()) {
    return refusal("System.ArgumentException",
                   "Specify at least one of SentTo, SentToMemberOf and RecipientDomainIs.");
  }
  if (rule.comments.size() > comment_bytes_max) {
    return refusal("System.ArgumentException", "Comments has more than 1024 characters.");
  }
  return given.text("SafeLinksPolicy") ? check_policy(place, rule) : std::nullopt;
}

/// Puts the rule at its place; the others move.
void move_to(workplace& place, safe_links_rule& what, std::optional<std::int64_t> wanted) {
  if (wanted) {
    for (auto& rule : place.setup.rules) {
      rule.priority = rule.priority * 2 + 1;
    }
    const auto up = *wanted * 2 > what.priority;
    what.priority = *wanted * 2 + (up ? 2 : 0);
  }
  tenant::number_rules(place.setup);
}

auto list_rules(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto rows =
      identified(place.book.all(noun::rule, place.now), given.text("Identity").value_or(""));
  const auto state = given.text("State").value_or("");
  std::erase_if(rows, [&](const nlohmann::ordered_json& row) {
    return !state.empty() && !equal_ignoring_case(row.value("State", ""), state);
  });
  return {std::move(rows), {}};
}

auto create_rule(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto fresh = safe_links_rule();
  fresh.name = given.text("Name").value_or("");
  fresh.policy = given.text("SafeLinksPolicy").value_or("");
  fresh.enabled = given.flag("Enabled").value_or(true);
  fresh.comments = given.text("Comments").value_or("");
  fresh.priority = static_cast<std::int64_t>(place.setup.rules.size());
  fresh.guid =
      seams::named_guid(place.book.state().seed, "safe links rule/" + fresh.name + place.serial);
  take_scopes(fresh, given);
  if (auto wrong = check_rule(place, fresh, given)) {
    return *wrong;
  }
  place.setup.rules.push_back(fresh);
  move_to(place, place.setup.rules.back(), given.number("Priority"));
  return {{}, {}, fresh.name, fresh.guid};
}

/// The custom rule of that name or GUID that cmdlets can find, or what to answer instead.
auto custom_rule(workplace& place, const arguments& given, cmdlet_outcome& out)
    -> safe_links_rule* {
  const auto identity = given.text("Identity").value_or("");
  if (const auto* known = place.book.find(noun::rule, identity, place.now)) {
    for (auto& one : place.setup.rules) {
      if (id_in(place, one) == known->guid) {
        out.target = one.name;
        return &one;
      }
    }
  }
  out = not_found(identity);
  return nullptr;
}

auto change_rule(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  auto* rule = custom_rule(place, given, out);
  if (rule == nullptr) {
    return out;
  }
  auto fresh = *rule;
  fresh.guid = id_in(place, *rule); // stays, whatever the name
  fresh.name = given.text("Name").value_or(fresh.name);
  fresh.policy = given.text("SafeLinksPolicy").value_or(fresh.policy);
  fresh.comments = given.text("Comments").value_or(fresh.comments);
  take_scopes(fresh, given);
  if (auto wrong = check_rule(place, fresh, given)) {
    return *wrong;
  }
  *rule = std::move(fresh);
  move_to(place, *rule, given.number("Priority"));
  return out;
}

auto switch_rule(workplace& place, const arguments& given, bool on) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  if (auto* rule = custom_rule(place, given, out)) {
    rule->enabled = on;
  }
  return out;
}

auto enable_rule(workplace& place, const arguments& given) -> cmdlet_outcome {
  return switch_rule(place, given, true);
}

auto disable_rule(workplace& place, const arguments& given) -> cmdlet_outcome {
  return switch_rule(place, given, false);
}

auto remove_rule(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  if (const auto* rule = custom_rule(place, given, out)) {
    const auto id = id_in(place, *rule);
    std::erase_if(place.setup.rules,
                  [&](const safe_links_rule& one) { return id_in(place, one) == id; });
    tenant::number_rules(place.setup);
  }
  return out;
}

auto list_preset_rules(workplace& place, const arguments& given) -> cmdlet_outcome {
  return {
      identified(place.book.all(noun::preset_rule, place.now), given.text("Identity").value_or("")),
      {}};
}

auto list_built_in_rule(workplace& place, const arguments&) -> cmdlet_outcome {
  return {identified(place.book.all(noun::built_in_rule, place.now), ""), {}};
}

constexpr auto rule_flag = value_kind::flag;
constexpr auto rule_states = std::to_array<std::string_view>({"Enabled", "Disabled"});
constexpr auto state_parameter =
    parameter{"State", value_kind::words, false, rule_states, "RuleState"};
constexpr auto list_parameters = std::to_array<parameter>({{"Identity"}, state_parameter});
constexpr auto one_rule =
    std::to_array<parameter>({{"Identity", value_kind::text, true}, {"Confirm", rule_flag}});
constexpr auto set_rule_parameters = std::to_array<parameter>({
    {"Identity", value_kind::text, true},
    {"SafeLinksPolicy"},
    {"Name"},
    {"SentTo", value_kind::list},
    {"SentToMemberOf", value_kind::list},
    {"RecipientDomainIs", value_kind::list},
    {"ExceptIfSentTo", value_kind::list},
    {"ExceptIfSentToMemberOf", value_kind::list},
    {"ExceptIfRecipientDomainIs", value_kind::list},
    {"Comments"},
    {.name = "Priority", .kind = value_kind::number, .least = 0},
    {"Confirm", rule_flag},
});
/// Of a new rule, name and policy are needed; it may begin disabled.
constexpr auto new_rule_parameters = [] {
  auto out = set_rule_parameters;
  out[0] = {"Enabled", rule_flag};
  out[1].required = true;
  out[2].required = true;
  return out;
}();

constexpr auto rule_table = std::to_array<cmdlet>({
    {"Get-SafeLinksRule", access::reads, list_parameters, list_rules},
    {"New-SafeLinksRule", access::changes, new_rule_parameters, create_rule},
    {"Set-SafeLinksRule", access::changes, set_rule_parameters, change_rule},
    {"Enable-SafeLinksRule", access::changes, one_rule, enable_rule},
    {"Disable-SafeLinksRule", access::changes, one_rule, disable_rule},
    {"Remove-SafeLinksRule", access::changes, one_rule, remove_rule},
    {"Get-ATPProtectionPolicyRule", access::reads, list_parameters, list_preset_rules},
    {"Get-ATPBuiltInProtectionRule", access::reads, list_parameters, list_built_in_rule},
});

} // namespace

auto rule_cmdlets() -> std::span<const cmdlet> {
  return rule_table;
}

} // namespace mock_graph::exchange
