#include "core/safe_links/commands.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::safe_links {
namespace {

constexpr auto flag = value_kind::flag;
constexpr auto list = value_kind::list;
constexpr auto number = value_kind::number;
constexpr auto hashtable = std::string_view("#Exchange.GenericHashTable");

constexpr auto policy_settings = std::to_array<setting>({
    {"email", "EnableSafeLinksForEmail", flag, "Check links in mail"},
    {"teams", "EnableSafeLinksForTeams", flag, "Check links in Teams"},
    {"office", "EnableSafeLinksForOffice", flag, "Check links in Office apps"},
    {"internal-senders", "EnableForInternalSenders", flag, "Mail inside the organisation too"},
    {"track-clicks", "TrackClicks", flag, "Keep clicks; without it no feed has any"},
    {"allow-click-through", "AllowClickThrough", flag, "Let users past the warning"},
    {"scan-urls", "ScanUrls", flag, "Scan suspicious links at the click"},
    {"deliver-after-scan", "DeliverMessageAfterScan", flag, "Hold mail until the scan ends"},
    {"disable-url-rewrite",
     "DisableUrlRewrite",
     flag,
     "Check by API alone, keep links as they are"},
    {"organization-branding", "EnableOrganizationBranding", flag, "Show the own logo"},
    {"translated-notification-text",
     "UseTranslatedNotificationText",
     flag,
     "Translate the notification text"},
    {"notification-text", "CustomNotificationText", value_kind::text, "Text of the warning"},
    {"display-name", "AdminDisplayName", value_kind::text, "Description for administrators"},
    {"do-not-rewrite-urls", "DoNotRewriteUrls", list, "URLs left alone, commas between"},
    {"add-do-not-rewrite-urls", "DoNotRewriteUrls", list, "URLs more", list_part::add},
    {"remove-do-not-rewrite-urls", "DoNotRewriteUrls", list, "URLs less", list_part::remove},
});

constexpr auto rule_settings = std::to_array<setting>({
    {"policy", "SafeLinksPolicy", value_kind::text, "The policy that it applies"},
    {"sent-to", "SentTo", list, "Users it applies to"},
    {"sent-to-member-of", "SentToMemberOf", list, "Groups it applies to"},
    {"domains", "RecipientDomainIs", list, "Domains it applies to"},
    {"except-sent-to", "ExceptIfSentTo", list, "Users it does not apply to"},
    {"except-sent-to-member-of", "ExceptIfSentToMemberOf", list, "Groups it does not apply to"},
    {"except-domains", "ExceptIfRecipientDomainIs", list, "Domains it does not apply to"},
    {"comments", "Comments", value_kind::text, "At most 1,024 characters"},
    {"priority", "Priority", number, "0 is asked first"},
    {"enabled", "Enabled", flag, "Whether it is on"},
});

constexpr auto rule_list_settings =
    std::to_array<setting>({{"state", "State", value_kind::text, "Enabled or Disabled"}});

constexpr auto switch_settings = std::to_array<setting>({
    {"allow-safe-docs-open", "AllowSafeDocsOpen", flag, "Let users leave Protected View"},
    {"atp-for-spo-teams-odb", "EnableATPForSPOTeamsODB", flag, "SharePoint, OneDrive, Teams files"},
    {"safe-docs", "EnableSafeDocs", flag, "Safe Documents in Office apps"},
});

constexpr auto aggregate_settings = std::to_array<setting>({
    {"from", "StartDate", value_kind::text, "First day: 2026-09-14, or 09-14-2026"},
    {"to", "EndDate", value_kind::text, "Last day; yesterday is the newest"},
    {"apps", "AppNameList", list, "Email Client, OfficeDocs, Teams"},
    {"action", "Action", list, "Allowed, Blocked, ClickedDuringScan, ClickedEvenBlocked, ..."},
    {"summarize-by", "SummarizeBy", value_kind::text, "Action or App"},
});

constexpr auto detail_settings = std::to_array<setting>({
    aggregate_settings[0],
    aggregate_settings[1],
    aggregate_settings[2],
    aggregate_settings[3],
    {"domain", "Domain", list, "Host of the link"},
    {"recipient", "RecipientAddress", list, "Who clicked"},
    {"page", "Page", number, "1 to 1000; without it all pages"},
    {"page-size", "PageSize", number, "1 to 5000"},
});

constexpr auto nothing = std::span<const setting>();

constexpr auto table = std::to_array<command>({
    {subject::policy,
     verb::list,
     "policy list",
     "Get-SafeLinksPolicy",
     "Identity",
     false,
     nothing,
     "Show policies, or one",
     "policy-list"},
    {subject::policy,
     verb::create,
     "policy create",
     "New-SafeLinksPolicy",
     "Name",
     true,
     policy_settings,
     "Make a policy; it holds for nobody until a rule applies it",
     "policy-create"},
    {subject::policy,
     verb::update,
     "policy update",
     "Set-SafeLinksPolicy",
     "Identity",
     true,
     policy_settings,
     "Change settings of a policy",
     "policy-update"},
    {subject::policy,
     verb::remove,
     "policy remove",
     "Remove-SafeLinksPolicy",
     "Identity",
     true,
     nothing,
     "Remove a policy that no rule applies",
     "policy-remove"},
    {subject::rule,
     verb::list,
     "rule list",
     "Get-SafeLinksRule",
     "Identity",
     false,
     rule_list_settings,
     "Show rules, or one",
     "rule-list"},
    {subject::rule,
     verb::create,
     "rule create",
     "New-SafeLinksRule",
     "Name",
     true,
     rule_settings,
     "Apply a policy to users, groups or domains",
     "rule-create"},
    {subject::rule,
     verb::update,
     "rule update",
     "Set-SafeLinksRule",
     "Identity",
     true,
     rule_settings,
     "Change a rule",
     "rule-update"},
    {subject::rule,
     verb::enable,
     "rule enable",
     "Enable-SafeLinksRule",
     "Identity",
     true,
     nothing,
     "Switch a rule on"},
    {subject::rule,
     verb::disable,
     "rule disable",
     "Disable-SafeLinksRule",
     "Identity",
     true,
     nothing,
     "Switch a rule off"},
    {subject::rule,
     verb::remove,
     "rule remove",
     "Remove-SafeLinksRule",
     "Identity",
     true,
     nothing,
     "Remove a rule; its policy stays"},
    {subject::tenant_switch,
     verb::list,
     "settings get",
     "Get-AtpPolicyForO365",
     "",
     false,
     nothing,
     "Show the tenant's switches",
     "atp-policy-get"},
    {subject::tenant_switch,
     verb::update,
     "settings set",
     "Set-AtpPolicyForO365",
     "",
     false,
     switch_settings,
     "Set the tenant's switches",
     "atp-policy-set"},
    {subject::detail_report,
     verb::list,
     "report detail",
     "Get-SafeLinksDetailReport",
     "",
     false,
     detail_settings,
     "Clicks of the last 7 days, one a line",
     "detailed-report-get"},
    {subject::aggregate_report,
     verb::list,
     "report aggregate",
     "Get-SafeLinksAggregateReport",
     "",
     false,
     aggregate_settings,
     "Clicks of the last 90 days, counted",
     "aggregate-report-get"},
});

auto asks_before(const command& what) -> bool {
  return what.does == verb::remove || what.does == verb::disable;
}

auto flag_from(std::string_view text) -> std::optional<object> {
  for (const auto& [word, value] :
       {std::pair{"true", true}, {"on", true}, {"false", false}, {"off", false}}) {
    if (seams::equal_ignoring_case(text, word)) {
      return object(value);
    }
  }
  return std::nullopt;
}

auto number_from(std::string_view text) -> std::optional<object> {
  auto number = std::int64_t{0};
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(object(number)) : std::nullopt;
}

auto list_from(std::string_view text) -> object {
  if (text.starts_with('[')) {
    if (auto array = object::parse(text, nullptr, false); array.is_array()) {
      return array;
    }
  }
  auto out = object::array();
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    auto one = text.substr(0, end);
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (!one.empty()) {
      out.push_back(one);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

} // namespace

auto command_table() -> std::span<const command> {
  return table;
}

auto find_command(std::string_view words) -> const command* {
  const auto found = std::ranges::find(table, words, &command::words);
  return found == table.end() ? nullptr : &*found;
}

void request::set(const setting& which, object value) {
  auto& slot = values[std::string(which.parameter)];
  if (which.part != list_part::whole) {
    slot["@odata.type"] = hashtable;
    slot[which.part == list_part::add ? "Add" : "Remove"] = std::move(value);
  } else if (which.kind == value_kind::list && value.empty()) {
    slot = {{"@odata.type", hashtable}};
  } else {
    slot = std::move(value);
  }
}

auto value_from(const setting& what, std::string_view text) -> std::optional<object> {
  switch (what.kind) {
  case value_kind::flag:
    return flag_from(text);
  case value_kind::number:
    return number_from(text);
  case value_kind::list:
    return list_from(text);
  case value_kind::text:
    return object(text);
  }
  return std::nullopt;
}

auto parameters_of(const request& what) -> object {
  auto out = object::object();
  if (!what.name.empty() && !what.what->naming.empty()) {
    out[std::string(what.what->naming)] = what.name;
  }
  out.update(what.values);
  if (asks_before(*what.what)) {
    out["Confirm"] = false;
  }
  return out;
}

} // namespace core::safe_links
