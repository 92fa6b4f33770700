#include "scenarios/run/plan.hpp"

#include "core/auth/key_files.hpp"
#include "core/clouds.hpp"
#include "core/feeds/feed_table.hpp"
#include "scenarios/run/world_end.hpp"

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

/// The connector is started anew for what it does not read at each token request.
constexpr auto restart_takes = seams::duration{std::chrono::seconds{1}};

/// An act may wait for Exchange's servers to agree, or for the end of a machine action.
constexpr auto act_takes = seams::duration{std::chrono::minutes{10}};

/// Until the last act is over and what it leaves behind can have been read.
auto end_of_acts(const model::scenario& what, const world_plan& out) -> seams::duration {
  const auto& delays = what.standing.delays;
  auto end = what.standing.start;
  for (const auto& one : what.acts) {
    end = std::max(end, one.at + act_takes + one.action.wait.value_or(seams::duration{}));
  }
  const auto shows = std::max({delays.audit_other, delays.directory_audit, delays.directory});
  return end + shows + delays.listing + 2 * slowest_period(out) - what.standing.start;
}

auto proof_of(const model::credential& from, const mock_graph::tenant::application& app)
    -> core::auth::credential {
  const auto found = std::ranges::find(
      app.certificates, from.certificate, &mock_graph::tenant::key_credential::name);
  if (found == app.certificates.end()) {
    return core::auth::client_secret{from.secret};
  }
  const auto key = model::certificate_key(found->name);
  return core::auth::read_pem(key.to_pem(), found->certificate_pem).value();
}

auto cloud_of(const model::credential& from, const mock_graph::tenant::standing& tenant)
    -> core::cloud {
  auto out = *core::find_cloud(from.cloud);
  out.cloud_apps.root = "https://" + tenant.cloud_apps_host;
  for (const auto& [which, audience] : from.audiences) {
    out.of(which).audience = audience;
  }
  return out;
}

auto needs_restart(const model::credential& before, const model::credential& after) -> bool {
  return before.cloud != after.cloud || before.tenant_id != after.tenant_id ||
         before.client_id != after.client_id || before.audiences != after.audiences;
}

void plan_configurations(const model::scenario& what, world_plan& out) {
  const auto* before = &what.credentials.front();
  for (const auto& one : what.credentials) {
    out.configurations.push_back({one.at,
                                  proof_of(one, what.standing.applications.front()),
                                  one.tenant_id,
                                  one.client_id,
                                  cloud_of(one, what.standing)});
    if (one.at > what.standing.start && needs_restart(*before, one)) {
      out.kills.push_back({one.at, restart_takes});
    }
    before = &one;
  }
}

} // namespace

auto plan_of(const model::scenario& what, std::uint64_t seed, wire_kind wire) -> world_plan {
  auto out = world_plan();
  out.what = {what.standing, what.events, what.faults};
  for (const auto& feed : what.feeds) {
    out.connector.feeds.push_back(options_of(feed));
  }
  out.connector.subscriptions = what.subscriptions;
  out.connector.answer_limit = what.answer_limit.value_or(out.connector.answer_limit);
  out.connector.assertion = {what.assertion.rs256 ? core::auth::signature_scheme::rs256
                                                  : core::auth::signature_scheme::ps256,
                             what.assertion.padded};
  plan_configurations(what, out);
  for (const auto& skew : what.skews) {
    out.skews.push_back({skew.at, skew.by});
  }
  for (const auto& kill : what.kills) {
    if (kill.at) {
      out.kills.push_back({*kill.at, kill.down_for, kill.damage, kill.backup});
    }
  }
  out.acts = what.acts;
  out.run_for = what.run_for;
  if (!what.acts.empty()) {
    const auto acted = end_of_acts(what, out);
    out.run_for = std::max(out.run_for.value_or(acted), acted);
  }
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
