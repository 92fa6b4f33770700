#include "core/connector/connector.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>

namespace core {

connector::connector(connector_config config,
                     seams::clock& time,
                     seams::choices& chance,
                     seams::transport& wire,
                     store& records)
    : config_(std::move(config)), time_(time), records_(records),
      tokens_(config_, time, chance, wire), api_(config_, time, chance, wire, tokens_),
      health_(records) {
  const auto with = feeds::tools{config_, time_, api_, records_};
  for (const auto& options : config_.feeds) {
    if (auto source = feeds::make_feed(options, with)) {
      feeds_.push_back({options, std::move(source)});
    }
  }
}

auto connector::run() -> boost::asio::awaitable<void> {
  if (const auto known = health_.recall(); !known || feeds_.empty()) {
    co_return;
  }
  co_await run_from(0);
}

auto connector::run_from(std::size_t index) -> boost::asio::awaitable<void> {
  using namespace boost::asio::experimental::awaitable_operators;
  if (index + 1 == feeds_.size()) {
    co_await poll_feed(feeds_[index]);
  } else {
    co_await (poll_feed(feeds_[index]) && run_from(index + 1));
  }
}

auto connector::poll_feed(running& which) -> boost::asio::awaitable<void> {
  for (;;) {
    const auto began = time_.elapsed();
    const auto outcome = co_await which.source->poll();
    report(which, outcome);
    const auto spent = time_.elapsed() - began;
    const auto rest = std::max(which.options.period - spent, seams::duration::zero());
    co_await time_.sleep_for(rest, "the next poll of " + which.options.name);
  }
}

void connector::report(const running& which, const seams::result<void>& outcome) {
  const auto now = time_.wall();
  auto step = commit();
  step.feed = which.options.name;
  step.now = now;
  step.health = outcome ? health_.all_is_well(which.options.name, now)
                        : health_.went_wrong(which.options.name, outcome.error(), now);
  if (!step.health.empty()) {
    // A store that cannot take a line of health has failed the poll already.
    (void)records_.apply(step);
  }
}

} // namespace core
