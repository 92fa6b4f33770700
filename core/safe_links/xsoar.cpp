#include "core/safe_links/xsoar.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace core::safe_links {
namespace {

using seams::failure;
using seams::reaction;

constexpr auto prefix = std::string_view("o365-defender-safelinks-");

struct old_argument {
  std::string_view name;
  std::string_view parameter; ///< "" = names the object
  bool inverted = false;
};

constexpr auto policy_arguments = std::to_array<old_argument>({
    {"name", ""},
    {"identity", ""},
    {"admin_display_name", "AdminDisplayName"},
    {"custom_notification_text", "CustomNotificationText"},
    {"deliver_message_after_scan", "DeliverMessageAfterScan"},
    {"do_not_allow_click_through", "AllowClickThrough", true},
    {"do_not_rewrite_urls", "DoNotRewriteUrls"},
    {"do_not_track_user_clicks", "TrackClicks", true},
    {"enable_for_internal_senders", "EnableForInternalSenders"},
    {"enable_organization_branding", "EnableOrganizationBranding"},
    {"enable_safe_links_for_teams", "EnableSafeLinksForTeams"},
    {"is_enabled", "EnableSafeLinksForEmail"},
    {"scan_urls", "ScanUrls"},
    {"use_translated_notification_text", "UseTranslatedNotificationText"},
});
constexpr auto rule_arguments = std::to_array<old_argument>({
    {"name", ""},
    {"identity", ""},
    {"state", "State"},
    {"safe_links_policy", "SafeLinksPolicy"},
    {"comments", "Comments"},
    {"enabled", "Enabled"},
    {"except_if_recipient_domain_is", "ExceptIfRecipientDomainIs"},
    {"except_if_sent_to", "ExceptIfSentTo"},
    {"except_if_sent_to_member_of", "ExceptIfSentToMemberOf"},
    {"priority", "Priority"},
    {"recipient_domain_is", "RecipientDomainIs"},
    {"sent_to", "SentTo"},
    {"sent_to_member_of", "SentToMemberOf"},
});
constexpr auto other_arguments = std::to_array<old_argument>({
    {"start_date", "StartDate"},
    {"end_date", "EndDate"},
    {"domain", "Domain"},
    {"app_names", "AppNameList"},
    {"action", "Action"},
    {"recipient_address", "RecipientAddress"},
    {"page", "Page"},
    {"page_size", "PageSize"},
    {"summerize_by", "SummarizeBy"},
    {"allow_safe_docs_open", "AllowSafeDocsOpen"},
    {"enable_atp_spo_teams_odb", "EnableATPForSPOTeamsODB"},
    {"enable_safe_docs", "EnableSafeDocs"},
});

auto arguments_of(const command& what) -> std::span<const old_argument> {
  return what.about == subject::policy ? std::span<const old_argument>(policy_arguments)
         : what.about == subject::rule ? std::span<const old_argument>(rule_arguments)
                                       : std::span<const old_argument>(other_arguments);
}

auto bad(const char* code, std::string text) -> failure {
  return {reaction::stop_and_diagnose, code, std::move(text)};
}

} // namespace

auto from_xsoar(std::string_view name, const std::map<std::string, std::string>& arguments)
    -> seams::result<request> {
  const auto short_name = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
  const auto found = std::ranges::find(command_table(), short_name, &command::xsoar);
  if (short_name.empty() || found == command_table().end()) {
    return bad("unknown_command", "no command of XSOAR is called '" + std::string(name) + "'");
  }
  auto out = request();
  out.what = &*found;
  for (const auto& [key, text] : arguments) {
    const auto all = arguments_of(*found);
    const auto old = std::ranges::find(all, key, &old_argument::name);
    if (old != all.end() && old->parameter.empty()) {
      out.name = text;
      continue;
    }
    const auto which =
        old == all.end() ? found->settings.end()
                         : std::ranges::find(found->settings, old->parameter, &setting::parameter);
    if (which == found->settings.end()) {
      return bad("unknown_argument", std::string(short_name) + " has no argument '" + key + "'");
    }
    auto value = value_from(*which, text);
    if (value && old->inverted) {
      value = !value->get<bool>();
    }
    if (!value) {
      return bad("bad_argument", key + " is '" + text + "'");
    }
    out.set(*which, std::move(*value));
  }
  if (found->needs_name && out.name.empty()) {
    return bad("bad_argument", std::string(short_name) + " needs a name");
  }
  return out;
}

auto with_old_fields(object row) -> object {
  const auto copy = [&](const char* from, const char* to, bool inverted) {
    const auto found = row.find(from);
    if (found != row.end() && found->is_boolean()) {
      const auto value = found->get<bool>() != inverted;
      row[to] = value;
    }
  };
  copy("EnableSafeLinksForEmail", "IsEnabled", false);
  copy("AllowClickThrough", "DoNotAllowClickThrough", true);
  copy("TrackClicks", "DoNotTrackUserClicks", true);
  return row;
}

} // namespace core::safe_links
