#include "scenarios/run/wires.hpp"

#include "mock_graph/login/clouds.hpp"
#include "mock_graph/wire/memory_wire.hpp"

#include <algorithm>

namespace scenarios::run {
namespace {

/// Tenants of Defender for Cloud Apps have hosts below a region's domain, worldwide below one of
/// five (learn.microsoft.com/defender-cloud-apps/network-requirements).
void add_tenants_of(std::string_view domain, std::vector<std::string>& out) {
  if (!domain.starts_with("portal.")) {
    out.push_back("*." + std::string(domain));
    return;
  }
  for (const auto* region : {"us", "us2", "us3", "eu", "eu2"}) {
    out.push_back("*." + std::string(region) + "." + std::string(domain));
  }
}

} // namespace

auto every_host() -> std::vector<std::string> {
  auto out = std::vector<std::string>{"collector.attacker.example"};
  for (const auto& cloud : mock_graph::login::clouds()) {
    for (const auto& names : {cloud.login,
                              cloud.graph,
                              cloud.management,
                              cloud.exchange,
                              cloud.resource_manager,
                              cloud.defender,
                              cloud.cloud_apps}) {
      for (const auto name : names) {
        if (!name.empty() && std::ranges::find(out, name) == out.end()) {
          out.emplace_back(name);
        }
      }
    }
  }
  for (const auto& cloud : mock_graph::login::clouds()) {
    for (const auto domain : cloud.cloud_apps) {
      if (!domain.empty()) {
        add_tenants_of(domain, out);
      }
    }
  }
  return out;
}

shared_keys::shared_keys(mock_graph::login::signing_key signing, wire_kind wire)
    : signing_(std::move(signing)) {
  if (wire == wire_kind::tls) {
    auto plan = mock_graph::wire::certificate_plan();
    plan.hosts = every_host();
    tls_ = std::make_unique<mock_graph::wire::authority>(plan);
    roots_ = core::adapters::trust_pem(tls_->root_pem()).value();
  }
}

world_wire::world_wire(wire_kind kind,
                       boost::asio::io_context& context,
                       seams::clock& time,
                       seams::wire_meter& meter,
                       mock_graph::service& api,
                       const shared_keys& keys) {
  if (kind == wire_kind::memory) {
    client_ = std::make_unique<mock_graph::wire::memory_wire>(time, api);
    return;
  }
  const auto encrypted = kind == wire_kind::tls;
  auto serving = mock_graph::wire::server_options();
  serving.meter = &meter;
  serving.tls = encrypted ? keys.tls().server_context() : nullptr;
  server_ = std::make_unique<mock_graph::wire::server>(
      mock_graph::wire::listen_on_loopback(context), api, time, std::move(serving));
  auto calling = core::adapters::socket_options();
  calling.find = [to = server_->endpoint()](std::string_view, std::uint16_t) { return to; };
  calling.secure =
      encrypted ? core::adapters::encryption::as_url_says : core::adapters::encryption::never;
  calling.roots = keys.roots();
  calling.meter = &meter;
  calling.in_turn = true;
  client_ = std::make_unique<core::adapters::socket_transport>(time, std::move(calling));
}

void world_wire::close() {
  client_.reset();
  if (server_) {
    server_->stop();
  }
}

} // namespace scenarios::run
