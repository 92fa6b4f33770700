#include "scenarios/run/wires.hpp"

#include "mock_graph/server/routes.hpp"
#include "mock_graph/wire/memory_wire.hpp"

namespace scenarios::run {
namespace {

/// Hostile links point there: that following one shows as a request, not as a failed handshake.
constexpr auto foreign_host = "collector.attacker.example";

} // namespace

shared_keys::shared_keys(mock_graph::login::signing_key signing, wire_kind wire)
    : signing_(std::move(signing)) {
  if (wire == wire_kind::tls) {
    auto plan = mock_graph::wire::certificate_plan();
    plan.hosts = mock_graph::server::certified_names();
    plan.hosts.emplace_back(foreign_host);
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
