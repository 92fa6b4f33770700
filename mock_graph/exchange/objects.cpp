#include "mock_graph/exchange/objects.hpp"

#include "core/seams/choices.hpp"

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;

constexpr auto forest = std::string_view("EURPR04A009.PROD.OUTLOOK.COM");
constexpr auto forest_path = std::string_view("DC=EURPR04A009,DC=PROD,DC=OUTLOOK,DC=COM");

/// "contoso.onmicrosoft.com": the domain that every tenant has.
auto initial_domain(const tenant::standing& state) -> std::string {
  return state.domain.substr(0, state.domain.find('.')) + ".onmicrosoft.com";
}

/// Seven digits of a second, always.
auto precise(seams::instant at, std::string_view zone) -> std::string {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  auto text = seams::to_rfc3339(second);
  text.pop_back();
  const auto digits = std::to_string((at - second).count());
  return text + "." + std::string(7 - digits.size(), '0') + digits + std::string(zone);
}

void add_list(ordered_json& row, const std::string& name, std::vector<std::string> values) {
  row[name + "@odata.type"] = "#Collection(String)";
  row[name] = std::move(values);
}

void add_moment(ordered_json& row,
                const std::string& name,
                seams::instant at,
                std::string_view zone) {
  row[name + "@data.type"] = "System.DateTime";
  row[name] = precise(at, zone);
}

void add_guid(ordered_json& row, const std::string& name, const std::string& value) {
  row[name + "@data.type"] = "System.Guid";
  row[name + "@odata.type"] = "#Guid";
  row[name] = value;
}

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
struct rule_scope {
  std::vector<std::string> users;
  std::vector<std::string> groups;
  std::vector<std::string> domains;
};

auto scope_of(const tenant::standing& state, const tenant::safe_links_policy& policy)
    -> rule_scope {
  auto out = rule_scope{{}, {}, policy.domains};
  for (const auto& name : policy.users) {
    auto address = name;
    for (const auto& who : state.users) {
      address = who.name == name ? who.upn : address;
    }
    out.users.push_back(std::move(address));
  }
  for (const auto& name : policy.groups) {
    auto address = name;
    for (const auto& one : state.groups) {
      address = one.name == name ? one.address : address;
    }
    out.groups.push_back(std::move(address));
  }
  return out;
}

auto description(const rule_scope& scope, const std::string& policy) -> std::string {
  auto out = std::string("If the message:\r\n");
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
  return out + "Take the following actions:\r\n\tApply safe links policy \"" + policy + "\".\r\n";
}

} // namespace

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
  row["DeliverMessageAfterScan"] = true;
  row["DisableUrlRewrite"] = true;
  add_list(row, "DoNotRewriteUrls", {});
  row["AdminDisplayName"] = "";
  add_list(row, "CustomUrlList", {});
  row["CustomNotificationText"] = "";
  add_list(row, "LocalizedUrlTextList", {});
  add_list(row, "LocalizedNotificationTextList", {});
  row["EnableOrganizationBranding"] = false;
  row["RecommendedPolicyType"] = "Custom";
  row["IsBuiltInProtection"] = built_in;
  const auto guid = seams::named_guid(state.seed, "safe links policy/" + policy.name);
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
              const tenant::safe_links_policy& policy,
              std::int64_t priority,
              const lifetime& when) -> ordered_json {
  const auto scope = scope_of(state, policy);
  auto row = ordered_json();
  row["SafeLinksPolicy"] = policy.name;
  row["State"] = "Enabled";
  row["Priority@data.type"] = "System.Int32";
  row["Priority"] = priority;
  row["Comments"] = nullptr;
  row["Description"] = description(scope, policy.name);
  row["RuleVersion"] = "14.0.0.0";
  add_condition(row, "SentTo", scope.users);
  add_condition(row, "SentToMemberOf", scope.groups);
  add_condition(row, "RecipientDomainIs", scope.domains);
  for (const auto* name : {"ExceptIfSentTo",
                           "ExceptIfSentToMemberOf",
                           "ExceptIfRecipientDomainIs",
                           "Conditions",
                           "Exceptions"}) {
    row[name] = nullptr;
  }
  row["Identity"] = policy.name;
  add_guid(row, "Guid", seams::named_guid(state.seed, "safe links rule/" + policy.name));
  row["Name"] = policy.name;
  row["IsValid"] = true;
  add_moment(row, "WhenChanged", when.changed, "+00:00");
  return row;
}

auto tenant_switch_row(const tenant::standing& state, const lifetime& when) -> ordered_json {
  auto row = ordered_json();
  row["AdminDisplayName"] = "";
  row["EnableATPForSPOTeamsODB"] = true;
  row["EnableSafeDocs"] = true;
  row["AllowSafeDocsOpen"] = false;
  const auto guid = seams::named_guid(state.seed, "policy for O365/Default");
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
