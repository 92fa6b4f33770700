#include "scenarios/run/role_sweep.hpp"

#include "core/feeds/feed_table.hpp"
#include "scenarios/run/judge.hpp"
#include "scenarios/run/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace scenarios::run {
namespace {

using last_health = std::map<std::string, core::health_entry>;

auto without(model::scenario what, const std::string& role) -> model::scenario {
  auto& grants = what.standing.applications.front().grants;
  std::erase_if(grants, [&](const auto& grant) { return grant.role == role; });
  what.expectations.clear();
  what.labels.clear();
  return what;
}

auto granted_roles(const model::scenario& what) -> std::set<std::string> {
  auto out = std::set<std::string>();
  for (const auto& grant : what.standing.applications.front().grants) {
    out.insert(grant.role);
  }
  return out;
}

/// Whether the feed cannot be read with the roles that are left.
auto is_barred(const model::scenario& what, const std::string& feed) -> bool {
  const auto left = granted_roles(what);
  const auto has = [&](std::string_view role) { return left.contains(std::string(role)); };
  const auto* facts = core::feeds::find_feed(feed);
  return facts != nullptr && !core::feeds::may_read(*facts, has);
}

/// The last line of each feed that is not a gap.
auto last_states(const std::vector<core::health_entry>& history) -> last_health {
  auto out = last_health();
  for (const auto& entry : history) {
    if (entry.state != "gap") {
      out[entry.feed] = entry;
    }
  }
  return out;
}

auto row_of(const std::string& role, const core::health_entry& seen) -> std::string {
  return fmt::format(
      "{:<30} {:<18} {:<25} {:<10} {}", role, seen.feed, seen.state, seen.code, seen.text);
}

/// What is wrong with how a feed fared without `role`; "" if nothing is.
auto complaint(bool barred,
               const std::string& feed,
               const std::string& role,
               const core::health_entry& seen) -> std::string {
  const auto fared_well = seen.state == "ok";
  if (!barred) {
    return fared_well ? "" : feed + " does not need the role and is " + seen.state;
  }
  if (fared_well) {
    return feed + " needs the role and is ok without";
  }
  const auto named = seen.text.find(role) != std::string::npos;
  return named ? "" : feed + " does not name the role: " + seen.text;
}

auto check_of(const std::string& role,
              const model::scenario& what,
              const judgement& judged,
              const last_health& states,
              report::outcome& out) -> report::check {
  auto verdict = report::check();
  verdict.name = "without " + role;
  auto broken = std::vector<std::string>();
  for (const auto& feed : what.feeds) {
    const auto found = states.find(feed.name);
    const auto seen =
        found == states.end() ? core::health_entry{feed.name, "silent", "", "", {}} : found->second;
    if (seen.state != "ok") {
      out.notes.push_back(row_of(role, seen));
      broken.push_back(feed.name);
    }
    if (auto wrong = complaint(is_barred(what, feed.name), feed.name, role, seen); !wrong.empty()) {
      verdict.details.push_back(std::move(wrong));
    }
  }
  for (const auto& one : judged.checks) {
    if (one.outcome != report::verdict::passed) {
      verdict.details.push_back(one.name + ": " + one.got);
      verdict.details.insert(verdict.details.end(), one.details.begin(), one.details.end());
    }
  }
  verdict.expected = "its feeds say so, all others go on";
  verdict.got = fmt::format("{} of {} feeds say so", broken.size(), what.feeds.size());
  verdict.outcome = verdict.details.empty() ? report::verdict::passed : report::verdict::failed;
  return verdict;
}

} // namespace

auto sweep_roles(const model::scenario& what, const scenario_options& options, report::outcome& out)
    -> std::vector<report::check> {
  auto checks = std::vector<report::check>();
  auto hashes = out.trace_hash;
  for (const auto& role : granted_roles(what)) {
    const auto poorer = without(what, role);
    const auto plan = plan_of(poorer, options.seed, wire_kind::memory);
    auto inner = options.world;
    inner.trace_line = {};
    auto place = world(plan, inner);
    const auto how = place.run();
    const auto judged = judge(poorer, plan, place, how);
    checks.push_back(check_of(role, poorer, judged, last_states(place.health()), out));
    out.requests += place.mock().requests().size();
    ++out.worlds;
    hashes += place.log().hash();
    if (how == world_end::interrupted || how == world_end::overdue) {
      break;
    }
  }
  out.trace_hash = seams::to_hex(seams::sha256(hashes));
  return checks;
}

} // namespace scenarios::run
