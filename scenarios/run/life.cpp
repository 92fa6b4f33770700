#include "scenarios/run/life.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace scenarios::run {

namespace net = boost::asio;

auto life::park() -> net::awaitable<void> {
  const auto keep = [this](auto completion) { parked_.emplace_back(std::move(completion)); };
  co_await net::async_initiate<decltype(net::use_awaitable), void()>(keep, net::use_awaitable);
}

void life::meet_fate(port which, bool after, std::uint64_t call) {
  if (fate_ && fate_->where == which && fate_->after == after && fate_->call == call) {
    over_ = true;
  }
}

auto life::enter(port which) -> net::awaitable<std::uint64_t> {
  auto call = std::uint64_t{0};
  if (!over_) {
    call = calls_.next(which);
    meet_fate(which, false, call);
  }
  if (over_) {
    co_await park();
  }
  co_return call;
}

auto life::leave(port which, std::uint64_t call) -> net::awaitable<void> {
  if (!over_) {
    meet_fate(which, true, call);
  }
  if (over_) {
    co_await park();
  }
}

auto life::enter_now(port which) -> std::uint64_t {
  if (over_) {
    throw life_over();
  }
  const auto call = calls_.next(which);
  meet_fate(which, false, call);
  if (over_) {
    throw life_over();
  }
  return call;
}

void life::leave_now(port which, std::uint64_t call) {
  if (!over_) {
    meet_fate(which, true, call);
  }
  if (over_) {
    throw life_over();
  }
}

auto life::survives(port which) -> bool {
  if (over_) {
    return false;
  }
  meet_fate(which, false, calls_.next(which));
  return !over_;
}

void life::bury() {
  while (!parked_.empty()) {
    const auto doomed = std::exchange(parked_, {});
  }
}

auto mortal_clock::sleep_for(seams::duration span, std::string why) -> net::awaitable<void> {
  const auto call = co_await life_.enter(port::sleep);
  co_await inner_.sleep_for(span, std::move(why));
  co_await life_.leave(port::sleep, call);
}

auto mortal_transport::exchange(seams::request query)
    -> net::awaitable<seams::result<seams::response>> {
  const auto call = co_await life_.enter(port::exchange);
  auto answer = co_await inner_.exchange(std::move(query));
  co_await life_.leave(port::exchange, call);
  co_return answer;
}

auto mortal_store::alive() -> core::store& {
  if (life_.over()) {
    throw life_over();
  }
  return inner_;
}

auto mortal_store::apply(const core::commit& step) -> seams::result<core::commit_outcome> {
  const auto call = life_.enter_now(port::commit);
  auto outcome = inner_.apply(step);
  life_.leave_now(port::commit, call);
  return outcome;
}

auto mortal_store::cursor(std::string_view feed) -> seams::result<std::optional<std::string>> {
  return alive().cursor(feed);
}

auto mortal_store::marked(std::string_view feed, const std::vector<std::string>& names)
    -> seams::result<std::vector<bool>> {
  return alive().marked(feed, names);
}

auto mortal_store::read(const core::record_query& wanted,
                        const std::function<bool(const core::stored_record&)>& sink)
    -> seams::result<void> {
  return alive().read(wanted, sink);
}

auto mortal_store::health() -> seams::result<std::vector<core::health_entry>> {
  return alive().health();
}

} // namespace scenarios::run
