#include "core/adapters/socket/system_clock.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace core::adapters {
namespace net = boost::asio;

auto system_clock::wall() const -> seams::instant {
  return std::chrono::floor<seams::duration>(std::chrono::system_clock::now());
}

auto system_clock::elapsed() const -> seams::duration {
  return std::chrono::floor<seams::duration>(std::chrono::steady_clock::now().time_since_epoch());
}

auto system_clock::sleep_for(seams::duration span, std::string) -> net::awaitable<void> {
  auto timer = net::steady_timer(co_await net::this_coro::executor);
  timer.expires_after(span);
  co_await timer.async_wait(net::use_awaitable);
}

} // namespace core::adapters
