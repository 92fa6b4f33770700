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

constexpr auto security_alert = roles("SecurityAlert.Read.All");
constexpr auto security_incident = roles("SecurityIncident.Read.All");
constexpr auto threat_hunting = roles("ThreatHunting.Read.All");
constexpr auto activity_feed = roles("ActivityFeed.Read");
constexpr auto activity_feed_dlp = roles("ActivityFeed.ReadDlp");
constexpr auto message_trace = roles("ExchangeMessageTrace.Read.All");
constexpr auto reporting_service = roles("ReportingWebService.Read.All");

/// Page sizes: alerts_v2 clamps at 1000, incidents refuse more than 50, hunting gives at most
/// 100,000 rows and 50 MB (graph-security sheet, 1.5 and 4.1).
constexpr auto table = std::to_array<feed_facts>({
    {.name = "alerts",
     .connector_type = "ms365_alerts",
     .from = source::graph_collection,
     .resource = "security/alerts_v2",
     .api = workload::graph,
     .permissions = security_alert,
     .page_size = 500,
     .period = 5min,
     .overlap = 30min,
     .retention = days(180),
     .delay = 2min,
     .budget = "150 requests a minute"},
    {.name = "incidents",
     .connector_type = "ms365_incidents",
     .from = source::graph_collection,
     .resource = "security/incidents",
     .api = workload::graph,
     .permissions = security_incident,
     .page_size = 50,
     .period = 5min,
     .overlap = 30min,
     .retention = days(180),
     .delay = 2min,
     .budget = "50 requests a minute"},
    {.name = "safe_links",
     .connector_type = "ms365_safe_links",
     .from = source::safe_links,
     .resource = "UrlClickEvents",
     .api = workload::graph,
     .permissions = threat_hunting,
     .page_size = 10'000,
     .period = 5min,
     .overlap = 2h,
     .retention = days(30),
     .delay = 5min,
     .budget = "45 queries a minute",
     .also = "Defender for Office 365 Plan 2",
     .second = {workload::management, activity_feed, false}},
    {.name = "email_events",
     .connector_type = "ms365_email_events",
     .from = source::hunting,
     .resource = "EmailEvents, EmailUrlInfo, EmailAttachmentInfo, EmailPostDeliveryEvents",
     .api = workload::graph,
     .permissions = threat_hunting,
     .page_size = 10'000,
     .period = 5min,
     .overlap = 2h,
     .retention = days(30),
     .delay = 5min,
     .budget = "45 queries a minute",
     .also = "Defender for Office 365 Plan 2"},
    {.name = "teams_messages",
     .connector_type = "ms365_teams_messages",
     .from = source::hunting,
     .resource = "MessageEvents, MessageUrlInfo, MessagePostDeliveryEvents",
     .api = workload::graph,
     .permissions = threat_hunting,
     .page_size = 10'000,
     .period = 5min,
     .overlap = 2h,
     .retention = days(30),
     .delay = 5min,
     .budget = "45 queries a minute",
     .also = "Defender for Office 365 Plan 2"},
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
     .second = {workload::exchange, reporting_service, true}},
    {.name = "audit_general",
     .connector_type = "ms365_audit_general",
     .from = source::activity,
     .resource = "Audit.General",
     .api = workload::management,
     .permissions = activity_feed,
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
     .permissions = activity_feed,
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
     .permissions = activity_feed,
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
     .permissions = activity_feed,
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
     .permissions = activity_feed_dlp,
     .page_size = 0,
     .period = 5min,
     .overlap = 12h,
     .retention = days(7),
     .delay = 30min,
     .budget = "2,000 requests a minute"},
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

auto default_options(const feed_facts& of) -> feed_options {
  return {std::string(of.name), of.period, of.overlap, first_look_back};
}

} // namespace core::feeds
