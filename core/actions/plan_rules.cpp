#include "core/actions/advice.hpp"
#include "core/actions/planners.hpp"
#include "core/actions/targets.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace core::actions {
namespace {

using nlohmann::json;
using seams::failure;
using seams::reaction;
using domain_set = std::set<std::string>;

constexpr auto forwards =
    std::to_array<std::string_view>({"forwardTo", "forwardAsAttachmentTo", "redirectTo"});

auto domain_of(std::string_view address) -> std::string {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? "" : seams::lower_case(address.substr(at + 1));
}

/// Addresses that the rule sends mail to; "" for one that is no SMTP address as it stands.
auto recipients_of(const json& rule) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto actions = object_in(rule, "actions");
  for (const auto name : forwards) {
    const auto list = actions.value(name, json());
    for (const auto& one : list.is_array() ? list : json::array()) {
      out.push_back(text_in(object_in(one, "emailAddress"), "address"));
    }
  }
  return out;
}

/// Deletes mail, or files it away as read: what intruders do to answers that would warn somebody.
auto hides(const json& rule) -> bool {
  const auto actions = object_in(rule, "actions");
  return is_true(actions, "delete") || is_true(actions, "permanentDelete") ||
         (!text_in(actions, "moveToFolder").empty() &&
          (is_true(actions, "markAsRead") || is_true(actions, "stopProcessingRules")));
}

auto leaves(const std::vector<std::string>& recipients, const domain_set& own) -> bool {
  return std::ranges::any_of(recipients, [&](const std::string& one) {
    const auto domain = domain_of(one);
    return !domain.empty() && !own.contains(domain);
  });
}

auto told(const json& rule, const std::vector<std::string>& recipients) -> std::string {
  auto out = "\"" + text_in(rule, "displayName") + "\"";
  for (auto i = std::size_t{0}; i < recipients.size(); ++i) {
    out += (i == 0 ? " to " : ", ") + recipients[i];
  }
  return out;
}

auto step_for(const json& rule, const std::string& user, std::string verb) -> step {
  auto out = step();
  out.id = verb + " " + user + " " + text_in(rule, "id");
  out.target = user;
  if (is_true(rule, "isReadOnly")) {
    out.problem = failure(reaction::stop_and_diagnose,
                          "read_only_rule",
                          "the rule " + told(rule, {}) + " can only be changed in Outlook");
  }
  return out;
}

auto rule_url(const tools& with, const std::string& user, const json& rule) -> std::string {
  return user_url(with, user) + "/mailFolders/inbox/messageRules/" + segment(text_in(rule, "id"));
}

auto disabling(const tools& with, const std::string& user, const json& rule) -> step {
  auto out = step_for(rule, user, "disable rule");
  out.does = "disables the rule " + told(rule, recipients_of(rule));
  out.call = change(
      workload::graph, "PATCH", rule_url(with, user, rule), json{{"isEnabled", false}}.dump());
  out.undo = json{{"isEnabled", true}}.dump();
  return out;
}

auto deleting(const tools& with, const std::string& user, const json& rule) -> step {
  auto out = step_for(rule, user, "delete rule");
  out.does = "deletes the rule " + told(rule, recipients_of(rule));
  out.call = change(workload::graph, "DELETE", rule_url(with, user, rule));
  auto kept = rule;
  kept.erase("id");
  out.undo = kept.dump();
  return out;
}

/// What counts as inside.
struct own_domains {
  domain_set names;    ///< none: nobody knows
  bool listed = false; ///< by the tenant, not by whoever asks for the act
};

/// What the act says, as the canonical names.
auto named_domains(const act_request& what) -> seams::result<domain_set> {
  auto out = domain_set();
  for (const auto& given : values_of(what.parameters, "internal_domains")) {
    auto name = check_domain(given);
    if (!name) {
      return name.error();
    }
    out.insert(std::move(*name));
  }
  return out;
}

/// Those of the user's own addresses; none if the user cannot be read.
auto domains_of_user(const tools& with, const std::string& user)
    -> boost::asio::awaitable<seams::result<domain_set>> {
  auto url = user_url(with, user) + "?$select=id,userPrincipalName,mail";
  const auto found = co_await read_object(with, workload::graph, std::move(url));
  auto out = domain_set();
  if (!found && found.error().next != reaction::stop_and_diagnose) {
    co_return found.error();
  }
  for (const auto* member : {"userPrincipalName", "mail"}) {
    const auto domain = found ? domain_of(text_in(*found, member)) : std::string();
    if (!domain.empty()) {
      out.insert(domain);
    }
  }
  co_return out;
}

/// All verified domains of the tenant ("List domains", isVerified). An app that is refused them has
/// to be told the domains: one that was taken for a stranger's would lose its rules.
auto domains_inside(const tools& with, const act_request& what, const std::string& user)
    -> boost::asio::awaitable<seams::result<own_domains>> {
  auto named = named_domains(what);
  if (!named) {
    co_return named.error();
  }
  auto url = with.config.where.graph.root + "/v1.0/domains";
  const auto listed = co_await read_entities(with, workload::graph, std::move(url));
  if (!listed && listed.error().next != reaction::stop_and_diagnose) {
    co_return listed.error();
  }
  auto out = own_domains{std::move(*named), static_cast<bool>(listed)};
  if (listed) {
    for (const auto& one : *listed) {
      if (is_true(one, "isVerified")) {
        out.names.insert(seams::lower_case(text_in(one, "id")));
      }
    }
  } else if (!out.names.empty()) {
    auto more = co_await domains_of_user(with, user);
    if (!more) {
      co_return more.error();
    }
    out.names.merge(*more);
  }
  co_return out;
}

auto names_of(const domain_set& domains) -> std::string {
  auto out = std::string();
  for (const auto& one : domains) {
    out += (out.empty() ? "" : ", ") + one;
  }
  return out;
}

auto without_domains(const std::string& user) -> step {
  auto out = nothing_to_do("delete rules " + user, user, "deletes rules that forward outside");
  out.already = false;
  out.problem = failure(reaction::stop_and_diagnose,
                        "domains_unknown",
                        "there are rules that forward, and the tenant's domains are not known: "
                        "grant Domain.Read.All, or name all of them with --internal-domain");
  return out;
}

auto plan_deletions(const tools& with,
                    const act_request& what,
                    const std::string& user,
                    const std::vector<json>& rules) -> boost::asio::awaitable<planned> {
  auto out = std::vector<step>();
  if (std::ranges::all_of(rules, [](const json& one) { return recipients_of(one).empty(); })) {
    co_return out;
  }
  const auto own = co_await domains_inside(with, what, user);
  if (!own) {
    co_return own.error();
  }
  if (own->names.empty()) {
    out.push_back(without_domains(user));
    co_return out;
  }
  for (const auto& rule : rules) {
    if (leaves(recipients_of(rule), own->names)) {
      out.push_back(deleting(with, user, rule));
      if (!own->listed) {
        out.back().notes.push_back(
            "the tenant's domains cannot be read (Domain.Read.All): taken as "
            "internal are " +
            names_of(own->names));
      }
    }
  }
  co_return out;
}

/// The forwarding of the mailbox is looked at elsewhere: where that is refused, the rules still go.
auto plan_disabling(const tools& with,
                    const act_request& what,
                    const std::string& user,
                    const std::vector<json>& rules) -> boost::asio::awaitable<planned> {
  const auto hiding_too = !values_of(what.parameters, "hiding").empty();
  auto out = std::vector<step>();
  for (const auto& rule : rules) {
    if (is_true(rule, "isEnabled") &&
        (!recipients_of(rule).empty() || (hiding_too && hides(rule)))) {
      out.push_back(disabling(with, user, rule));
    }
  }
  auto forwarding = co_await plan_mailbox_forwarding(with, user);
  if (!forwarding) {
    auto unseen =
        nothing_to_do("stop forwarding of " + user, user, "looks at the forwarding of the mailbox");
    unseen.already = false;
    unseen.problem = explained(what, forwarding.error());
    forwarding = std::vector{std::move(unseen)};
  }
  std::ranges::move(*forwarding, std::back_inserter(out));
  co_return out;
}

} // namespace

auto plan_rules(const tools& with, const act_request& what, std::string user)
    -> boost::asio::awaitable<planned> {
  auto url = user_url(with, user) + "/mailFolders/inbox/messageRules";
  const auto rules = co_await read_entities(with, workload::graph, std::move(url));
  if (!rules) {
    co_return rules.error();
  }
  const auto deletes = what.name == "delete_external_forwarding_rules";
  auto out = planned(std::vector<step>());
  if (deletes) {
    out = co_await plan_deletions(with, what, user, *rules);
  } else {
    out = co_await plan_disabling(with, what, user, *rules);
  }
  if (out && out->empty()) {
    out->push_back(nothing_to_do((deletes ? "delete rules " : "disable rules ") + user,
                                 user,
                                 deletes ? "no rule forwards outside" : "nothing forwards"));
  }
  co_return out;
}

} // namespace core::actions
