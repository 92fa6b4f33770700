#include "scenarios/run/plan.hpp"

#include "core/clouds.hpp"
#include "core/feeds/feed_table.hpp"

#include <algorithm>

namespace scenarios::run {
namespace {

auto options_of(const model::feed_plan& plan) -> core::feed_options {
  auto out = core::feed_options();
  if (const auto* facts = core::feeds::find_feed(plan.name)) {
    out = core::feeds::default_options(*facts);
  }
  out.name = plan.name;
  out.period = plan.period.value_or(out.period);
  out.overlap = plan.overlap.value_or(out.overlap);
  out.first_look_back = plan.first_look_back.value_or(out.first_look_back);
  return out;
}

auto port_of(const std::string& name) -> port {
  const auto found = std::ranges::find(port_names, name);
  return found == port_names.end() ? port::exchange : static_cast<port>(found - port_names.begin());
}

auto is_disk(port which) -> bool {
  return which == port::disk_write || which == port::disk_sync;
}

} // namespace

auto plan_of(const model::scenario& what, std::uint64_t seed, wire_kind wire) -> world_plan {
  auto out = world_plan();
  out.what = {what.standing, what.events, what.faults};
  out.connector.tenant_id = what.standing.tenant_id;
  out.connector.client_id = what.standing.applications.front().client_id;
  out.connector.where = *core::find_cloud("global");
  out.connector.where.cloud_apps.root = "https://" + what.standing.cloud_apps_host;
  out.connector.subscriptions = what.subscriptions;
  for (const auto& feed : what.feeds) {
    out.connector.feeds.push_back(options_of(feed));
  }
  out.connector.answer_limit = what.answer_limit.value_or(out.connector.answer_limit);
  for (const auto& change : what.credentials) {
    out.credentials.push_back({change.at, change.secret});
  }
  for (const auto& kill : what.kills) {
    if (kill.at) {
      out.kills.push_back({*kill.at, kill.down_for});
    }
  }
  out.run_for = what.run_for;
  out.seed = seed;
  out.wire = wire;
  return out;
}

auto fates_of(const model::scenario& what, const port_calls& quiet) -> std::vector<fate> {
  auto out = std::vector<fate>();
  for (const auto& kill : what.kills) {
    if (!kill.port.empty()) {
      out.push_back({{port_of(kill.port), kill.after, kill.call}, kill.down_for});
    }
    if (!kill.everywhere) {
      continue;
    }
    for (auto which = std::size_t{0}; which < port_names.size(); ++which) {
      const auto where = static_cast<port>(which);
      for (auto call = std::uint64_t{1}; call <= quiet.made[which]; ++call) {
        out.push_back({{where, false, call}, kill.down_for});
        if (!is_disk(where)) {
          out.push_back({{where, true, call}, kill.down_for});
        }
      }
    }
  }
  return out;
}

auto to_text(const death_point& where) -> std::string {
  return std::string(where.after ? "after" : "before") + " call " + std::to_string(where.call) +
         " of " + std::string(port_names[static_cast<std::size_t>(where.where)]);
}

} // namespace scenarios::run
