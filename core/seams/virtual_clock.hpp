#pragma once
// A clock whose time moves only when its owner says so: the heart of a world.
#include "core/seams/clock.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace seams {

/// Somebody who waits: until when, and for what.
struct waiting {
  duration until;
  std::string why;
};

/// Time is a queue of (deadline, order of arrival). `release_next` moves time to the earliest
/// deadline and lets exactly one waiter go, so everything that happens in a world is a sequence of
/// single steps, the same on every wire.
///
/// One thread only. Declare it after the io_context, so that it is destroyed first: the handlers
/// it keeps own coroutine frames.
class virtual_clock final : public clock {
public:
  explicit virtual_clock(instant start) : start_(start) {}
  virtual_clock(const virtual_clock&) = delete;
  auto operator=(const virtual_clock&) -> virtual_clock& = delete;

  [[nodiscard]] auto wall() const -> instant override { return start_ + now_; }
  [[nodiscard]] auto elapsed() const -> duration override { return now_; }
  auto sleep_for(duration span, std::string why) -> boost::asio::awaitable<void> override;

  /// The earliest deadline, if anybody waits.
  [[nodiscard]] auto next_deadline() const -> std::optional<duration>;
  /// Moves time to the earliest deadline and releases its first waiter; false when nobody waits.
  auto release_next() -> bool;
  /// Everybody who waits, earliest first, at most `limit` of them.
  [[nodiscard]] auto waiters(std::size_t limit) const -> std::vector<waiting>;
  /// Forgets everybody who waits: their coroutines are destroyed, not resumed.
  void abandon_all();

private:
  using handler = boost::asio::any_completion_handler<void(boost::system::error_code)>;
  struct key {
    duration deadline;
    std::uint64_t arrival;
    auto operator<=>(const key&) const = default;
  };
  struct sleeper {
    handler resume;
    boost::asio::any_io_executor on;
    std::string why;
  };

  void cancel(key which);

  instant start_;
  duration now_{};
  std::uint64_t arrivals_ = 0;
  std::map<key, sleeper> sleepers_;
};

} // namespace seams
