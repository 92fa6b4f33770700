#include "core/seams/virtual_clock.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace seams {
namespace net = boost::asio;

auto virtual_clock::sleep_for(duration span, std::string why) -> net::awaitable<void> {
  const auto executor = co_await net::this_coro::executor;
  const auto at = key{now_ + std::max(span, duration::zero()), arrivals_++};
  const auto enqueue = [this, at, executor, &why](auto completion) {
    auto resume = handler(std::move(completion));
    if (auto slot = net::get_associated_cancellation_slot(resume); slot.is_connected()) {
      slot.assign([this, at](net::cancellation_type) { cancel(at); });
    }
    sleepers_.emplace(at, sleeper{std::move(resume), executor, std::move(why)});
  };
  co_await net::async_initiate<decltype(net::use_awaitable), void(boost::system::error_code)>(
      enqueue, net::use_awaitable);
}

auto virtual_clock::next_deadline() const -> std::optional<duration> {
  return sleepers_.empty() ? std::nullopt : std::optional(sleepers_.begin()->first.deadline);
}

auto virtual_clock::release_next() -> bool {
  if (sleepers_.empty()) {
    return false;
  }
  auto first = sleepers_.extract(sleepers_.begin());
  now_ = std::max(now_, first.key().deadline);
  auto& [resume, on, why] = first.mapped();
  net::post(on, net::append(std::move(resume), boost::system::error_code{}));
  return true;
}

auto virtual_clock::waiters(std::size_t limit) const -> std::vector<waiting> {
  auto out = std::vector<waiting>();
  for (const auto& [at, who] : sleepers_) {
    if (out.size() == limit) {
      break;
    }
    out.push_back({at.deadline, who.why});
  }
  return out;
}

void virtual_clock::abandon_all() {
  // A dying frame may itself cancel other waits: take the queue away first.
  const auto doomed = std::exchange(sleepers_, {});
}

void virtual_clock::cancel(key which) {
  if (auto found = sleepers_.extract(which)) {
    auto& [resume, on, why] = found.mapped();
    net::post(
        on,
        net::append(std::move(resume), boost::system::error_code(net::error::operation_aborted)));
  }
}

} // namespace seams
