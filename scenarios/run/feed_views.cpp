#include "scenarios/run/feed_views.hpp"

#include <algorithm>

namespace scenarios::run {
namespace {

constexpr auto in_content = std::string_view("/activity/feed/");

constexpr auto views = std::to_array<feed_view>({
    {"alerts", "id", "lastUpdateDateTime", {"graph.alerts"}, "/alerts_v2"},
    {"incidents", "id", "lastUpdateDateTime", {"graph.incidents"}, "/incidents"},
    {"sign_ins", "id", "", {"graph.sign_ins"}, "/signIns"},
    {"directory_audits", "id", "", {"graph.directory_audits"}, "/directoryAudits"},
    {"risk_detections", "id", "lastUpdatedDateTime", {"graph.risk_detections"}, "/riskDetections"},
    {"risky_users", "id", "riskLastUpdatedDateTime", {"graph.risky_users"}, "/riskyUsers"},
    {"safe_links", "", "", {"graph.hunting"}, "/runHuntingQuery"},
    {"users", "id", "", {"graph.users_delta"}, "/users/delta", true},
    {"groups", "id", "", {"graph.groups_delta"}, "/groups/delta", true},
    {"group_members", "", "", {"graph.groups", "graph.group_members"}, "/members", true, "", true},
    {"devices", "id", "", {"graph.devices_delta"}, "/devices/delta", true},
    {"mailbox_settings",
     "",
     "",
     {"graph.users", "graph.mailbox_settings"},
     "/mailboxSettings",
     true,
     "",
     true},
    {"safe_links", "Id", "", {"activity"}, in_content, false, "audit"},
    {"email_events", "", "", {"graph.hunting"}, "/runHuntingQuery"},
    {"teams_messages", "", "", {"graph.hunting"}, "/runHuntingQuery"},
    {"message_trace",
     "",
     "status",
     {"graph.message_traces", "exchange.reporting", "exchange.invoke"},
     "essageTrace"},
    {"safe_links_policies", "Guid", "WhenChangedUTC", {"exchange.invoke"}, "/InvokeCommand"},
    {"defender_for_cloud", "id", "lastUpdateDateTime", {"graph.alerts"}, "/alerts_v2"},
    {"cloud_apps", "_id", "", {"cloud_apps.alerts", "cloud_apps.activities"}, "/api/v1/"},
    {"azure_activity", "eventDataId", "", {"arm.activity"}, "/eventtypes/management/values"},
    {"audit_general", "Id", "", {"activity"}, in_content},
    {"audit_exchange", "Id", "", {"activity"}, in_content},
    {"audit_entra", "Id", "", {"activity"}, in_content},
    {"audit_sharepoint", "Id", "", {"activity"}, in_content},
    {"dlp", "Id", "", {"activity"}, in_content},
});

constexpr auto nobody = feed_view{};

} // namespace

auto view_of(std::string_view feed, std::string_view source) -> const feed_view& {
  const auto found = std::ranges::find_if(
      views, [&](const feed_view& one) { return one.feed == feed && one.source == source; });
  return found == views.end() ? nobody : *found;
}

auto views_of(std::string_view feed) -> std::vector<const feed_view*> {
  auto out = std::vector<const feed_view*>();
  for (const auto& one : views) {
    if (one.feed == feed) {
      out.push_back(&one);
    }
  }
  return out;
}

} // namespace scenarios::run
