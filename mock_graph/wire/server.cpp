#include "mock_graph/wire/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <vector>

namespace mock_graph::wire {
namespace {

namespace net = boost::asio;
using net::ip::tcp;
using namespace std::chrono_literals;

/// After a failed accept (no more file descriptors, mostly) others get time to close theirs.
constexpr auto pause_after_failed_accept = 100ms;

/// Cancelled is normal at the end; anything else is a broken invariant and ends the run.
void rethrow_unless_cancelled(const std::exception_ptr& thrown) {
  if (!thrown) {
    return;
  }
  try {
    std::rethrow_exception(thrown);
  } catch (const boost::system::system_error& error) {
    if (error.code() != net::error::operation_aborted) {
      throw;
    }
  }
}

} // namespace

struct server::listener {
  tcp::acceptor acceptor;
  std::shared_ptr<session_host> host;
  std::size_t accepted = 0;

  static auto accept_all(std::shared_ptr<listener> self) -> net::awaitable<void> {
    auto& acceptor = self->acceptor;
    while (acceptor.is_open()) {
      auto error = boost::system::error_code();
      auto socket = co_await acceptor.async_accept(net::redirect_error(net::use_awaitable, error));
      if (!error) {
        ++self->accepted;
        net::co_spawn(acceptor.get_executor(),
                      serve(std::move(socket), self->host),
                      rethrow_unless_cancelled);
      } else if (acceptor.is_open() && error != net::error::connection_aborted) {
        co_await self->host->time.sleep_for(pause_after_failed_accept, "a free descriptor");
      }
    }
  }
};

server::server(tcp::acceptor listening, service& api, seams::clock& time, server_options options)
    : server(std::move(listening), std::make_shared<at_once>(api), time, std::move(options)) {}

server::server(tcp::acceptor listening,
               std::shared_ptr<handler> api,
               seams::clock& time,
               server_options options) {
  auto host = std::make_shared<session_host>(session_host{std::move(api),
                                                          time,
                                                          std::move(options.scheme),
                                                          std::move(options.tls),
                                                          options.meter,
                                                          std::move(options.tunnels)});
  const auto executor = listening.get_executor();
  listener_ = std::make_shared<listener>(listener{std::move(listening), std::move(host)});
  net::co_spawn(executor, listener::accept_all(listener_), rethrow_unless_cancelled);
}

server::~server() {
  stop();
}

auto server::endpoint() const -> tcp::endpoint {
  auto error = boost::system::error_code();
  return listener_->acceptor.local_endpoint(error);
}

auto server::accepted() const -> std::size_t {
  return listener_->accepted;
}

void server::stop_listening() {
  auto error = boost::system::error_code();
  listener_->acceptor.close(error);
}

void server::stop() {
  stop_listening();
  for (auto* const wire : listener_->host->open) {
    wire->close();
  }
}

auto listen_at(net::io_context& context, const std::string& address, std::uint16_t port)
    -> tcp::acceptor {
  return {context, tcp::endpoint(net::ip::make_address(address), port)};
}

auto listen_on_loopback(net::io_context& context, std::uint16_t port) -> tcp::acceptor {
  return {context, tcp::endpoint(net::ip::address_v4::loopback(), port)};
}

} // namespace mock_graph::wire
