#include "core/adapters/socket/name_lookup.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace core::adapters {
namespace {

constexpr auto addresses_max = std::size_t{8};

} // namespace

namespace net = boost::asio;

auto look_up(std::string host, std::uint16_t port)
    -> net::awaitable<seams::result<std::vector<net::ip::tcp::endpoint>>> {
  auto resolver = net::ip::tcp::resolver(co_await net::this_coro::executor);
  auto error = boost::system::error_code();
  const auto service = std::to_string(port);
  const auto found = co_await resolver.async_resolve(
      host, service, net::redirect_error(net::use_awaitable, error));
  if (error == net::error::operation_aborted) {
    throw boost::system::system_error(error);
  }
  auto out = std::vector<net::ip::tcp::endpoint>();
  for (const auto& one : found) {
    if (out.size() < addresses_max) {
      out.push_back(one.endpoint());
    }
  }
  if (error || out.empty()) {
    co_return seams::failure(seams::reaction::retry_later,
                             "connect_failed",
                             "no address for " + host + ": " + error.message());
  }
  co_return out;
}

} // namespace core::adapters
