#pragma once
// When a stand-in ends by itself, and what it says then.
#include "scenarios/serve/stage.hpp"

#include <atomic>
#include <iosfwd>

namespace scenarios::serve {

/// All that is set must hold; without any, only an interrupt ends it.
struct end_conditions {
  bool all_fetched = false;               ///< all that will be visible is, and nothing was missed
  std::optional<seams::duration> time;    ///< the tenant's time since the start of the scenario
  std::optional<seams::duration> quiet;   ///< real time without a request, after the first one
  std::optional<seams::duration> timeout; ///< real time; ends it unsatisfied

  [[nodiscard]] auto any() const -> bool { return all_fetched || time || quiet; }
};

enum class end_reason { interrupted, reached, timed_out };

/// Looks now and then whether the end has come.
class end_watch {
public:
  end_watch(const end_conditions& when, stage& tenant, seams::clock& real);

  /// Completes at the end. `interrupted` may be set by a signal.
  auto wait(const std::atomic<bool>& interrupted) -> boost::asio::awaitable<end_reason>;

private:
  void look();
  auto reached() -> bool;
  auto all_fetched() -> bool;

  const end_conditions& when_;
  stage& stage_;
  seams::clock& real_;
  std::size_t answered_ = 0;                 ///< requests, when it looked last
  seams::duration last_request_{};           ///< real time at which it saw that there was one
  std::optional<std::size_t> audited_after_; ///< requests, when it audited last
  seams::duration next_audit_{};             ///< real time
  bool was_fetched_ = false;
};

/// Whether the stand-in holds what it was started for: exit code 0.
auto is_satisfied(end_reason why, const end_conditions& when, const audit::connector_audit& found)
    -> bool;

/// The audit for people, and in one line why it ended.
void print_ending(end_reason why, const audit::connector_audit& found, std::ostream& out);

} // namespace scenarios::serve
