#include "core/feeds/feed_table.hpp"

#include <algorithm>
#include <array>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;

constexpr auto days(int n) -> seams::duration {
  return std::chrono::days{n};
}

/// Page sizes: alerts_v2 clamps at 1000, incidents refuse more than 50, hunting gives at most
/// 100,000 rows and 50 MB (graph-security sheet, 1.5 and 4.1).
constexpr auto table = std::to_array<feed_facts>({
    {"alerts",
     "ms365_alerts",
     source::graph_collection,
     "security/alerts_v2",
     "graph",
     "SecurityAlert.Read.All",
     500,
     5min,
     30min,
     days(180)},
    {"incidents",
     "ms365_incidents",
     source::graph_collection,
     "security/incidents",
     "graph",
     "SecurityIncident.Read.All",
     50,
     5min,
     30min,
     days(180)},
    {"safe_links",
     "ms365_safe_links",
     source::hunting_clicks,
     "UrlClickEvents",
     "graph",
     "ThreatHunting.Read.All",
     10'000,
     5min,
     2h,
     days(30)},
    {"audit_general",
     "ms365_audit_general",
     source::activity,
     "Audit.General",
     "management",
     "ActivityFeed.Read",
     0,
     5min,
     12h,
     days(7)},
    {"audit_exchange",
     "ms365_audit_exchange",
     source::activity,
     "Audit.Exchange",
     "management",
     "ActivityFeed.Read",
     0,
     5min,
     12h,
     days(7)},
    {"audit_entra",
     "ms365_audit_entra",
     source::activity,
     "Audit.AzureActiveDirectory",
     "management",
     "ActivityFeed.Read",
     0,
     5min,
     12h,
     days(7)},
    {"audit_sharepoint",
     "ms365_audit_sharepoint",
     source::activity,
     "Audit.SharePoint",
     "management",
     "ActivityFeed.Read",
     0,
     5min,
     12h,
     days(7)},
    {"dlp",
     "ms365_dlp",
     source::activity,
     "DLP.All",
     "management",
     "ActivityFeed.ReadDlp",
     0,
     5min,
     12h,
     days(7)},
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
