#include "core/seams/choices.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/exchange/cmdlets.hpp"
#include "mock_graph/tenant/safe_links.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::exchange {
namespace {

using tenant::safe_links_policy;

constexpr auto wildcards_max = 3;

constexpr auto policy_switches =
    std::to_array<std::pair<std::string_view, bool safe_links_policy::*>>(
        {{"EnableSafeLinksForEmail", &safe_links_policy::enable_for_email},
         {"EnableSafeLinksForTeams", &safe_links_policy::enable_for_teams},
         {"EnableSafeLinksForOffice", &safe_links_policy::enable_for_office},
         {"TrackClicks", &safe_links_policy::track_clicks},
         {"AllowClickThrough", &safe_links_policy::allow_click_through},
         {"ScanUrls", &safe_links_policy::scan_urls},
         {"DeliverMessageAfterScan", &safe_links_policy::deliver_message_after_scan},
         {"EnableForInternalSenders", &safe_links_policy::enable_for_internal_senders},
         {"DisableUrlRewrite", &safe_links_policy::disable_url_rewrite},
         {"EnableOrganizationBranding", &safe_links_policy::enable_organization_branding},
         {"UseTranslatedNotificationText", &safe_links_policy::use_translated_notification_text}});

/// Takes over every setting that is given; says what is wrong with it.
auto set_up(safe_links_policy& policy, const arguments& given) -> std::string {
  for (const auto& [name, member] : policy_switches) {
    policy.*member = given.flag(name).value_or(policy.*member);
  }
  policy.admin_display_name = given.text("AdminDisplayName").value_or(policy.admin_display_name);
  policy.custom_notification_text =
      given.text("CustomNotificationText").value_or(policy.custom_notification_text);
  given.change("DoNotRewriteUrls", policy.do_not_rewrite_urls);
  for (const auto& entry : policy.do_not_rewrite_urls) {
    if (std::ranges::count(entry, '*') > wildcards_max) {
      return "The URL '" + entry + "' has more than three wildcards.";
    }
  }
  return {};
}

auto list_policies(workplace& place, const arguments& given) -> cmdlet_outcome {
  return {identified(place.book.all(noun::policy, place.now), given.text("Identity").value_or("")),
          {}};
}

/// Defaults are those of the cmdlet, which differ from the portal's (sheet, 3.1).
auto create_policy(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto fresh = safe_links_policy();
  fresh.name = given.text("Name").value_or("");
  fresh.allow_click_through = false;
  fresh.disable_url_rewrite = false;
  fresh.guid =
      seams::named_guid(place.book.state().seed, "safe links policy/" + fresh.name + place.serial);
  if (tenant::find_policy(place.setup, fresh.name) != nullptr ||
      seams::equal_ignoring_case(fresh.name, tenant::built_in_protection().name)) {
    return refusal("Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException",
                   "The operation couldn't be performed because object '" + fresh.name +
                       "' already exists.");
  }
  if (auto wrong = set_up(fresh, given); !wrong.empty()) {
    return refusal("System.ArgumentException", std::move(wrong));
  }
  place.setup.policies.push_back(fresh);
  return {{}, {}, fresh.name, fresh.guid};
}

/// The custom policy of that name or GUID that cmdlets can find, or what to answer instead.
auto custom_policy(workplace& place, const arguments& given, cmdlet_outcome& otherwise)
    -> safe_links_policy* {
  const auto identity = given.text("Identity").value_or("");
  const auto* known = place.book.find(noun::policy, identity, place.now);
  if (known == nullptr) {
    otherwise = not_found(identity);
    return nullptr;
  }
  for (auto& one : place.setup.policies) {
    if (one.name == known->name && one.kind == tenant::preset::none) {
      return &one;
    }
  }
  otherwise = refusal("System.InvalidOperationException",
                      "The policy '" + known->name + "' can't be changed or removed.");
  return nullptr;
}

auto change_policy(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  if (auto* policy = custom_policy(place, given, out)) {
    out.target = policy->name;
    if (auto wrong = set_up(*policy, given); !wrong.empty()) {
      return refusal("System.ArgumentException", std::move(wrong));
    }
  }
  return out;
}

/// Its rule stays behind and applies nothing
/// (learn.microsoft.com/defender-office-365/safe-links-policies-configure).
auto remove_policy(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  if (const auto* policy = custom_policy(place, given, out)) {
    out.target = policy->name;
    std::erase_if(place.setup.policies,
                  [&](const safe_links_policy& one) { return one.name == out.target; });
  }
  return out;
}

auto show_tenant_switch(workplace& place, const arguments&) -> cmdlet_outcome {
  return {identified(place.book.all(noun::tenant_switch, place.now), ""), {}};
}

auto change_tenant_switch(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto& setup = place.setup;
  setup.allow_safe_docs_open = given.flag("AllowSafeDocsOpen").value_or(setup.allow_safe_docs_open);
  setup.atp_for_spo_teams_odb =
      given.flag("EnableATPForSPOTeamsODB").value_or(setup.atp_for_spo_teams_odb);
  setup.safe_docs = given.flag("EnableSafeDocs").value_or(setup.safe_docs);
  return {{}, {}, "Default"};
}

constexpr auto flag = value_kind::flag;
constexpr auto identity_only = std::to_array<parameter>({{"Identity"}});
constexpr auto new_policy_parameters = std::to_array<parameter>({
    {"Name", value_kind::text, true},
    {"EnableSafeLinksForEmail", flag},
    {"EnableSafeLinksForTeams", flag},
    {"EnableSafeLinksForOffice", flag},
    {"TrackClicks", flag},
    {"AllowClickThrough", flag},
    {"ScanUrls", flag},
    {"DeliverMessageAfterScan", flag},
    {"EnableForInternalSenders", flag},
    {"DisableUrlRewrite", flag},
    {"EnableOrganizationBranding", flag},
    {"UseTranslatedNotificationText", flag},
    {"DoNotRewriteUrls", value_kind::list},
    {"CustomNotificationText"},
    {"AdminDisplayName"},
    {"Confirm", flag},
});
/// The same settings, of a policy that is there.
constexpr auto set_policy_parameters = [] {
  auto out = new_policy_parameters;
  out.front().name = "Identity";
  return out;
}();
constexpr auto remove_policy_parameters = std::to_array<parameter>(
    {{"Identity", value_kind::text, true}, {"Force", flag}, {"Confirm", flag}});
constexpr auto switch_parameters = std::to_array<parameter>({{"Identity"},
                                                             {"AllowSafeDocsOpen", flag},
                                                             {"EnableATPForSPOTeamsODB", flag},
                                                             {"EnableSafeDocs", flag},
                                                             {"Confirm", flag}});

constexpr auto policy_table = std::to_array<cmdlet>({
    {"Get-SafeLinksPolicy", access::reads, identity_only, list_policies},
    {"New-SafeLinksPolicy", access::changes, new_policy_parameters, create_policy},
    {"Set-SafeLinksPolicy", access::changes, set_policy_parameters, change_policy},
    {"Remove-SafeLinksPolicy", access::changes, remove_policy_parameters, remove_policy},
    {"Get-AtpPolicyForO365", access::reads, identity_only, show_tenant_switch},
    {"Set-AtpPolicyForO365", access::changes, switch_parameters, change_tenant_switch},
});

} // namespace

auto policy_cmdlets() -> std::span<const cmdlet> {
  return policy_table;
}

} // namespace mock_graph::exchange
