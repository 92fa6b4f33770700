// Alerts in the Management Activity API: RecordType 40 of the compliance centre and 98 of Defender
// for Cloud Apps (sheet, section 6.3).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/audit.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

namespace core::ocsf {
namespace {

constexpr auto security_alert_statuses =
    std::to_array<word>({{"Active", 1}, {"Investigating", 2}, {"Resolved", 4}, {"Dismissed", 3}});

constexpr auto security_alert_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"AlertId", "finding_info.uid"},
    {"AlertId", "metadata.correlation_uid"},
    {"Name", "finding_info.title"},
    {"Name", "message"},
    {"Severity", "severity_id", severity_words},
    {"Status", "status_id", security_alert_statuses},
    {"PolicyId", "finding_info.analytic.uid"},
    {"Category", "finding_info.types[]"},
    {"Source", "finding_info.data_sources[]"},
    {"Comments", "comment"},
});

/// The first record of an alert makes it; entities that are found and edits come later.
auto shape_security_alert(draft& of) -> std::optional<std::string> {
  const auto operation = of.text("Operation");
  const auto state = of.text("Status");
  const auto is_closed = same_word(state, "Resolved") || same_word(state, "Dismissed");
  const auto is_first = same_word(operation, "AlertTriggered");
  const auto activity = is_closed ? finding::close : is_first ? finding::create : finding::update;
  if (!of.has("finding_info.uid")) {
    of.put("finding_info.uid", as_text(of.text("Id")));
  }
  if (!of.has("finding_info.uid")) {
    return "an alert record without an id";
  }
  of.is(classes::detection_finding, activity);
  of.choose("severity_id", 0);
  put_audit_product(of);
  if (activity == finding::create) {
    of.put("is_alert", true);
  }
  if (of.has("finding_info.analytic")) {
    of.put("finding_info.analytic.type_id", 0);
  }
  return std::nullopt;
}

constexpr auto mcas_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"Id", "finding_info.uid"},
    {"AlertDisplayName", "finding_info.title"},
    {"AlertDisplayName", "message"},
    {"AlertDescription", "finding_info.desc"},
    {"AlertUri", "finding_info.src_url"},
    {"AlertCategory", "finding_info.types[]"},
    {"AlertSeverity", "severity_id", severity_words},
    {"ActivityStartTime", "start_time", as_time},
    {"LastUpdatedTime", "finding_info.modified_time", as_time},
});

constexpr auto mcas_statuses = std::to_array<word>({{"New", 1}, {"Resolved", 4}, {"Dismissed", 3}});

auto shape_mcas_alert(draft& of) -> std::optional<std::string> {
  if (of.text("Id").empty()) {
    return "an alert record without an id";
  }
  const auto state = of.text("ResultStatus");
  if (!state.empty()) {
    of.choose("status_id", id_of(mcas_statuses, state, other), state);
    of.take("ResultStatus");
  }
  const auto is_closed = same_word(state, "Resolved") || same_word(state, "Dismissed");
  of.is(classes::detection_finding, is_closed ? finding::close : finding::create);
  of.choose("severity_id", 0);
  put_audit_product(of);
  if (!is_closed) {
    of.put("is_alert", true);
  }
  return std::nullopt;
}

constexpr auto security_alert_identity = std::to_array<std::string_view>({"Id"});

} // namespace

constinit const source sources::audit_security_alerts = {.provider = management_api,
                                                         .product = "Microsoft Purview",
                                                         .prefix = "audit",
                                                         .identity = security_alert_identity,
                                                         .time = "CreationTime",
                                                         .fields = security_alert_rows,
                                                         .shape = shape_security_alert};

constinit const source sources::audit_cloud_app_alerts = {.provider = management_api,
                                                          .product =
                                                              "Microsoft Defender for Cloud Apps",
                                                          .prefix = "audit",
                                                          .identity = security_alert_identity,
                                                          .time = "CreationTime",
                                                          .fields = mcas_rows,
                                                          .shape = shape_mcas_alert};

} // namespace core::ocsf
