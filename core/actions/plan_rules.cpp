#include "core/actions/advice.hpp"
#include "core/actions/planners.hpp"
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

/// Addresses that the rule sends mail to; one that is no SMTP address as it stands.
auto recipients_of(const json& rule) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto actions = rule.value("actions", json());
  for (const auto name : forwards) {
    const auto list = actions.is_object() ? actions.value(name, json()) : json();
    for (const auto& one : list.is_array() ? list : json::array()) {
      const auto mail = one.is_object() ? one.value("emailAddress", json()) : json();
      out.push_back(mail.is_object() ? text_in(mail, "address") : std::string());
    }
  }
  return out;
}

/// Deletes mail, or files it away as read: what intruders do to answers that would warn somebody.
auto hides(const json& rule) -> bool {
  const auto actions = rule.value("actions", json());
  return actions.is_object() &&
         (is_true(actions, "delete") || is_true(actions, "permanentDelete") ||
          (!text_in(actions, "moveToFolder").empty() &&
           (is_true(actions, "markAsRead") || is_true(actions, "stopProcessingRules"))));
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

/// The tenant's own domains, and whether the tenant named them: an app without Domain.Read.All has
/// to go by what the act says and by the address of the mailbox.
auto own_domains(const tools& with, const act_request& what, const std::string& user)
    -> boost::asio::awaitable<std::pair<domain_set, bool>> {
  auto out = domain_set{domain_of(user)};
  for (const auto& one : values_of(what.parameters, "internal_domains")) {
    out.insert(seams::lower_case(one));
  }
  auto url = with.config.where.graph.root + "/v1.0/domains";
  const auto listed = co_await read_list(with, workload::graph, std::move(url));
  if (listed) {
    for (const auto& one : *listed) {
      out.insert(seams::lower_case(text_in(one, "id")));
    }
  }
  co_return std::pair(std::move(out), static_cast<bool>(listed));
}

auto names_of(const domain_set& domains) -> std::string {
  auto out = std::string();
  for (const auto& one : domains) {
    out += (out.empty() || one.empty() ? "" : ", ") + one;
  }
  return out;
}

} // namespace

auto plan_rules(const tools& with, const act_request& what, std::string user)
    -> boost::asio::awaitable<planned> {
  const auto deletes = what.name == "delete_external_forwarding_rules";
  const auto hiding_too = !values_of(what.parameters, "hiding").empty();
  auto url = user_url(with, user) + "/mailFolders/inbox/messageRules";
  const auto rules = co_await read_list(with, workload::graph, std::move(url));
  if (!rules) {
    co_return rules.error();
  }
  auto own = std::pair<domain_set, bool>();
  if (deletes && !rules->empty()) {
    own = co_await own_domains(with, what, user);
  }
  auto out = std::vector<step>();
  for (const auto& rule : *rules) {
    const auto to = recipients_of(rule);
    if (deletes && leaves(to, own.first)) {
      out.push_back(deleting(with, user, rule));
      if (!own.second) {
        out.back().notes.push_back(
            "the tenant's domains cannot be read (Domain.Read.All): taken as "
            "internal are " +
            names_of(own.first));
      }
    } else if (!deletes && is_true(rule, "isEnabled") &&
               (!to.empty() || (hiding_too && hides(rule)))) {
      out.push_back(disabling(with, user, rule));
    }
  }
  if (!deletes) {
    auto forwarding = co_await plan_mailbox_forwarding(with, user);
    if (forwarding) {
      std::ranges::move(*forwarding, std::back_inserter(out));
    } else { // the rules are another API's and can be dealt with all the same
      out.push_back(unplanned(user, explained(what, forwarding.error())));
    }
  }
  if (out.empty()) {
    out.push_back(nothing_to_do((deletes ? "delete rules " : "disable rules ") + user,
                                user,
                                deletes ? "no rule forwards outside" : "nothing forwards"));
  }
  co_return out;
}

} // namespace core::actions
