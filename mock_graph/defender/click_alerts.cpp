#include "mock_graph/defender/click_alerts.hpp"

namespace mock_graph::defender {

using tenant::click_outcome;

void click_alerts::on(const tenant::click_fact& click) {
  clicks_by_url_[click.what.url].push_back(&click);
  const auto blocked = click.outcome == click_outcome::blocked;
  if (blocked && book_.owner().state().choice_of_readings.blocked_click_alerts &&
      alerting(click, click.at)) {
    raise_after(click.at, alert_kind::click_detected, click);
  }
  if (click.went_on && alerting(click, click.went_on_at)) {
    raise_after(click.went_on_at, alert_kind::clicked_through, click);
  }
}

void click_alerts::on(const tenant::verdict_fact& verdict) {
  if (verdict.verdict == tenant::threat::clean) {
    return;
  }
  for (const auto* click : clicks_by_url_[verdict.url]) {
    if (click->at >= verdict.at - look_back && click->at <= verdict.at &&
        alerting(*click, verdict.at)) {
      raise_after(verdict.at, alert_kind::click_detected, *click);
    }
  }
}

auto click_alerts::alerting(const tenant::click_fact& click, seams::instant at) const -> bool {
  const auto& state = book_.owner().state();
  return state.plan == tenant::licence::plan2 &&
         (click.where != tenant::workload::teams || at >= state.teams_click_alerts_from);
}

void click_alerts::raise_after(seams::instant cause,
                               alert_kind kind,
                               const tenant::click_fact& click) {
  const auto raise = [this, kind, &click](seams::instant at) { book_.raise(at, kind, click); };
  book_.owner().later().at(cause + book_.owner().state().delays.alert, raise);
}

} // namespace mock_graph::defender
