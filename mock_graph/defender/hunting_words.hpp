#pragma once
// Words of the hunting tables that are used in more than one place.
#include "mock_graph/tenant/facts.hpp"

#include <string>

namespace mock_graph::defender {

/// UrlClickEvents.ActionType.
inline auto action_type(tenant::click_outcome outcome) -> std::string {
  switch (outcome) {
  case tenant::click_outcome::allowed:
  case tenant::click_outcome::allowed_by_tenant:
    return "ClickAllowed";
  case tenant::click_outcome::blocked:
    return "ClickBlocked";
  case tenant::click_outcome::scan_pending:
    return "UrlScanInProgress";
  case tenant::click_outcome::blocked_by_tenant:
    return "ClickBlockedByTenantPolicy";
  case tenant::click_outcome::error_page:
    return "UrlErrorPage";
  }
  return {};
}

} // namespace mock_graph::defender
