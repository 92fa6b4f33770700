#include "core/seams/idle_loop.hpp"

namespace seams {
namespace {

/// How long to block for bytes that the kernel holds; only a bound on one wait, never a delay.
constexpr auto real_wait_max = std::chrono::milliseconds(50);
constexpr auto steps_between_questions = 256U;

void run_to_idleness(boost::asio::io_context& context, const in_flight& wire) {
  for (;;) {
    context.restart();
    if (context.poll() != 0) {
      continue;
    }
    if (!wire.any()) {
      return;
    }
    context.restart();
    context.run_one_for(real_wait_max);
  }
}

} // namespace

auto run_until(boost::asio::io_context& context,
               virtual_clock& time,
               const in_flight& wire,
               const loop_bounds& bounds) -> stop_reason {
  for (auto step = 0U;; ++step) {
    run_to_idleness(context, wire);
    if (bounds.done()) {
      return stop_reason::finished;
    }
    if (step % steps_between_questions == 0 && bounds.interrupted && bounds.interrupted()) {
      return stop_reason::interrupted;
    }
    const auto deadline = time.next_deadline();
    if (!deadline) {
      return stop_reason::stuck;
    }
    if (*deadline > bounds.latest) {
      return stop_reason::time_bound;
    }
    time.release_next();
  }
}

} // namespace seams
