#pragma once
// When clicks raise alerts: the rules of the two Safe Links alert policies.
#include "mock_graph/defender/alert_book.hpp"

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
  void on(const tenant::verdict_fact& verdict) override;

private:
  [[nodiscard]] auto alerting(const tenant::click_fact& click, seams::instant at) const -> bool;
  void raise_after(seams::instant cause, alert_kind kind, const tenant::click_fact& click);

  alert_book& book_;
  std::unordered_map<std::string, std::vector<const tenant::click_fact*>> clicks_by_url_;
};

} // namespace mock_graph::defender
