#include "mock_graph/defender/click_rows.hpp"

#include "mock_graph/defender/hunting_words.hpp"

#include <algorithm>

namespace mock_graph::defender {

auto click_key(const tenant::click_fact& part,
               seams::instant at,
               bool went_on,
               const std::string& report_id) -> std::string {
  return report_id + "|" + action_type(part.outcome) + (went_on ? "|1|" : "|0|") +
         seams::to_rfc3339(at);
}

auto click_story(const std::string& click_id, const tenant::click_fact& part) -> std::string {
  return "click " + click_id + " (" + part.origin + ")";
}

auto click_rows::extend(const tenant::click_run& next) -> bool {
  const auto same_burst = run_.times.first == next.times.first && run_.times.gap == next.times.gap;
  if (!same_burst || !run_.goes_on_in(next)) {
    return false;
  }
  run_.to = next.to;
  return true;
}

auto click_rows::within(const hunting::time_range& wanted, seams::instant as_of) const -> numbers {
  const auto& times = run_.times;
  return {std::max(run_.from, times.before(wanted.from)),
          std::min({run_.to, times.until(wanted.to), times.until(as_of - delay_)})};
}

auto click_rows::row(std::uint64_t n) const -> const hunting::row* {
  if (run_.part(n) == nullptr) {
    return nullptr;
  }
  auto& out = rows_[n % rows_.size()];
  out.front() = run_.times.at(n);
  out[report_id_] = run_.report_id(n);
  return &out;
}

void click_rows::visit(const std::function<void(const ledger_entry&)>& sink) const {
  for (auto n = run_.from; n < run_.to; ++n) {
    const auto* part = run_.part(n);
    if (part == nullptr) {
      continue;
    }
    const auto at = run_.times.at(n);
    auto entry = ledger_entry();
    entry.feed = feed();
    entry.key = click_key(*part, at, false, run_.report_id(n));
    entry.visible_at = at + delay_;
    entry.gone_at = at + retention_;
    entry.why_gone = gone_reason::expired;
    entry.story = click_story(run_.id(n), *part);
    sink(entry);
  }
}

auto click_rows::last_visible() const -> seams::instant {
  return run_.times.at(run_.to - 1) + delay_;
}

} // namespace mock_graph::defender
