#include "core/adapters/socket/paced_clock.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace core::adapters {
namespace {

namespace net = boost::asio;

/// A sleeper looks again at least that often; it is woken when the pace changes.
constexpr auto nap_most = std::chrono::hours{1};

auto scaled(std::chrono::steady_clock::duration real, double speed) -> seams::duration {
  const auto seconds = std::chrono::duration<double>(real) * speed;
  return std::chrono::duration_cast<seams::duration>(seconds);
}

/// Keeps a timer in the set of sleepers while it waits.
class registered {
public:
  registered(std::set<net::steady_timer*>& among, net::steady_timer& timer)
      : among_(among), timer_(timer) {
    among_.insert(&timer_);
  }
  registered(const registered&) = delete;
  auto operator=(const registered&) -> registered& = delete;
  ~registered() { among_.erase(&timer_); }

private:
  std::set<net::steady_timer*>& among_;
  net::steady_timer& timer_;
};

} // namespace

paced_clock::paced_clock(seams::instant start, double speed)
    : start_(start), speed_(speed), since_(real_now()) {}

auto paced_clock::real_now() const -> std::chrono::steady_clock::time_point {
  return std::chrono::steady_clock::now();
}

auto paced_clock::elapsed() const -> seams::duration {
  return passed_ + scaled(real_now() - since_, speed_);
}

auto paced_clock::wall() const -> seams::instant {
  return start_ + elapsed();
}

void paced_clock::set_speed(double speed) {
  passed_ = elapsed();
  since_ = real_now();
  speed_ = speed;
  wake_sleepers();
}

void paced_clock::advance(seams::duration span) {
  passed_ += span;
  wake_sleepers();
}

void paced_clock::set_wall(seams::instant at) {
  start_ = at - elapsed();
}

void paced_clock::wake_sleepers() {
  for (auto* const one : sleepers_) {
    one->cancel();
  }
}

auto paced_clock::sleep_for(seams::duration span, std::string) -> net::awaitable<void> {
  const auto until = elapsed() + span;
  auto timer = net::steady_timer(co_await net::this_coro::executor);
  const auto listed = registered(sleepers_, timer);
  while (elapsed() < until) {
    const auto rest = std::chrono::duration<double>(until - elapsed()) / std::max(speed_, 1e-9);
    const auto nap = std::min(rest, std::chrono::duration<double>(nap_most));
    timer.expires_after(std::chrono::ceil<std::chrono::microseconds>(nap));
    auto woken = boost::system::error_code();
    co_await timer.async_wait(net::redirect_error(net::use_awaitable, woken));
    const auto cancelled = (co_await net::this_coro::cancellation_state).cancelled();
    if (cancelled != net::cancellation_type::none) {
      throw boost::system::system_error(net::error::operation_aborted);
    }
  }
}

} // namespace core::adapters
