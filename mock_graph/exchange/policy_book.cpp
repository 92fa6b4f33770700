#include "mock_graph/exchange/policy_book.hpp"

#include "mock_graph/tenant/safe_links.hpp"

#include <algorithm>

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;

constexpr auto feed = std::string_view("safe_links_policies");
constexpr auto age_at_start = std::chrono::days{30};

/// The rule of smallest priority is asked first; Exchange numbers rules without gaps.
auto by_priority(const tenant::standing& state) -> std::vector<const tenant::safe_links_policy*> {
  auto out = std::vector<const tenant::safe_links_policy*>();
  for (const auto& policy : state.policies) {
    out.push_back(&policy);
  }
  std::ranges::stable_sort(out, {}, &tenant::safe_links_policy::priority);
  return out;
}

} // namespace

policy_book::policy_book(tenant::tenant& owner, ledger& book) : owner_(owner), ledger_(book) {
  refresh(owner.state().start - age_at_start, "configured before the start");
}

void policy_book::on(const tenant::event& what) {
  if (const auto* change = std::get_if<tenant::policy_change>(&what.what)) {
    refresh(what.at, "change of " + change->policy + " (" + what.origin + ")");
  }
}

auto policy_book::wanted() const -> std::vector<printed> {
  const auto& now = owner_.state();
  auto out = std::vector<printed>();
  if (now.plan == tenant::licence::none) {
    return out;
  }
  out.emplace_back(noun::policy, [&now](const lifetime& when) {
    return policy_row(now, tenant::built_in_protection(), true, when);
  });
  auto priority = std::int64_t{0};
  for (const auto* policy : by_priority(now)) {
    out.emplace_back(noun::policy, [&now, policy](const lifetime& when) {
      return policy_row(now, *policy, false, when);
    });
    out.emplace_back(noun::rule, [&now, policy, priority](const lifetime& when) {
      return rule_row(now, *policy, priority, when);
    });
    ++priority;
  }
  out.emplace_back(noun::tenant_switch,
                   [&now](const lifetime& when) { return tenant_switch_row(now, when); });
  return out;
}

void policy_book::refresh(seams::instant at, const std::string& story) {
  const auto present = wanted();
  for (const auto& next : present) {
    put(next, at, story);
  }
}

void policy_book::put(const printed& next, seams::instant at, const std::string& story) {
  const auto fresh = next.second({at, at});
  const auto name = fresh.at("Name").get<std::string>();
  const auto known = std::ranges::find_if(
      objects_, [&](const configured& one) { return one.what == next.first && one.name == name; });
  if (known == objects_.end()) {
    objects_.push_back({next.first, name, fresh.at("Guid").get<std::string>(), {at, at}, fresh});
    appear(objects_.back(), at, story);
  } else if (next.second(known->when) != known->row) {
    known->when.changed = at;
    known->row = next.second(known->when);
    appear(*known, at, story);
  }
}

void policy_book::appear(const configured& what, seams::instant at, const std::string& story) {
  auto entry = ledger_entry();
  entry.feed = feed;
  entry.key = what.guid;
  entry.version = what.row.value("WhenChangedUTC", std::string());
  entry.bytes = seams::sha256(what.row.dump());
  entry.visible_at = std::max(at, owner_.state().start);
  entry.story = what.name + ", " + story;
  ledger_.superseded(feed, entry.key, entry.visible_at);
  ledger_.appeared(std::move(entry));
}

auto policy_book::all(noun what) const -> std::vector<const configured*> {
  auto out = std::vector<const configured*>();
  for (const auto& one : objects_) {
    if (one.what == what) {
      out.push_back(&one);
    }
  }
  return out;
}

} // namespace mock_graph::exchange
