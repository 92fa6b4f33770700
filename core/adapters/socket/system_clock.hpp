#pragma once
// Time for live use: the system's wall clock and its monotonic one.
#include "core/seams/clock.hpp"

namespace core::adapters {

class system_clock final : public seams::clock {
public:
  [[nodiscard]] auto wall() const -> seams::instant override;
  /// Since the machine started, as std::chrono::steady_clock counts.
  [[nodiscard]] auto elapsed() const -> seams::duration override;
  auto sleep_for(seams::duration span, std::string why) -> boost::asio::awaitable<void> override;
};

} // namespace core::adapters
