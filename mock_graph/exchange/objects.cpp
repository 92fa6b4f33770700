#include "mock_graph/exchange/objects.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/exchange/typed_fields.hpp"

#include <algorithm>

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;

constexpr auto forest = std::string_view("EURPR04A009.PROD.OUTLOOK.COM");
constexpr auto forest_path = std::string_view("DC=EURPR04A009,DC=PROD,DC=OUTLOOK,DC=COM");

/// What directory objects have in common, in its order.
struct directory_object {
  std::string name;
  std::string container;    ///< "Safe Links"
  std::string category;     ///< "ms-Exch-Smart-Links-Protection-Config"
  std::string object_class; ///< "msExchSmartLinksProtectionConfig"
  std::string guid;
};

void add_names(ordered_json& row, const tenant::standing& state, const directory_object& what) {
  row["Identity"] = what.name;
  row["Id"] = what.name;
  row["IsValid"] = true;
  row["ExchangeVersion"] = "0.20 (15.0.0.0)";
  row["Name"] = what.name;
  row["DistinguishedName"] = "CN=" + what.name + ",CN=" + what.container +
                             ",CN=Transport Settings,CN=Configuration,CN=" + initial_domain(state) +
                             ",CN=ConfigurationUnits," + std::string(forest_path);
  row["ObjectCategory"] = std::string(forest) + "/Configuration/Schema/" + what.category;
  add_list(row, "ObjectClass", {"top", what.object_class});
}

void add_history(ordered_json& row,
                 const tenant::standing& state,
                 const std::string& guid,
                 const lifetime& when) {
  add_moment(row, "WhenChanged", when.changed, "+00:00");
  add_moment(row, "WhenCreated", when.created, "+00:00");
  add_moment(row, "WhenChangedUTC", when.changed, "Z");
  add_moment(row, "WhenCreatedUTC", when.created, "Z");
  add_guid(row, "ExchangeObjectId", guid);
  const auto domain = initial_domain(state);
  row["OrganizationalUnitRoot"] = domain;
  row["OrganizationId"] = std::string(forest) + "/Microsoft Exchange Hosted Organizations/" +
                          domain + " - " + std::string(forest) + "/ConfigurationUnits/" + domain +
                          "/Configuration";
  add_guid(row, "Guid", guid);
  row["OriginatingServer"] = "AM0PR04A009DC01." + std::string(forest);
}

/// A condition of a rule: null means that it does not restrict.
void add_condition(ordered_json& row,
                   const std::string& name,
                   const std::vector<std::string>& values) {
  if (values.empty()) {
    row[name] = nullptr;
  } else {
    add_list(row, name, values);
  }
}

auto quoted_list(const std::vector<std::string>& values) -> std::string {
  auto out = std::string();
  for (const auto& one : values) {
    out += (out.empty() ? "'" : " or '") + one + "'";
  }
  return out;
}

/// Conditions as Exchange keeps them: addresses, not the names a scenario uses.
auto as_addresses(const tenant::standing& state, const tenant::safe_links_scope& scope)
    -> tenant::safe_links_scope {
  auto out = scope;
  for (auto& address : out.users) {
    const auto who = std::ranges::find(state.users, address, &tenant::user::name);
    address = who == state.users.end() ? address : who->upn;
  }
  for (auto& address : out.groups) {
    const auto one = std::ranges::find(state.groups, address, &tenant::group::name);
    address = one == state.groups.end() ? address : one->address;
  }
  return out;
}

auto conditions(const tenant::safe_links_scope& scope) -> std::string {
  auto out = std::string();
  if (!scope.users.empty()) {
    out += "\tIs sent to " + quoted_list(scope.users) + "\r\n";
  }
  if (!scope.groups.empty()) {
    out += "\tIs sent to a member of group " + quoted_list(scope.groups) + "\r\n";
  }
  if (!scope.domains.empty()) {
    out += "\trecipient's address domain portion belongs to any of these domains: " +
           quoted_list(scope.domains) + "\r\n";
  }
  return out;
}

auto description(const tenant::safe_links_scope& to,
                 const tenant::safe_links_scope& except,
                 const std::string& policy) -> std::string {
  return "If the message:\r\n" + conditions(to) +
         "Take the following actions:\r\n\tApply safe links policy \"" + policy + "\".\r\n" +
         (except.empty() ? "" : "Except if the message:\r\n" + conditions(except));
}

auto kind_word(tenant::preset kind) -> std::string_view {
  return kind == tenant::preset::strict     ? "Strict"
         : kind == tenant::preset::standard ? "Standard"
                                            : "Custom";
}

} // namespace

auto initial_domain(const tenant::standing& state) -> std::string {
  return state.domain.substr(0, state.domain.find('.')) + ".onmicrosoft.com";
}

auto guid_of(const tenant::standing& state, const tenant::safe_links_policy& policy)
    -> std::string {
  return policy.guid.empty() ? seams::named_guid(state.seed, "safe links policy/" + policy.name)
                             : policy.guid;
}

auto guid_of(const tenant::standing& state, const tenant::safe_links_rule& rule) -> std::string {
  return rule.guid.empty() ? seams::named_guid(state.seed, "safe links rule/" + rule.name)
                           : rule.guid;
}

auto switch_guid(const tenant::standing& state) -> std::string {
  return seams::named_guid(state.seed, "policy for O365/Default");
}

auto policy_row(const tenant::standing& state,
                const tenant::safe_links_policy& policy,
                bool built_in,
                const lifetime& when) -> ordered_json {
  auto row = ordered_json();
  row["EnableSafeLinksForEmail"] = policy.enable_for_email;
  row["EnableSafeLinksForTeams"] = policy.enable_for_teams;
  row["EnableSafeLinksForOffice"] = policy.enable_for_office;
  row["TrackClicks"] = policy.track_clicks;
  row["AllowClickThrough"] = policy.allow_click_through;
  row["ScanUrls"] = policy.scan_urls;
  row["EnableForInternalSenders"] = policy.enable_for_internal_senders;
  row["DeliverMessageAfterScan"] = policy.deliver_message_after_scan;
  row["DisableUrlRewrite"] = policy.disable_url_rewrite;
  add_list(row, "DoNotRewriteUrls", policy.do_not_rewrite_urls);
  row["AdminDisplayName"] = policy.admin_display_name;
  add_list(row, "CustomUrlList", {});
  row["CustomNotificationText"] = policy.custom_notification_text;
  add_list(row, "LocalizedUrlTextList", {});
  add_list(row, "LocalizedNotificationTextList", {});
  row["EnableOrganizationBranding"] = policy.enable_organization_branding;
  row["RecommendedPolicyType"] = kind_word(policy.kind);
  row["IsBuiltInProtection"] = built_in;
  const auto guid = guid_of(state, policy);
  add_names(row,
            state,
            {policy.name,
             "Safe Links",
             "ms-Exch-Smart-Links-Protection-Config",
             "msExchSmartLinksProtectionConfig",
             guid});
  add_history(row, state, guid, when);
  return row;
}

auto rule_row(const tenant::standing& state,
              const tenant::safe_links_rule& rule,
              std::int64_t priority,
              const lifetime& when) -> ordered_json {
  const auto to = as_addresses(state, rule.to);
  const auto except = as_addresses(state, rule.except);
  auto row = ordered_json();
  row["SafeLinksPolicy"] = rule.policy;
  row["State"] = rule.enabled ? "Enabled" : "Disabled";
  row["Priority@data.type"] = "System.Int32";
  row["Priority"] = priority;
  row["Comments"] = rule.comments.empty() ? ordered_json() : ordered_json(rule.comments);
  row["Description"] = description(to, except, rule.policy);
  row["RuleVersion"] = "14.0.0.0";
  add_condition(row, "SentTo", to.users);
  add_condition(row, "SentToMemberOf", to.groups);
  add_condition(row, "RecipientDomainIs", to.domains);
  add_condition(row, "ExceptIfSentTo", except.users);
  add_condition(row, "ExceptIfSentToMemberOf", except.groups);
  add_condition(row, "ExceptIfRecipientDomainIs", except.domains);
  row["Conditions"] = nullptr;
  row["Exceptions"] = nullptr;
  row["Identity"] = rule.name;
  add_guid(row, "Guid", guid_of(state, rule));
  row["Name"] = rule.name;
  row["IsValid"] = true;
  add_moment(row, "WhenChanged", when.changed, "+00:00");
  return row;
}

auto tenant_switch_row(const tenant::standing& state, const lifetime& when) -> ordered_json {
  auto row = ordered_json();
  row["AdminDisplayName"] = "";
  row["EnableATPForSPOTeamsODB"] = state.safe_links.atp_for_spo_teams_odb;
  row["EnableSafeDocs"] = state.safe_links.safe_docs;
  row["AllowSafeDocsOpen"] = state.safe_links.allow_safe_docs_open;
  const auto guid = switch_guid(state);
  add_names(row,
            state,
            {"Default",
             "Advanced Threat Protection",
             "ms-Exch-Advanced-Threat-Protection-Config",
             "msExchAdvancedThreatProtectionConfig",
             guid});
  add_history(row, state, guid, when);
  return row;
}

} // namespace mock_graph::exchange
