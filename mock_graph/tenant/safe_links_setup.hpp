#pragma once
// How Safe Links is configured: policies, the rules that say for whom, the tenant's switch.
#include <cstdint>
#include <string>
#include <vector>

namespace mock_graph::tenant {

/// Policies that Microsoft keeps; they come before custom ones, the strict one first
/// (learn.microsoft.com/defender-office-365/safe-links-about, "Order of precedence").
enum class preset { none, standard, strict };

/// What holds for the users of a policy; defaults are those of the portal
/// (exchange-and-safelinks sheet, 3.1).
struct safe_links_policy {
  std::string name;
  preset kind = preset::none;
  bool enable_for_email = true;
  bool enable_for_teams = true;
  bool enable_for_office = true;
  bool track_clicks = true;
  bool allow_click_through = true;
  bool scan_urls = true;
  bool enable_for_internal_senders = true;
  bool deliver_message_after_scan = true;
  bool disable_url_rewrite = true;
  bool enable_organization_branding = false;
  bool use_translated_notification_text = false;
  std::vector<std::string> do_not_rewrite_urls = {}; ///< entries with at most three wildcards
  std::string admin_display_name = {};
  std::string custom_notification_text = {};
  std::string guid = {}; ///< "" = follows from the name

  auto operator==(const safe_links_policy&) const -> bool = default;
};

/// People, by name or address.
struct safe_links_scope {
  std::vector<std::string> users = {};   ///< SentTo
  std::vector<std::string> groups = {};  ///< SentToMemberOf
  std::vector<std::string> domains = {}; ///< RecipientDomainIs

  [[nodiscard]] auto empty() const -> bool {
    return users.empty() && groups.empty() && domains.empty();
  }
  auto operator==(const safe_links_scope&) const -> bool = default;
};

/// Whom a policy holds for. A policy without a rule holds for nobody.
struct safe_links_rule {
  std::string name;
  std::string policy;
  bool enabled = true;
  std::int64_t priority = 0;    ///< 0 first; only the first match counts
  safe_links_scope to = {};     ///< all empty: everyone; different kinds are ANDed
  safe_links_scope except = {}; ///< any of them is enough
  std::string comments = {};
  std::string guid = {}; ///< "" = follows from the name

  auto operator==(const safe_links_rule&) const -> bool = default;
};

struct safe_links_setup {
  std::vector<safe_links_policy> policies = {}; ///< without Built-in protection
  std::vector<safe_links_rule> rules = {};
  /// The policy "Default" of Get-AtpPolicyForO365, as Built-in protection sets it.
  bool atp_for_spo_teams_odb = true;
  bool safe_docs = true;
  bool allow_safe_docs_open = false;

  auto operator==(const safe_links_setup&) const -> bool = default;

  /// A policy and a rule of its name that applies it.
  void
  add(const safe_links_policy& policy, const safe_links_scope& to = {}, std::int64_t priority = 0) {
    policies.push_back(policy);
    rules.push_back({policy.name, policy.name, true, priority, to});
  }
};

} // namespace mock_graph::tenant
