#pragma once
// The connector's own clock, which may show something else than the time.
#include "core/seams/clock.hpp"

#include <vector>

namespace scenarios::run {

/// From `at` on the clock shows `by` more than the time.
struct clock_skew {
  seams::instant at;
  seams::duration by{};
};

/// Another clock whose wall is off; spans are right.
class skewed_clock final : public seams::clock {
public:
  /// `inner` outlives this; `skews` are in order of time.
  skewed_clock(seams::clock& inner, std::vector<clock_skew> skews)
      : inner_(inner), skews_(std::move(skews)) {}

  [[nodiscard]] auto wall() const -> seams::instant override {
    const auto now = inner_.wall();
    auto by = seams::duration{};
    for (const auto& one : skews_) {
      by = one.at <= now ? one.by : by;
    }
    return now + by;
  }
  [[nodiscard]] auto elapsed() const -> seams::duration override { return inner_.elapsed(); }
  auto sleep_for(seams::duration span, std::string why) -> boost::asio::awaitable<void> override {
    return inner_.sleep_for(span, std::move(why));
  }

private:
  seams::clock& inner_;
  std::vector<clock_skew> skews_;
};

} // namespace scenarios::run
