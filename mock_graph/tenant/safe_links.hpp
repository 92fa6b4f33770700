#pragma once
// Which Safe Links policy holds for a click, and what the user meets because of it.
#include "mock_graph/tenant/facts.hpp"

namespace mock_graph::tenant {

/// What holds where no custom policy does: internal senders off, click-through allowed.
auto built_in_protection() -> safe_links_policy;

/// The preset policy of that kind (exchange-and-safelinks sheet, 3.1).
auto preset_policy(preset kind) -> safe_links_policy;

/// Rules in the order in which they are asked: strict preset, standard preset, custom ones by
/// priority. Rules that are disabled or whose policy is gone are among them.
auto in_order(const safe_links_setup& setup) -> std::vector<const safe_links_rule*>;

/// Numbers custom rules without gaps, in their order, as Exchange does.
void number_rules(safe_links_setup& setup);

/// The policy of that name, without regard to case; null if there is none.
auto find_policy(const safe_links_setup& setup, std::string_view name) -> const safe_links_policy*;

/// The policy that holds for `who`: that of the first enabled rule that applies, otherwise
/// Built-in protection (internal senders off, click-through allowed).
/// Source: learn.microsoft.com/defender-office-365/safe-links-about, "Order of precedence".
auto policy_for(const standing& state, const user& who) -> safe_links_policy;

/// Whether the policy's list of URLs not to rewrite has one for `url`: mail keeps such links as
/// they are, and clicks on them leave no record. "contoso.com" is that address alone,
/// "*.contoso.com/*" the domain with all below it, "https://contoso.com/a/*" a path with all below.
/// Source: the same page, "Entry syntax for the "Do not rewrite the following URLs" list".
auto is_left_alone(const safe_links_policy& policy, std::string_view url) -> bool;

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
