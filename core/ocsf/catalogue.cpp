#include "core/ocsf/catalogue.hpp"

#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

constexpr auto audit_feeds = std::to_array<std::string_view>(
    {"audit_general", "audit_exchange", "audit_entra", "audit_sharepoint", "dlp"});

constexpr auto rows = std::to_array<catalogue_row>({
    {"alerts", &sources::alerts_defender_api, {"alertId"}},
    {"alerts", &sources::alerts_sentinel, {"SystemAlertId"}},
    {"alerts", &sources::alerts_legacy, {"id", "vendorInformation"}},
    {"alerts", &sources::alerts, {"id", "createdDateTime"}},
    {"defender_for_cloud", &sources::alerts_sentinel, {"SystemAlertId"}},
    {"defender_for_cloud", &sources::alerts, {"id", "createdDateTime"}},
    {"incidents", &sources::incidents_defender_api, {"incidentId"}},
    {"incidents", &sources::incidents, {"id", "createdDateTime"}},
    {"sign_ins", &sources::sign_ins, {"createdDateTime", "appId"}},
    {"sign_ins", &sources::sign_ins, {"createdDateTime", "userId"}},
    {"sign_ins", &sources::sign_ins, {"createdDateTime", "userPrincipalName"}},
    {"sign_ins", &sources::sign_ins, {"createdDateTime", "servicePrincipalId"}},
    {"directory_audits", &sources::directory_audits, {"activityDisplayName"}},
    {"risk_detections", &sources::risk_detections, {"id", "riskEventType"}},
    {"risk_detections", &sources::risky_users, {"id", "riskState"}},
    {"risky_users", &sources::risk_detections, {"id", "riskEventType"}},
    {"risky_users", &sources::risky_users, {"id", "riskState"}},
    {"safe_links", &sources::audit_url_clicks, {"TimeOfClick"}},
    {"safe_links", &sources::audit_url_clicks, {"RecordType", "Url"}},
    {"safe_links", &sources::url_clicks, {"Url", "ActionType"}},
    {"email_events", &sources::email_post_delivery, {"NetworkMessageId", "ActionTrigger"}},
    {"email_events", &sources::email_post_delivery, {"NetworkMessageId", "ActionResult"}},
    {"email_events", &sources::email_url_info, {"NetworkMessageId", "Url"}},
    {"email_events", &sources::email_attachment_info, {"NetworkMessageId", "FileName"}},
    {"email_events", &sources::email_events, {"NetworkMessageId", "RecipientEmailAddress"}},
    {"teams_messages", &sources::message_url_info, {"TeamsMessageId", "Url"}},
    {"teams_messages", &sources::message_post_delivery, {"TeamsMessageId", "ActionType"}},
    {"teams_messages", &sources::message_events, {"TeamsMessageId"}},
    {"teams_messages", &sources::chat_messages, {"id", "messageType"}},
    {"message_trace", &sources::message_traces_classic, {"MessageTraceId"}},
    {"message_trace", &sources::message_traces, {"id", "receivedDateTime"}},
    {"users", &sources::users, {"id"}},
    {"users", &sources::users, {"userPrincipalName"}},
    {"users", &sources::users, {"mail"}},
    {"groups", &sources::groups, {"id"}},
    {"group_members", &sources::group_members, {"id"}},
    {"devices", &sources::managed_devices, {"id", "deviceName"}},
    {"devices", &sources::devices, {"id"}},
    {"mailbox_settings", &sources::mailbox_settings, {}},
    {"safe_links_policies", &sources::safe_links_policies, {"Identity"}},
    {"safe_links_policies", &sources::safe_links_policies, {"Guid"}},
    {"safe_links_policies", &sources::safe_links_policies, {"Name"}},
    {"cloud_apps", &sources::cloud_app_alerts, {"_id", "title"}},
    {"cloud_apps", &sources::cloud_app_activities, {"_id"}},
    {"azure_activity", &sources::azure_activity, {"eventTimestamp"}},
    {"actions", &sources::actions, {"act", "phase", "action"}},
    {"cases", &sources::cases, {"id", "verdict", "rules"}},
});

/// Rows of hunting tables under whatever feed they are exported as.
constexpr auto hunting_marks = std::to_array<catalogue_row>({
    {"", &sources::url_clicks, {"Url", "ActionType", "IsClickedThrough"}},
    {"", &sources::hunting_rows, {"Timestamp"}},
});

/// office-365-management-activity-api-schema, AuditLogRecordType.
constexpr auto types = std::to_array<record_type_row>({
    {"1", &sources::audit_exchange_admin},
    {"18", &sources::audit_exchange_admin},
    {"2", &sources::audit_mailbox},
    {"3", &sources::audit_mailbox},
    {"50", &sources::audit_mailbox},
    {"6", &sources::audit_files},
    {"14", &sources::audit_files},
    {"8", &sources::audit_directory},
    {"15", &sources::audit_logons},
    {"25", &sources::audit_teams},
    {"28", &sources::audit_threat_mail},
    {"47", &sources::audit_threat_files},
    {"41", &sources::audit_url_clicks},
    {"40", &sources::audit_security_alerts},
    {"98", &sources::audit_cloud_app_alerts},
    {"11", &sources::audit_dlp},
    {"13", &sources::audit_dlp},
    {"33", &sources::audit_dlp},
    {"63", &sources::audit_dlp},
    {"107", &sources::audit_dlp},
});

auto fits(const catalogue_row& row, const record_view& record) -> bool {
  return std::ranges::all_of(row.marks, [&](std::string_view mark) {
    return mark.empty() || record.find(mark) != nullptr;
  });
}

auto audit_source(const record_view& record) -> const source* {
  const auto type = record.text("RecordType");
  const auto found = std::ranges::find(types, type, &record_type_row::record_type);
  if (found != types.end()) {
    return found->from;
  }
  const auto is_record =
      !type.empty() || !record.text("Operation").empty() || !record.text("CreationTime").empty();
  return is_record ? &sources::audit : nullptr;
}

} // namespace

auto catalogue() -> std::span<const catalogue_row> {
  return rows;
}

auto record_types() -> std::span<const record_type_row> {
  return types;
}

auto is_audit_feed(std::string_view feed) -> bool {
  return std::ranges::find(audit_feeds, feed) != audit_feeds.end();
}

auto source_of(std::string_view feed, const record_view& record) -> const source* {
  if (is_audit_feed(feed)) {
    return audit_source(record);
  }
  for (const auto& row : rows) {
    if (row.feed == feed && fits(row, record)) {
      return row.from;
    }
  }
  const auto found = std::ranges::find_if(
      hunting_marks, [&](const catalogue_row& row) { return fits(row, record); });
  return found == hunting_marks.end() ? nullptr : found->from;
}

} // namespace core::ocsf
