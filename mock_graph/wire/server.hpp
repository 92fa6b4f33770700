#pragma once
// An HTTP server on a socket that shows a service to any client, ours or a stranger's.
#include "mock_graph/wire/session.hpp"

#include <boost/asio/io_context.hpp>

namespace mock_graph::wire {

struct server_options {
  std::shared_ptr<boost::asio::ssl::context> tls; ///< null: plain text
  seams::wire_meter* meter = nullptr;             ///< a world's; null when live
  /// Of the URLs that the service sees: Microsoft's are https even if the bytes are not encrypted.
  std::string scheme = "https";
  std::function<bool(std::string_view host)> tunnels = {}; ///< see session_host
};

/// HTTP/1.1 and 1.0, kept alive, any number of host names on one port. Destroyed or stopped, it
/// closes all its connections. Declare it after the io_context; service and clock outlive both.
/// An exception of the service leaves through `io_context::poll` or `run`.
class server {
public:
  server(boost::asio::ip::tcp::acceptor listening,
         service& api,
         seams::clock& time,
         server_options options);
  /// The same for answers that take time.
  server(boost::asio::ip::tcp::acceptor listening,
         std::shared_ptr<handler> api,
         seams::clock& time,
         server_options options);
  server(const server&) = delete;
  auto operator=(const server&) -> server& = delete;
  ~server();

  [[nodiscard]] auto endpoint() const -> boost::asio::ip::tcp::endpoint;
  /// How many connections have come so far.
  [[nodiscard]] auto accepted() const -> std::size_t;
  /// Takes no more connections; those that are there go on.
  void stop_listening();
  void stop();

private:
  struct listener;

  std::shared_ptr<listener> listener_;
};

/// A listening socket on a numeric address; port 0 takes a free one. Throws
/// boost::system::system_error.
auto listen_at(boost::asio::io_context& context, const std::string& address, std::uint16_t port)
    -> boost::asio::ip::tcp::acceptor;

/// A listening socket on 127.0.0.1; port 0 takes a free one. Throws boost::system::system_error.
auto listen_on_loopback(boost::asio::io_context& context, std::uint16_t port = 0)
    -> boost::asio::ip::tcp::acceptor;

} // namespace mock_graph::wire
