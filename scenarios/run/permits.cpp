#include "scenarios/run/permits.hpp"

#include "core/exchange/invocation.hpp"
#include "core/feeds/azure_activity_feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/exchange/cmdlets.hpp"
#include "mock_graph/mail_flow/message_trace_api.hpp"

#include <algorithm>
#include <array>

namespace scenarios::run {
namespace {

auto is_granted(const model::scenario& what,
                std::span<const std::string_view> roles,
                seams::instant at) -> bool {
  const auto& grants = what.standing.applications.front().grants;
  return std::ranges::all_of(roles, [&](std::string_view role) {
    return std::ranges::any_of(grants, [&](const auto& grant) {
      return grant.role == role && grant.from <= at && at < grant.until;
    });
  });
}

auto holds_directory_role(const model::scenario& what, seams::instant at) -> bool {
  const auto& held = what.standing.applications.front().directory_roles;
  return std::ranges::any_of(held,
                             [&](const auto& role) { return role.from <= at && at < role.until; });
}

auto folded_id(std::string text) -> std::string {
  for (auto& c : text) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

/// Whether a directory role is held to which Exchange shows cmdlets that read.
auto sees_cmdlets(const model::scenario& what, seams::instant at) -> bool {
  const auto& held = what.standing.applications.front().directory_roles;
  return std::ranges::any_of(held, [&](const auto& role) {
    return mock_graph::exchange::allows(role.name, mock_graph::exchange::access::reads) &&
           role.from <= at && at < role.until;
  });
}

/// What the main source asks for besides roles.
auto main_is_open(const model::scenario& what, std::string_view feed, seams::instant at) -> bool {
  if (feed == "safe_links_policies") {
    return sees_cmdlets(what, at);
  }
  return feed != "message_trace" || (at >= what.standing.message_trace_from &&
                                     mock_graph::mail_flow::has_graph_traces(what.standing.cloud));
}

/// Whether another source of the feed answers the app.
auto is_open(const model::scenario& what,
             std::string_view feed,
             const core::feeds::other_source& other,
             seams::instant at) -> bool {
  if (!is_granted(what, other.permissions, at)) {
    return false;
  }
  if (feed != "message_trace") {
    return true;
  }
  return other.permissions.front() == core::exchange::app_role
             ? sees_cmdlets(what, at)
             : holds_directory_role(what, at) && at < what.standing.reporting_service_retires;
}

} // namespace

auto is_permitted(const model::scenario& what, const feed_view& view, seams::instant at) -> bool {
  const auto* facts = core::feeds::find_feed(view.feed);
  if (facts == nullptr) {
    return true;
  }
  const auto opens = [&](bool alone) {
    return std::ranges::any_of(facts->others, [&](const core::feeds::other_source& other) {
      return (other.shows_the_same || !alone) && is_open(what, view.feed, other, at);
    });
  };
  if (!view.source.empty()) {
    return opens(false);
  }
  const auto has = [&](std::string_view role) { return is_granted(what, std::array{role}, at); };
  return (main_is_open(what, view.feed, at) && core::feeds::may_read(*facts, has)) || opens(true);
}

auto closed_subscriptions(const model::scenario& what) -> std::set<std::string> {
  const auto same = [](std::string_view a) {
    return [a](std::string_view b) { return seams::equal_ignoring_case(a, b); };
  };
  const auto told = core::feeds::subscription_ids(what.subscriptions);
  const auto& held = what.standing.applications.front().azure_roles;
  auto out = std::set<std::string>();
  for (const auto& one : what.events) {
    const auto* operation = std::get_if<mock_graph::tenant::azure_operation>(&one.what);
    if (operation == nullptr) {
      continue;
    }
    const auto is_it = same(operation->subscription);
    const auto readable = std::ranges::any_of(held, [&](const auto& role) {
      return is_it(role.subscription) && role.until == seams::instant::max();
    });
    if (!readable || std::ranges::none_of(told, is_it)) {
      out.insert(folded_id(operation->subscription));
    }
  }
  return out;
}

auto permit_changes(const model::scenario& what) -> std::vector<seams::instant> {
  const auto& state = what.standing;
  auto out = std::vector<seams::instant>{state.message_trace_from, state.reporting_service_retires};
  const auto add = [&](const auto& spans) {
    for (const auto& one : spans) {
      out.push_back(one.from);
      out.push_back(one.until);
    }
  };
  add(state.applications.front().grants);
  add(state.applications.front().directory_roles);
  std::erase_if(
      out, [&](seams::instant at) { return at <= state.start || at == seams::instant::max(); });
  std::ranges::sort(out);
  return out;
}

} // namespace scenarios::run
