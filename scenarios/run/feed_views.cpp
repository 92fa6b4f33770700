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
    {"safe_links_policies", "Guid", "WhenChangedUTC", {"exchange.invoke"}, "/InvokeCommand"},
    {"audit_general", "Id", "", {"activity"}, in_content},
    {"audit_exchange", "Id", "", {"activity"}, in_content},
    {"audit_entra", "Id", "", {"activity"}, in_content},
    {"audit_sharepoint", "Id", "", {"activity"}, in_content},
    {"dlp", "Id", "", {"activity"}, in_content},
});

constexpr auto nobody = feed_view{};

} // namespace

auto view_of(std::string_view feed) -> const feed_view& {
  const auto found = std::ranges::find(views, feed, &feed_view::feed);
  return found == views.end() ? nobody : *found;
}

} // namespace scenarios::run
