#pragma once
// Real time with a pace of its own: as fast as life, faster, or only when somebody says so.
#include "core/seams/clock.hpp"

#include <boost/asio/steady_timer.hpp>

#include <set>

namespace core::adapters {

/// For a stand-in that live clients talk to. Starts at `start`; one thread.
class paced_clock final : public seams::clock {
public:
  /// `speed` is virtual seconds a real second: 1 as life, 0 stands still until `advance`.
  paced_clock(seams::instant start, double speed);

  [[nodiscard]] auto wall() const -> seams::instant override;
  [[nodiscard]] auto elapsed() const -> seams::duration override;
  auto sleep_for(seams::duration span, std::string why) -> boost::asio::awaitable<void> override;

  [[nodiscard]] auto speed() const -> double { return speed_; }
  void set_speed(double speed);
  /// Lets `span` pass at once.
  void advance(seams::duration span);
  /// Shows `at` from now on; the time that has elapsed stays what it is.
  void set_wall(seams::instant at);

private:
  [[nodiscard]] auto real_now() const -> std::chrono::steady_clock::time_point;
  void wake_sleepers();

  seams::instant start_;
  double speed_;
  std::chrono::steady_clock::time_point since_; ///< from when `speed_` holds
  seams::duration passed_{};                    ///< until `since_`
  std::set<boost::asio::steady_timer*> sleepers_;
};

} // namespace core::adapters
