#include "mock_graph/defender/click_alerts.hpp"

#include <algorithm>

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
  for (const auto* click : clicks_on(verdict.url, verdict.at - look_back, verdict.at)) {
    if (alerting(*click, verdict.at)) {
      raise_after(verdict.at, alert_kind::click_detected, *click);
    }
  }
}

void click_alerts::on(const tenant::click_run& run) {
  const auto& parts = *run.parts;
  const auto known = std::ranges::find_if(parts, [](const auto& part) { return part.has_value(); });
  auto& runs = runs_by_url_[(*known)->what.url];
  for (auto& earlier : runs) {
    if (earlier.times.first == run.times.first && earlier.goes_on_in(run)) {
      earlier.to = run.to;
      return;
    }
  }
  runs.push_back(run);
}

auto click_alerts::clicks_on(const std::string& url, seams::instant from, seams::instant to)
    -> std::vector<const tenant::click_fact*> {
  auto out = std::vector<const tenant::click_fact*>();
  for (const auto* click : clicks_by_url_[url]) {
    if (click->at >= from && click->at <= to) {
      out.push_back(click);
    }
  }
  for (const auto& run : runs_by_url_[url]) {
    const auto end = std::min(run.to, run.times.until(to));
    for (auto n = std::max(run.from, run.times.before(from)); n < end; ++n) {
      if (run.part(n) != nullptr) {
        auto& known = made_by_number_[{run.parts.get(), n}];
        known = known != nullptr ? known : &made_.emplace_back(run.fact(n));
        out.push_back(known);
      }
    }
  }
  std::ranges::stable_sort(out, {}, &tenant::click_fact::at);
  return out;
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
