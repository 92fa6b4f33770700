// Alerts and incidents in the shapes of older and neighbouring interfaces, which exports still
// have: Graph's legacy alerts, the Microsoft 365 Defender API, Sentinel's table SecurityAlert.
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto old_statuses = std::to_array<word>({{"new", 1},
                                                   {"newAlert", 1},
                                                   {"active", 1},
                                                   {"inProgress", 2},
                                                   {"resolved", 4},
                                                   {"dismissed", 3},
                                                   {"dissmissed", 3},
                                                   {"redirected", 4},
                                                   {"unknown", 0}});

/// graph/api/resources/alert.
constexpr auto legacy_fields = std::to_array<field>({
    {"createdDateTime", "time", as_time},
    {"createdDateTime", "finding_info.created_time", as_time},
    {"eventDateTime", "time", as_time},
    {"eventDateTime", "finding_info.first_seen_time", as_time},
    {"lastModifiedDateTime", "finding_info.modified_time", as_time},
    {"lastModifiedDateTime", "metadata.modified_time", as_time},
    {"id", "finding_info.uid"},
    {"title", "finding_info.title"},
    {"title", "message"},
    {"description", "finding_info.desc"},
    {"category", "finding_info.types[]"},
    {"severity", "severity_id", severity_words},
    {"status", "status_id", old_statuses},
    {"azureTenantId", "metadata.tenant_uid"},
    {"vendorInformation.provider", "finding_info.product.name"},
    {"vendorInformation.provider", "metadata.product.feature.name"},
    {"vendorInformation.vendor", "finding_info.product.vendor_name"},
    {"assignedTo", "assignee.name"},
    {"assignedTo", "assignee.email_addr", as_mail},
    {"confidence", "confidence_score", as_whole},
    {"recommendedActions", "remediation.desc"},
});

/// learn.microsoft.com/defender-xdr/api-list-incidents, alerts metadata.
constexpr auto defender_fields = std::to_array<field>({
    {"creationTime", "time", as_time},
    {"alertCreationTime", "time", as_time},
    {"creationTime", "finding_info.created_time", as_time},
    {"alertCreationTime", "finding_info.created_time", as_time},
    {"lastUpdatedTime", "finding_info.modified_time", as_time},
    {"lastUpdateTime", "finding_info.modified_time", as_time},
    {"lastUpdatedTime", "metadata.modified_time", as_time},
    {"lastUpdateTime", "metadata.modified_time", as_time},
    {"firstActivity", "start_time", as_time},
    {"firstActivity", "finding_info.first_seen_time", as_time},
    {"lastActivity", "end_time", as_time},
    {"lastActivity", "finding_info.last_seen_time", as_time},
    {"alertId", "finding_info.uid"},
    {"id", "finding_info.uid"},
    {"providerAlertId", "finding_info.uid_alt"},
    {"incidentId", "metadata.correlation_uid"},
    {"title", "finding_info.title"},
    {"title", "message"},
    {"description", "finding_info.desc"},
    {"category", "finding_info.types[]"},
    {"severity", "severity_id", severity_words},
    {"status", "status_id", old_statuses},
    {"serviceSource", "finding_info.product.name"},
    {"detectionSource", "finding_info.data_sources[]"},
    {"detectorId", "finding_info.analytic.uid"},
    {"assignedTo", "assignee.name"},
    {"assignedTo", "assignee.email_addr", as_mail},
});

/// learn.microsoft.com/azure/azure-monitor/reference/tables/securityalert.
constexpr auto sentinel_fields = std::to_array<field>({
    {"TimeGenerated", "time", as_time},
    {"TimeGenerated", "finding_info.created_time", as_time},
    {"StartTimeUtc", "start_time", as_time},
    {"StartTime", "start_time", as_time},
    {"StartTimeUtc", "finding_info.first_seen_time", as_time},
    {"EndTimeUtc", "end_time", as_time},
    {"EndTime", "end_time", as_time},
    {"EndTimeUtc", "finding_info.last_seen_time", as_time},
    {"SystemAlertId", "finding_info.uid"},
    {"ProviderAlertId", "finding_info.uid_alt"},
    {"VendorOriginalId", "finding_info.uid_alt"},
    {"AlertDisplayName", "finding_info.title"},
    {"AlertName", "finding_info.title"},
    {"DisplayName", "finding_info.title"},
    {"AlertDisplayName", "message"},
    {"Description", "finding_info.desc"},
    {"AlertType", "finding_info.types[]"},
    {"AlertSeverity", "severity_id", severity_words},
    {"Severity", "severity_id", severity_words},
    {"Status", "status_id", old_statuses},
    {"ProviderName", "finding_info.product.name"},
    {"ProviderName", "metadata.product.feature.name"},
    {"AlertLink", "finding_info.src_url"},
});

void put_old_activity(draft& of, std::string_view created, std::string_view changed) {
  const auto state = of.number("status_id");
  constexpr auto suppressed = 3;
  constexpr auto resolved = 4;
  const auto activity =
      finding_activity(of, created, changed, state == suppressed || state == resolved);
  of.is(classes::detection_finding, activity);
  of.choose("severity_id", 0);
  if (activity == finding::create) {
    of.put("is_alert", true);
  }
  if (of.has("finding_info.analytic")) {
    of.put("finding_info.analytic.type_id", 0);
  }
  type_user(of, "assignee", 1);
  of.take("@odata.type");
}

auto why_no_finding(const draft& of) -> std::optional<std::string> {
  return of.has("finding_info.uid") ? std::nullopt
                                    : std::optional<std::string>("an alert without an id");
}

auto shape_legacy_alert(draft& of) -> std::optional<std::string> {
  put_old_activity(of, "createdDateTime", "lastModifiedDateTime");
  return why_no_finding(of);
}

auto shape_defender_alert(draft& of) -> std::optional<std::string> {
  const auto category = of.text("category");
  auto attacks = json::array();
  for (const auto& one : of.list("mitreTechniques")) {
    attacks.push_back(attack_of(to_text(one).value_or(""), category));
  }
  if (!attacks.empty()) {
    of.put("finding_info.attacks", attacks);
    of.put("attacks", std::move(attacks));
    of.take("mitreTechniques");
  }
  put_old_activity(of, "creationTime", "lastUpdatedTime");
  put_verdict(of);
  put_last_comment(of);
  return why_no_finding(of);
}

auto shape_sentinel_alert(draft& of) -> std::optional<std::string> {
  if (!of.has("time") && of.has("end_time")) {
    of.put("time", *find_at(of.event(), "end_time"));
  }
  if (!of.has("finding_info.title")) {
    of.put("finding_info.title", as_text(of.text("AlertType")));
  }
  put_old_activity(of, "", "");
  return why_no_finding(of);
}

/// learn.microsoft.com/defender-xdr/api-list-incidents.
constexpr auto defender_incident_fields = std::to_array<field>({
    {"createdTime", "time", as_time},
    {"lastUpdateTime", "metadata.modified_time", as_time},
    {"incidentId", "metadata.correlation_uid"},
    {"incidentName", "message"},
    {"severity", "severity_id", severity_words},
    {"assignedTo", "assignee.name"},
    {"assignedTo", "assignee.email_addr", as_mail},
    {"tags", "metadata.labels[]"},
    {"incidentUri", "src_url"},
});

constexpr auto defender_incident_statuses =
    std::to_array<word>({{"Active", 1}, {"InProgress", 2}, {"Resolved", 4}, {"Redirected", 5}});

auto shape_defender_incident(draft& of) -> std::optional<std::string> {
  const auto id = of.text("incidentId");
  if (id.empty()) {
    return "an incident without an id";
  }
  const auto state = of.text("status");
  const auto closed = same_word(state, "Resolved") || same_word(state, "Redirected");
  of.is(classes::incident_finding, finding_activity(of, "createdTime", "lastUpdateTime", closed));
  of.choose("severity_id", 0);
  of.choose(
      "status_id", state.empty() ? 0 : id_of(defender_incident_statuses, state, other), state);
  of.take("status");
  auto own = json{{"uid", id}};
  put_at(own, "title", as_text(of.text("incidentName")));
  of.put("finding_info_list", json::array({std::move(own)}));
  put_verdict(of);
  put_last_comment(of);
  type_user(of, "assignee", 1);
  if (!of.has("assignee")) {
    of.put("assignee_group.name", "Unassigned");
  }
  return std::nullopt;
}

constexpr auto legacy_identity = std::to_array<std::string_view>({"id"});
constexpr auto defender_identity = std::to_array<std::string_view>({"alertId"});
constexpr auto sentinel_identity = std::to_array<std::string_view>({"SystemAlertId"});
constexpr auto defender_incident_identity = std::to_array<std::string_view>({"incidentId"});

} // namespace

constinit const source sources::alerts_legacy = {.name = "security/alerts",
                                                 .provider = graph,
                                                 .product = "Microsoft 365 Security",
                                                 .prefix = "legacy-alert",
                                                 .identity = legacy_identity,
                                                 .version = "lastModifiedDateTime",
                                                 .time = "createdDateTime",
                                                 .fields = legacy_fields,
                                                 .shape = shape_legacy_alert};

constinit const source sources::alerts_defender_api = {.name = "api/alerts",
                                                       .provider = "Microsoft 365 Defender API",
                                                       .product = "Microsoft Defender XDR",
                                                       .prefix = "alert",
                                                       .identity = defender_identity,
                                                       .version = "lastUpdatedTime",
                                                       .time = "creationTime",
                                                       .fields = defender_fields,
                                                       .shape = shape_defender_alert};

constinit const source sources::alerts_sentinel = {.name = "SecurityAlert",
                                                   .provider = "Microsoft Sentinel",
                                                   .product = "Microsoft Sentinel",
                                                   .prefix = "sentinel-alert",
                                                   .identity = sentinel_identity,
                                                   .version = "TimeGenerated",
                                                   .time = "TimeGenerated",
                                                   .fields = sentinel_fields,
                                                   .shape = shape_sentinel_alert};

constinit const source sources::incidents_defender_api = {.name = "api/incidents",
                                                          .provider = "Microsoft 365 Defender API",
                                                          .product = "Microsoft Defender XDR",
                                                          .prefix = "incident",
                                                          .identity = defender_incident_identity,
                                                          .version = "lastUpdateTime",
                                                          .time = "createdTime",
                                                          .fields = defender_incident_fields,
                                                          .shape = shape_defender_incident};

} // namespace core::ocsf
