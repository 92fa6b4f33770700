#pragma once
// One connection of a client: requests in, answers out, until either side has had enough.
#include "core/seams/clock.hpp"
#include "core/seams/counted_stream.hpp"
#include "mock_graph/wire/handler.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace mock_graph::wire {

/// What the sessions of one server have in common. Kept alive by each of them.
struct session_host {
  std::shared_ptr<handler> api;
  seams::clock& time;
  std::string scheme;                             ///< of the URLs that the service is given
  std::shared_ptr<boost::asio::ssl::context> tls; ///< null: plain text
  seams::wire_meter* meter = nullptr;             ///< may be null
  /// With TLS: also be an HTTPS proxy for the hosts that this accepts (lower case, no port), ending
  /// their TLS here. Others get 403 and are never contacted. Empty: TLS only.
  std::function<bool(std::string_view host)> tunnels{};
  std::set<seams::counted_stream*> open{}; ///< so that a stopping server can close them
};

/// Serves one accepted connection and closes it. A malformed request is answered with 400, a header
/// above 64 KiB with 431, a body above 32 MiB with 413. A body in gzip is unpacked, as Microsoft's
/// Go library packs what it sends (microsoftgraph/msgraph-sdk-design, CompressionHandler.md;
/// whether every service takes that is not known), one in another coding answered with 415.
/// Byte-level faults are done for real. Where tunnels are allowed, a connection that begins with
/// plain HTTP must ask for one by CONNECT (RFC 9110, 9.3.6). Throws only what the service throws.
auto serve(boost::asio::ip::tcp::socket accepted, std::shared_ptr<session_host> host)
    -> boost::asio::awaitable<void>;

} // namespace mock_graph::wire
