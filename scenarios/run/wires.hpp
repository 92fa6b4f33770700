#pragma once
// What a process makes once for all its worlds, and the wire that a world is given.
#include "core/adapters/socket/socket_transport.hpp"
#include "mock_graph/login/keys.hpp"
#include "mock_graph/wire/authority.hpp"
#include "mock_graph/wire/server.hpp"
#include "scenarios/run/suite_options.hpp"

#include <memory>

namespace scenarios::run {

/// Keys and certificates. Immutable; worlds on several threads share them.
class shared_keys {
public:
  /// The signing key is made by the caller (RSA takes a while, see `cached_signing_key`); those of
  /// TLS are made here, and only if a wire needs them.
  shared_keys(mock_graph::login::signing_key signing, wire_kind wire);

  [[nodiscard]] auto signing() const -> const mock_graph::login::signing_key& { return signing_; }
  [[nodiscard]] auto tls() const -> const mock_graph::wire::authority& { return *tls_; }
  [[nodiscard]] auto roots() const -> const core::adapters::trust& { return roots_; }

private:
  mock_graph::login::signing_key signing_;
  std::unique_ptr<mock_graph::wire::authority> tls_;
  core::adapters::trust roots_;
};

/// One world's wire: a transport at one end, the service at the other.
class world_wire {
public:
  /// Sockets listen on 127.0.0.1 and a free port; throws boost::system::system_error if none is
  /// to be had. Everything passed in outlives the wire.
  world_wire(wire_kind kind,
             boost::asio::io_context& context,
             seams::clock& time,
             seams::wire_meter& meter,
             mock_graph::service& api,
             const shared_keys& keys);

  [[nodiscard]] auto client() -> seams::transport& { return *client_; }
  /// Closes every connection.
  void close();

private:
  std::unique_ptr<mock_graph::wire::server> server_;
  std::unique_ptr<seams::transport> client_;
};

} // namespace scenarios::run
