#include "scenarios/serve/ending.hpp"

#include <ostream>

namespace scenarios::serve {
namespace {

/// How soon an end is noticed.
constexpr auto watch_period = std::chrono::milliseconds{100};

} // namespace

end_watch::end_watch(const end_conditions& when, stage& tenant, seams::clock& real)
    : when_(when), stage_(tenant), real_(real) {}

auto end_watch::wait(const std::atomic<bool>& interrupted) -> boost::asio::awaitable<end_reason> {
  const auto began = real_.elapsed();
  while (!interrupted) {
    if (when_.any() && reached()) {
      co_return end_reason::reached;
    }
    if (when_.timeout && real_.elapsed() - began >= *when_.timeout) {
      co_return end_reason::timed_out;
    }
    co_await real_.sleep_for(watch_period, "the end");
  }
  co_return end_reason::interrupted;
}

auto end_watch::reached() -> bool {
  const auto passed = stage_.clock().wall() - stage_.scenario().standing.start;
  return (!when_.time || passed >= *when_.time) && (!when_.all_fetched || all_fetched());
}

/// An audit is work: without a request since the last one it would find the same.
auto end_watch::all_fetched() -> bool {
  const auto requests = stage_.tenant().requests().size();
  if (stage_.clock().wall() < stage_.last_visible()) {
    return false;
  }
  if (requests != requests_looked_at_) {
    requests_looked_at_ = requests;
    was_fetched_ = stage_.make_audit().all_fetched();
  }
  return requests > 0 && was_fetched_;
}

auto is_satisfied(end_reason why, const end_conditions& when, const audit::connector_audit& found)
    -> bool {
  return !when.any() || (why == end_reason::reached && found.all_fetched());
}

void print_ending(end_reason why, const audit::connector_audit& found, std::ostream& out) {
  out << to_text(found);
  switch (why) {
  case end_reason::interrupted:
    out << "Ended by an interrupt.\n";
    break;
  case end_reason::reached:
    break;
  case end_reason::timed_out:
    out << "Ended by the timeout: what was waited for did not come.\n";
    break;
  }
  out.flush();
}

} // namespace scenarios::serve
