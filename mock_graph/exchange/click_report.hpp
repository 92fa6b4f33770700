#pragma once
// The clicks of the last days as the reports of Safe Links count them.
#include "mock_graph/tenant/tenant.hpp"

#include <deque>
#include <functional>
#include <string_view>

namespace mock_graph::exchange {

/// One click in the words of the reports (exchange-and-safelinks sheet, 3.4 and 6.1).
struct reported_click {
  std::string_view action; ///< "Allowed", "Blocked", "ClickedEvenBlocked", ...
  std::string_view app;    ///< "Email Client", "OfficeDocs", "Teams"
  int flags = 0;
};

/// Keeps every click that Safe Links recorded. Error pages are in no report.
class click_report final : public tenant::listener {
public:
  void on(const tenant::click_fact& what) override { clicks_.push_back(&what); }
  void on(const tenant::click_run& what) override { runs_.push_back(what); }

  /// Every click in [from, to), in no order.
  void
  visit(seams::instant from,
        seams::instant to,
        const std::function<void(const tenant::click_fact&, const reported_click&)>& sink) const;

private:
  std::deque<const tenant::click_fact*> clicks_;
  std::deque<tenant::click_run> runs_;
};

} // namespace mock_graph::exchange
