#include "mock_graph/exchange/click_report.hpp"

#include <optional>

namespace mock_graph::exchange {
namespace {

auto app_of(tenant::workload where) -> std::string_view {
  return where == tenant::workload::email   ? "Email Client"
         : where == tenant::workload::teams ? "Teams"
                                            : "OfficeDocs";
}

/// `Flags` is known of four actions; of the others it is written as 0.
auto reported(const tenant::click_fact& click) -> std::optional<reported_click> {
  const auto app = app_of(click.where);
  switch (click.outcome) {
  case tenant::click_outcome::allowed:
    return reported_click{"Allowed", app, 0};
  case tenant::click_outcome::blocked:
    return click.went_on ? reported_click{"ClickedEvenBlocked", app, 2}
                         : reported_click{"Blocked", app, 1};
  case tenant::click_outcome::scan_pending:
    return click.went_on ? reported_click{"ClickedDuringScan", app, 3}
                         : reported_click{"Scanning", app, 0};
  case tenant::click_outcome::blocked_by_tenant:
    return click.went_on ? reported_click{"TenantBlockedAndClickedThrough", app, 0}
                         : reported_click{"TenantBlocked", app, 0};
  case tenant::click_outcome::allowed_by_tenant:
    return reported_click{"TenantAllowed", app, 0};
  case tenant::click_outcome::error_page:
    return std::nullopt;
  }
  return std::nullopt;
}

} // namespace

void click_report::visit(
    seams::instant from,
    seams::instant to,
    const std::function<void(const tenant::click_fact&, const reported_click&)>& sink) const {
  const auto show = [&](const tenant::click_fact& click) {
    if (const auto as = reported(click); as && from <= click.at && click.at < to) {
      sink(click, *as);
    }
  };
  for (const auto* click : clicks_) {
    show(*click);
  }
  for (const auto& run : runs_) {
    const auto last = std::min(run.to, run.times.before(to));
    for (auto n = std::max(run.from, run.times.before(from)); n < last; ++n) {
      if (run.part(n) != nullptr) {
        show(run.fact(n));
      }
    }
  }
}

} // namespace mock_graph::exchange
