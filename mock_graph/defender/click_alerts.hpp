#pragma once
// When clicks raise alerts: the rules of the two Safe Links alert policies.
#include "mock_graph/defender/alert_book.hpp"

#include <deque>
#include <map>
#include <unordered_map>

namespace mock_graph::defender {

/// A verdict reaches back this far, its edge inclusive: a click exactly 48 hours before alerts.
/// Microsoft documents "48 hours"; that the edge belongs to it is our choice.
/// Source: learn.microsoft.com/defender-xdr/alert-policies.
constexpr auto look_back = std::chrono::hours{48};

/// Raises alerts on clicks and verdicts, if the tenant has Plan 2 and, for Teams, from the day on
/// which Microsoft rolled out click alerts there (message centre post MC1239187).
class click_alerts final : public tenant::listener {
public:
  explicit click_alerts(alert_book& book) : book_(book) {}

  void on(const tenant::click_fact& click) override;
  /// Clicks that alert nobody now, yet a verdict may come.
  void on(const tenant::click_run& run) override;
  void on(const tenant::verdict_fact& verdict) override;

private:
  [[nodiscard]] auto alerting(const tenant::click_fact& click, seams::instant at) const -> bool;
  /// Clicks on `url` from `from` to `to`, both inclusive, in order of time.
  [[nodiscard]] auto clicks_on(const std::string& url, seams::instant from, seams::instant to)
      -> std::vector<const tenant::click_fact*>;
  void raise_after(seams::instant cause, alert_kind kind, const tenant::click_fact& click);

  alert_book& book_;
  std::unordered_map<std::string, std::vector<const tenant::click_fact*>> clicks_by_url_;
  std::unordered_map<std::string, std::vector<tenant::click_run>> runs_by_url_;
  std::deque<tenant::click_fact> made_; ///< of runs, for the alerts that rest on them
  std::map<std::pair<const tenant::click_parts*, std::uint64_t>, const tenant::click_fact*>
      made_by_number_;
};

} // namespace mock_graph::defender
