#pragma once
// Drives one world: run what is ready, wait for bytes on a wire, otherwise let time jump.
#include "core/seams/virtual_clock.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>

namespace seams {

/// Counts what is on its way through sockets of one world: bytes written and not yet read, and
/// connects in progress. At zero, with an idle loop, nothing can be coming.
class in_flight {
public:
  void add(std::size_t amount) { count_ += amount; }
  void subtract(std::size_t amount) { count_ -= amount; }
  [[nodiscard]] auto any() const -> bool { return count_ != 0; }

private:
  std::size_t count_ = 0;
};

enum class stop_reason {
  finished,   ///< `done` said so
  stuck,      ///< nothing is ready, nothing is coming, nobody waits
  time_bound, ///< the next deadline lies beyond the bound
  interrupted ///< `interrupted` said so
};

struct loop_bounds {
  duration latest;                     ///< elapsed time that must not be passed
  std::function<bool()> done;          ///< asked whenever the world is idle
  std::function<bool()> interrupted{}; ///< asked now and then; may be empty
};

/// Runs `context` on virtual time until a reason to stop. Each release of a waiter is followed by
/// a full run to idleness, bytes in flight included, so steps never overlap.
auto run_until(boost::asio::io_context& context,
               virtual_clock& time,
               const in_flight& wire,
               const loop_bounds& bounds) -> stop_reason;

} // namespace seams
