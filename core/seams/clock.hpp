#pragma once
// The only source of time. Two clocks, because a wall clock can jump and a token's age cannot.
#include "core/seams/time.hpp"

#include <boost/asio/awaitable.hpp>

namespace seams {

class clock {
public:
  virtual ~clock() = default;

  /// What the wall clock shows: may be wrong, may jump. For time stamps and query windows.
  [[nodiscard]] virtual auto wall() const -> instant = 0;
  /// Time since some fixed moment; never goes back. For ages, pauses and limits.
  [[nodiscard]] virtual auto elapsed() const -> duration = 0;

  /// Completes when `span` has passed, never earlier; throws boost::system::system_error
  /// (operation_aborted) when cancelled. `why` shows in the report of a world that stands still.
  virtual auto sleep_for(duration span, std::string why) -> boost::asio::awaitable<void> = 0;
};

} // namespace seams
