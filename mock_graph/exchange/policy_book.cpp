#include "mock_graph/exchange/policy_book.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/tenant/safe_links.hpp"

#include <algorithm>
#include <map>

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;

constexpr auto feed = std::string_view("safe_links_policies");
constexpr auto age_at_start = std::chrono::days{30};

auto is_listed_by_feed(noun what) -> bool {
  return what != noun::preset_rule && what != noun::built_in_rule;
}

/// Built-in protection applies to everyone whom no other rule names.
auto built_in_rule() -> tenant::safe_links_rule {
  return {"ATP Built-In Protection Rule", tenant::built_in_protection().name};
}

} // namespace

policy_book::policy_book(tenant::tenant& owner, ledger& book) : owner_(owner), ledger_(book) {
  refresh(owner.state().start - age_at_start, "configured before the start");
}

void policy_book::on(const tenant::event& what) {
  if (const auto* change = std::get_if<tenant::policy_change>(&what.what)) {
    refresh(what.at, "change of " + change->policy + " (" + what.origin + ")");
  } else if (const auto* anew = std::get_if<tenant::safe_links_change>(&what.what)) {
    refresh(what.at, anew->story + " (" + what.origin + ")");
  }
}

auto policy_book::wanted() const -> std::vector<wanted_object> {
  const auto& now = owner_.state();
  auto out = std::vector<wanted_object>();
  if (now.plan == tenant::licence::none) {
    return out;
  }
  const auto add_policy = [&](const tenant::safe_links_policy& policy, bool built_in) {
    out.push_back({noun::policy, guid_of(now, policy), [&now, policy, built_in](auto& when) {
                     return policy_row(now, policy, built_in, when);
                   }});
  };
  auto places = std::map<noun, std::int64_t>();
  const auto add_rule = [&](noun what, const tenant::safe_links_rule& rule) {
    const auto priority = places[what]++;
    out.push_back({what, guid_of(now, rule), [&now, rule, priority](auto& when) {
                     return rule_row(now, rule, priority, when);
                   }});
  };
  add_policy(tenant::built_in_protection(), true);
  for (const auto& policy : now.safe_links.policies) {
    add_policy(policy, false);
  }
  for (const auto* rule : tenant::in_order(now.safe_links)) {
    const auto* policy = tenant::find_policy(now.safe_links, rule->policy);
    const auto preset = policy != nullptr && policy->kind != tenant::preset::none;
    add_rule(preset ? noun::preset_rule : noun::rule, *rule);
  }
  add_rule(noun::built_in_rule, built_in_rule());
  out.push_back({noun::tenant_switch, switch_guid(now), [&now](auto& when) {
                   return tenant_switch_row(now, when);
                 }});
  return out;
}

void policy_book::refresh(seams::instant at, const std::string& story) {
  const auto present = wanted();
  std::erase_if(objects_, [&](const configured& one) {
    const auto stays = std::ranges::any_of(
        present, [&](const wanted_object& next) { return next.guid == one.guid; });
    if (!stays && is_listed_by_feed(one.what)) {
      ledger_.superseded(feed, one.guid, at);
    }
    return !stays;
  });
  for (const auto& next : present) {
    put(next, at, story);
  }
}

void policy_book::put(const wanted_object& next, seams::instant at, const std::string& story) {
  const auto known = std::ranges::find(objects_, next.guid, &configured::guid);
  if (known == objects_.end()) {
    auto row = next.print({at, at});
    const auto name = row.at("Name").get<std::string>();
    const auto found_from =
        at < owner_.state().start ? at : at + owner_.state().delays.exchange_replication;
    objects_.push_back({next.what, name, next.guid, {at, at}, found_from, std::move(row)});
    appear(objects_.back(), at, story);
  } else if (next.print(known->when) != known->row) {
    known->when.changed = at;
    known->row = next.print(known->when);
    known->name = known->row.at("Name").get<std::string>();
    appear(*known, at, story);
  }
}

void policy_book::appear(const configured& what, seams::instant at, const std::string& story) {
  if (!is_listed_by_feed(what.what)) {
    return;
  }
  auto entry = ledger_entry();
  entry.feed = feed;
  entry.key = what.guid;
  entry.version = what.row.value("WhenChangedUTC", std::string());
  entry.bytes = seams::sha256(what.row.dump());
  entry.visible_at = std::max({at, what.found_from, owner_.state().start});
  entry.story = what.name + ", " + story;
  ledger_.superseded(feed, entry.key, entry.visible_at);
  ledger_.appeared(std::move(entry));
}

auto policy_book::all(noun what, seams::instant now) const -> std::vector<const configured*> {
  auto out = std::vector<const configured*>();
  for (const auto& one : objects_) {
    if (one.what == what && one.found_from <= now) {
      out.push_back(&one);
    }
  }
  if (what == noun::rule || what == noun::preset_rule) {
    std::ranges::stable_sort(
        out, {}, [](const configured* one) { return one->row.at("Priority").get<std::int64_t>(); });
  }
  return out;
}

auto policy_book::find(noun what, std::string_view identity, seams::instant now) const
    -> const configured* {
  for (const auto* one : all(what, now)) {
    if (seams::equal_ignoring_case(one->name, identity) ||
        seams::equal_ignoring_case(one->guid, identity)) {
      return one;
    }
  }
  return nullptr;
}

auto policy_book::by_guid(std::string_view guid) const -> const configured* {
  const auto found = std::ranges::find(objects_, guid, &configured::guid);
  return found == objects_.end() ? nullptr : &*found;
}

} // namespace mock_graph::exchange
