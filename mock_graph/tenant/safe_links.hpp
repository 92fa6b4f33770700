#pragma once
// Which Safe Links policy holds for a click, and what the user meets because of it.
#include "mock_graph/tenant/facts.hpp"

namespace mock_graph::tenant {

/// What holds where no custom policy does: internal senders off, click-through allowed.
auto built_in_protection() -> safe_links_policy;

/// The policy that holds for `who`: custom ones by priority, the first match only, otherwise
/// Built-in protection (internal senders off, click-through allowed).
/// Source: learn.microsoft.com/defender-office-365/safe-links-about, "Order of precedence".
auto policy_for(const standing& state, const user& who) -> safe_links_policy;

/// Whether Safe Links looks at a click there at all.
auto covers(const safe_links_policy& policy, workload where, bool internal_sender) -> bool;

/// What the user meets.
auto outcome_of(const safe_links_policy& policy, threat known, bool scan_pending) -> click_outcome;

/// What the user meets where that is said: "error" is an error page, "tenant_block" the page of the
/// organisation's block list.
auto outcome_on(const std::string& page) -> click_outcome;

/// Whether the user can go past the page shown for `outcome`: a warning or the page of a running
/// scan. Whether a block of the organisation can be overridden is not verified
/// (exchange-and-safelinks sheet, 6.1).
auto may_go_on(const safe_links_policy& policy, click_outcome outcome) -> bool;

} // namespace mock_graph::tenant
