#include "scenarios/serve/ending.hpp"

#include <ostream>

namespace scenarios::serve {
namespace {

/// How soon an end is noticed.
constexpr auto watch_period = std::chrono::milliseconds{100};
/// Audits of a large tenant must not keep its clients waiting: they get a tenth of the time.
constexpr auto audit_rest_factor = 9;

} // namespace

end_watch::end_watch(const end_conditions& when, stage& tenant, seams::clock& real)
    : when_(when), stage_(tenant), real_(real) {}

auto end_watch::wait(const std::atomic<bool>& interrupted) -> boost::asio::awaitable<end_reason> {
  const auto began = real_.elapsed();
  while (!interrupted) {
    look();
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

void end_watch::look() {
  if (stage_.answered() != answered_) {
    answered_ = stage_.answered();
    last_request_ = real_.elapsed();
  }
}

auto end_watch::reached() -> bool {
  const auto passed = stage_.clock().wall() - stage_.scenario().standing.start;
  const auto is_quiet =
      !when_.quiet || (answered_ > 0 && real_.elapsed() - last_request_ >= *when_.quiet);
  return is_quiet && (!when_.time || passed >= *when_.time) &&
         (!when_.all_fetched || all_fetched());
}

/// Without a request since the last audit, another would find the same.
auto end_watch::all_fetched() -> bool {
  if (answered_ == 0 || stage_.clock().wall() < stage_.last_visible()) {
    return false;
  }
  const auto began = real_.elapsed();
  if (audited_after_ != answered_ && began >= next_audit_) {
    was_fetched_ = stage_.make_audit().all_fetched();
    audited_after_ = answered_;
    const auto ended = real_.elapsed();
    next_audit_ = ended + audit_rest_factor * (ended - began);
  }
  return audited_after_ == answered_ && was_fetched_;
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
