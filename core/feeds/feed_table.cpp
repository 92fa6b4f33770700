#include "core/feeds/feed_table.hpp"

#include <algorithm>
#include <array>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;

constexpr auto days(int n) -> seams::duration {
  return std::chrono::days{n};
}

template <class... text> constexpr auto roles(text... names) {
  return std::array<std::string_view, sizeof...(names)>{names...};
}

constexpr auto reads_alerts = roles("SecurityAlert.Read.All");
/// The 403 of alerts_v2 names the incident roles as well (graph-security sheet, 5.3).
constexpr auto reads_alerts_too = roles("SecurityIncident.Read.All");
constexpr auto reads_incidents = roles("SecurityIncident.Read.All");
constexpr auto hunts = roles("ThreatHunting.Read.All");
constexpr auto reads_logs = roles("AuditLog.Read.All");
constexpr auto reads_directory = roles("Directory.Read.All");
constexpr auto reads_risks = roles("IdentityRiskEvent.Read.All");
constexpr auto reads_risky_users = roles("IdentityRiskyUser.Read.All");
constexpr auto reads_activity = roles("ActivityFeed.Read");
constexpr auto reads_dlp = roles("ActivityFeed.ReadDlp");
constexpr auto user_read = roles("User.Read.All");
constexpr auto device_read = roles("Device.Read.All");
constexpr auto mailbox_settings_read = roles("MailboxSettings.Read", "User.Read.All");
constexpr auto message_trace = roles("ExchangeMessageTrace.Read.All");
constexpr auto reporting_service = roles("ReportingWebService.Read.All");
constexpr auto manages_exchange = roles("Exchange.ManageAsApp");
constexpr auto investigates = roles("Investigation.Read");

constexpr auto clicks_of_audit =
    std::to_array<other_source>({{workload::management, reads_activity}});
constexpr auto other_traces = std::to_array<other_source>(
    {{workload::exchange, reporting_service, true}, {workload::exchange, manages_exchange, true}});

/// What is throttled together: what one published limit counts together
/// (learn.microsoft.com/graph/throttling-limits; graph-security sheet, 5.4). Alerts, incidents,
/// hunting and message traces have limits of their own; identity reports share one, and so do
/// Identity Protection and the directory. The Management API counts a tenant's requests of every
/// content type together (management-activity-api sheet, 5).
constexpr auto alerts_bucket = std::string_view("security alerts");
constexpr auto incidents_bucket = std::string_view("incidents");
constexpr auto hunting_bucket = std::string_view("hunting");
constexpr auto mailbox_bucket = std::string_view("mailbox");
constexpr auto trace_bucket = std::string_view("message trace");
/// A little more than the limit asks for: requests do not travel equally fast (graph-directory
/// sheet, 2.7).
constexpr auto reports_bucket = std::string_view("reports");
constexpr auto reports_spacing = seams::duration{2200ms};
constexpr auto protection_bucket = std::string_view("identity protection");
constexpr auto protection_spacing = seams::duration{1200ms};

/// Page sizes: alerts_v2 clamps at 1000, incidents refuse more than 50, hunting gives at most
/// 100,000 rows and 50 MB (graph-security sheet, 1.5 and 4.1).
constexpr auto table = std::to_array<feed_facts>({
    {.name = "alerts",
     .connector_type = "ms365_alerts",
     .from = source::graph_collection,
     .resource = "security/alerts_v2",
     .api = workload::graph,
     .permissions = reads_alerts,
     .page_size = 500,
     .period = 5min,
     .overlap = 30min,
     .retention = days(180),
     .delay = 2min,
     .budget = "150 requests a minute",
     .instead = reads_alerts_too,
     .bucket = alerts_bucket},
    {.name = "incidents",
     .connector_type = "ms365_incidents",
     .from = source::graph_collection,
     .resource = "security/incidents",
     .api = workload::graph,
     .permissions = reads_incidents,
     .page_size = 50,
     .period = 5min,
     .overlap = 30min,
     .retention = days(180),
     .delay = 2min,
     .budget = "50 requests a minute",
     .bucket = incidents_bucket},
    {.name = "sign_ins",
     .connector_type = "ms365_sign_ins",
     .from = source::graph_collection,
     .resource = "auditLogs/signIns",
     .api = workload::graph,
     .permissions = reads_logs,
     .page_size = 1000,
     .period = 5min,
     .overlap = 2h,
     .retention = days(30),
     .delay = 5min,
     .budget = "5 requests in 10 seconds, with directory_audits",
     .also = "Entra ID P1 or P2; Directory.Read.All in older tenants",
     .bucket = reports_bucket,
     .spacing = reports_spacing},
    {.name = "directory_audits",
     .connector_type = "ms365_directory_audits",
     .from = source::graph_collection,
     .resource = "auditLogs/directoryAudits",
     .api = workload::graph,
     .permissions = reads_logs,
     .page_size = 1000,
     .period = 5min,
     .overlap = 2h,
     .retention = days(30),
     .delay = 5min,
     .budget = "5 requests in 10 seconds, with sign_ins",
     .also = "Entra ID P1 for 30 days of history instead of 7",
     .instead = reads_directory,
     .bucket = reports_bucket,
     .spacing = reports_spacing},
    {.name = "risk_detections",
     .connector_type = "ms365_risk_detections",
     .from = source::graph_collection,
     .resource = "identityProtection/riskDetections",
     .api = workload::graph,
     .permissions = reads_risks,
     .page_size = 500,
     .period = 5min,
     .overlap = 2h,
     .retention = days(90),
     .delay = 10min,
     .budget = "1 request a second, shared by all apps of the tenant",
     .also = "Entra ID P2 (P1 hides the details)",
     .bucket = protection_bucket,
     .spacing = protection_spacing},
    {.name = "risky_users",
     .connector_type = "ms365_risky_users",
     .from = source::graph_collection,
     .resource = "identityProtection/riskyUsers",
     .api = workload::graph,
     .permissions = reads_risky_users,
     .page_size = 500,
     .period = 5min,
     .overlap = 2h,
     .retention = days(180),
     .delay = 10min,
     .budget = "1 request a second, shared by all apps of the tenant",
     .also = "Entra ID P2",
     .bucket = protection_bucket,
     .spacing = protection_spacing},
    {.name = "safe_links",
     .connector_type = "ms365_safe_links",
     .from = source::safe_links,
     .resource = "UrlClickEvents",
     .api = workload::graph,
     .permissions = hunts,
     .page_size = 10'000,
     .period = 5min,
     .overlap = 2h,
     .retention = days(30),
     .delay = 5min,
     .budget = "45 queries a minute",
     .also = "Defender for Office 365 Plan 2",
     .bucket = hunting_bucket,
     .others = clicks_of_audit},
    {.name = "email_events",
     .connector_type = "ms365_email_events",
     .from = source::hunting,
     .resource = "EmailEvents, EmailUrlInfo, EmailAttachmentInfo, EmailPostDeliveryEvents",
     .api = workload::graph,
     .permissions = hunts,
     .page_size = 10'000,
     .period = 5min,
     .overlap = 2h,
     .retention = days(30),
     .delay = 5min,
     .budget = "45 queries a minute",
     .also = "Defender for Office 365 Plan 2",
     .bucket = hunting_bucket},
    {.name = "teams_messages",
     .connector_type = "ms365_teams_messages",
     .from = source::hunting,
     .resource = "MessageEvents, MessageUrlInfo, MessagePostDeliveryEvents",
     .api = workload::graph,
     .permissions = hunts,
     .page_size = 10'000,
     .period = 5min,
     .overlap = 2h,
     .retention = days(30),
     .delay = 5min,
     .budget = "45 queries a minute",
     .also = "Defender for Office 365 Plan 2",
     .bucket = hunting_bucket},
    {.name = "users",
     .connector_type = "ms365_users",
     .from = source::graph_delta,
     .resource = "users",
     .api = workload::graph,
     .permissions = user_read,
     .page_size = 0,
     .period = 15min,
     .overlap = seams::duration::zero(),
     .retention = days(7),
     .delay = 2min,
     .budget = "3,500 resource units in 10 s, 2 a request",
     .instead = reads_directory,
     .bucket = directory_bucket},
    {.name = "groups",
     .connector_type = "ms365_groups",
     .from = source::graph_delta,
     .resource = "groups",
     .api = workload::graph,
     .permissions = reads_directory,
     .page_size = 0,
     .period = 15min,
     .overlap = seams::duration::zero(),
     .retention = days(7),
     .delay = 2min,
     .budget = "3,500 resource units in 10 s, 2 a request",
     .bucket = directory_bucket},
    {.name = "group_members",
     .connector_type = "ms365_group_members",
     .from = source::graph_snapshot,
     .resource = "groups",
     .api = workload::graph,
     .permissions = reads_directory,
     .page_size = 999,
     .period = 1h,
     .overlap = seams::duration::zero(),
     .retention = days(7),
     .delay = 2min,
     .budget = "3,500 resource units in 10 s, 3 a group",
     .bucket = directory_bucket},
    {.name = "devices",
     .connector_type = "ms365_devices",
     .from = source::graph_delta,
     .resource = "devices",
     .api = workload::graph,
     .permissions = device_read,
     .page_size = 0,
     .period = 15min,
     .overlap = seams::duration::zero(),
     .retention = days(7),
     .delay = 2min,
     .budget = "3,500 resource units in 10 s, 2 a request",
     .instead = reads_directory,
     .bucket = directory_bucket},
    {.name = "mailbox_settings",
     .connector_type = "ms365_mailbox_settings",
     .from = source::graph_snapshot,
     .resource = "users",
     .api = workload::graph,
     .permissions = mailbox_settings_read,
     .page_size = 999,
     .period = 30min,
     .overlap = seams::duration::zero(),
     .retention = days(7),
     .delay = 2min,
     .budget = "10,000 requests in 10 min a mailbox, 4 at once",
     .bucket = mailbox_bucket},
    {.name = "message_trace",
     .connector_type = "ms365_message_trace",
     .from = source::message_trace,
     .resource = "admin/exchange/tracing/messageTraces",
     .api = workload::graph,
     .permissions = message_trace,
     .page_size = 5000,
     .period = 5min,
     .overlap = 6h,
     .retention = days(90),
     .delay = 10min,
     .budget = "100 requests in 5 minutes",
     .also = "service principal of app id 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373",
     .bucket = trace_bucket,
     .others = other_traces},
    {.name = "audit_general",
     .connector_type = "ms365_audit_general",
     .from = source::activity,
     .resource = "Audit.General",
     .api = workload::management,
     .permissions = reads_activity,
     .page_size = 0,
     .period = 5min,
     .overlap = 12h,
     .retention = days(7),
     .delay = 30min,
     .budget = "2,000 requests a minute"},
    {.name = "audit_exchange",
     .connector_type = "ms365_audit_exchange",
     .from = source::activity,
     .resource = "Audit.Exchange",
     .api = workload::management,
     .permissions = reads_activity,
     .page_size = 0,
     .period = 5min,
     .overlap = 12h,
     .retention = days(7),
     .delay = 30min,
     .budget = "2,000 requests a minute"},
    {.name = "audit_entra",
     .connector_type = "ms365_audit_entra",
     .from = source::activity,
     .resource = "Audit.AzureActiveDirectory",
     .api = workload::management,
     .permissions = reads_activity,
     .page_size = 0,
     .period = 5min,
     .overlap = 12h,
     .retention = days(7),
     .delay = 30min,
     .budget = "2,000 requests a minute"},
    {.name = "audit_sharepoint",
     .connector_type = "ms365_audit_sharepoint",
     .from = source::activity,
     .resource = "Audit.SharePoint",
     .api = workload::management,
     .permissions = reads_activity,
     .page_size = 0,
     .period = 5min,
     .overlap = 12h,
     .retention = days(7),
     .delay = 30min,
     .budget = "2,000 requests a minute"},
    {.name = "dlp",
     .connector_type = "ms365_dlp",
     .from = source::activity,
     .resource = "DLP.All",
     .api = workload::management,
     .permissions = reads_dlp,
     .page_size = 0,
     .period = 5min,
     .overlap = 12h,
     .retention = days(7),
     .delay = 30min,
     .budget = "2,000 requests a minute"},
    {.name = "safe_links_policies",
     .connector_type = "ms365_safe_links_policies",
     .from = source::exchange_cmdlets,
     .resource = "InvokeCommand",
     .api = workload::exchange,
     .permissions = manages_exchange,
     .page_size = 1000,
     .period = 1h,
     .overlap = seams::duration::zero(),
     .retention = days(1),
     .delay = seams::duration::zero(),
     .budget = "not published",
     .also = "a directory role of the service principal: Security Reader or Global Reader"},
    {.name = "defender_for_cloud",
     .connector_type = "ms365_defender_for_cloud",
     .from = source::graph_collection,
     .resource = "security/alerts_v2",
     .api = workload::graph,
     .permissions = reads_alerts,
     .page_size = 500,
     .period = 5min,
     .overlap = 30min,
     .retention = days(180),
     .delay = 2min,
     .budget = "150 requests a minute",
     .instead = reads_alerts_too,
     .bucket = alerts_bucket},
    {.name = "cloud_apps",
     .connector_type = "ms365_cloud_apps",
     .from = source::cloud_apps,
     .resource = "alerts and activities",
     .api = workload::cloud_apps,
     .permissions = investigates,
     .page_size = 100,
     .period = 5min,
     .overlap = 2h,
     .retention = days(180),
     .delay = 5min,
     .budget = "30 requests a minute, for the whole tenant",
     .bucket = "cloud apps",
     .spacing = 2100ms},
    {.name = "azure_activity",
     .connector_type = "ms365_azure_activity",
     .from = source::azure_activity,
     .resource = "providers/Microsoft.Insights/eventtypes/management/values",
     .api = workload::resource_manager,
     .permissions = {},
     .page_size = 0,
     .period = 5min,
     .overlap = 3h,
     .retention = days(90),
     .delay = 10min,
     .budget = "12,000 reads an hour for each subscription",
     .also = "the Azure role Reader on each subscription"},
});

/// A new connector starts with the last day.
constexpr auto first_look_back = std::chrono::hours{24};

} // namespace

auto feed_table() -> std::span<const feed_facts> {
  return table;
}

auto find_feed(std::string_view name) -> const feed_facts* {
  const auto found = std::ranges::find(table, name, &feed_facts::name);
  return found == table.end() ? nullptr : &*found;
}

auto wider_role(std::string_view role) -> std::string_view {
  return role == "User.Read.All" || role == "Device.Read.All" ? reads_directory.front()
                                                              : std::string_view();
}

auto may_read(const feed_facts& of, const std::function<bool(std::string_view role)>& has) -> bool {
  const auto has_or_wider = [&](std::string_view role) {
    return has(role) || (!wider_role(role).empty() && has(wider_role(role)));
  };
  return std::ranges::all_of(of.permissions, has_or_wider) || std::ranges::any_of(of.instead, has);
}

auto default_options(const feed_facts& of) -> feed_options {
  return {std::string(of.name), of.period, of.overlap, first_look_back};
}

} // namespace core::feeds
