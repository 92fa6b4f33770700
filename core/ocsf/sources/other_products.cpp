// Defender for Cloud Apps, Azure's Activity log, and rows of hunting tables that have no map of
// their own (docs/ocsf.md argues the classes; facts: defender-cloudapps-azure sheet, 2.3 and 3).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/audit.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto app_alert_severities = std::to_array<word>({{"0", 2}, {"1", 3}, {"2", 4}, {"3", 1}});

/// `resolutionStatusValue`: open, dismissed, resolved, false positive, benign, true positive.
constexpr auto app_alert_statuses =
    std::to_array<word>({{"0", 1}, {"1", 3}, {"2", 4}, {"3", 4}, {"4", 4}, {"5", 4}});
constexpr auto app_alert_verdicts = std::to_array<word>(
    {{"3", verdict::false_positive}, {"4", verdict::benign}, {"5", verdict::true_positive}});

constexpr auto app_alert_fields = std::to_array<field>({
    {"timestamp", "time", as_time},
    {"timestamp", "finding_info.created_time", as_time},
    {"_id", "finding_info.uid"},
    {"title", "finding_info.title"},
    {"title", "message"},
    {"description", "finding_info.desc"},
    {"URL", "finding_info.src_url"},
    {"severityValue", "severity_id", app_alert_severities},
    {"resolutionStatusValue", "status_id", app_alert_statuses},
    {"comment", "comment"},
    {"handledByUser", "assignee.name"},
    {"handledByUser", "assignee.email_addr", as_mail},
});

/// Accounts, devices and services of `entities[]` as resources.
void put_entities(draft& of) {
  auto out = json::array();
  for (const auto& one : of.list("entities")) {
    const auto view = record_view(one);
    const auto type = view.text("type");
    if (same_word(type, "account") || same_word(type, "device") || same_word(type, "service")) {
      const auto name = view.text("pa");
      out.push_back(resource(view.text("id"),
                             name.empty() ? view.text("label") : name,
                             same_word(type, "account") ? "User" : type,
                             role::affected));
    }
  }
  if (!out.empty()) {
    of.put("resources", std::move(out));
  }
}

auto shape_app_alert(draft& of) -> std::optional<std::string> {
  constexpr auto open = 1;
  if (!of.has("finding_info.uid")) {
    return "an alert without an id";
  }
  const auto is_closed = of.has("status_id") && of.number("status_id") != open;
  const auto activity = finding_activity(of, "", "", is_closed);
  of.is(classes::detection_finding, activity);
  if (activity == finding::create) {
    of.put("is_alert", true);
  }
  const auto verdict = id_of(app_alert_verdicts, of.text("resolutionStatusValue"), 0);
  if (verdict != 0) {
    of.choose("verdict_id", verdict);
  }
  of.choose("severity_id", 0);
  type_user(of, "assignee", 1);
  put_entities(of);
  return std::nullopt;
}

/// Microsoft documents no fields of an activity (sheet, 2.3): names as in public samples.
constexpr auto app_activity_fields = std::to_array<field>({
    {"timestamp", "time", as_time},
    {"created", "metadata.modified_time", as_time},
    {"user.userName", "actor.user.name"},
    {"user.username", "actor.user.name"},
    {"user.userName", "actor.user.email_addr", as_mail},
    {"resolvedActor.name", "actor.user.full_name"},
    {"eventTypeName", "api.operation"},
    {"eventType", "api.operation"},
    {"actionType", "api.operation"},
    {"appName", "api.service.name"},
    {"device.clientIP", "src_endpoint.ip", as_ip},
    {"location.city", "src_endpoint.location.city"},
    {"location.countryCode", "src_endpoint.location.country"},
    {"device.userAgent", "http_request.user_agent"},
    {"description", "message"},
});

auto shape_app_activity(draft& of) -> std::optional<std::string> {
  of.put("api.operation", "activity");
  type_user(of, "actor.user", 1);
  const auto name = find_at(of.event(), "api.operation")->get<std::string>();
  of.is(classes::api_activity, activity_of_verb(name), name);
  return std::nullopt;
}

constexpr auto azure_fields = std::to_array<field>({
    {"eventTimestamp", "time", as_time},
    {"correlationId", "metadata.correlation_uid"},
    {"operationName.value", "api.operation"},
    {"resourceProviderName.value", "api.service.name"},
    {"operationId", "api.request.uid"},
    {"caller", "actor.user.name"},
    {"caller", "actor.user.email_addr", as_mail},
    {"httpRequest.clientIpAddress", "src_endpoint.ip", as_ip},
    {"httpRequest.clientIpAddress", "src_endpoint.port", as_port},
    {"httpRequest.method", "http_request.http_method"},
    {"httpRequest.uri", "http_request.url", as_url},
    {"operationName.localizedValue", "message"},
    {"subStatus.value", "status_code"},
    {"description", "status_detail"},
    {"category.value", "metadata.event_code"},
});

/// `status.value`; Started, Accepted and the like become 99 and themselves.
constexpr auto azure_statuses =
    std::to_array<word>({{"Succeeded", 1}, {"Success", 1}, {"Failed", 2}, {"Failure", 2}});

/// The last part of "Microsoft.Compute/virtualMachines/write".
constexpr auto azure_verbs = std::to_array<word>({{"read", 2}, {"write", 3}, {"delete", 4}});

/// `level`: how loud Azure is about it, which is all it says.
constexpr auto azure_levels = std::to_array<word>({{"Critical", severity::high},
                                                   {"Error", severity::low},
                                                   {"Warning", severity::low},
                                                   {"Informational", severity::informational},
                                                   {"Verbose", severity::informational}});

auto shape_azure(draft& of) -> std::optional<std::string> {
  const auto operation = of.text("operationName.value");
  of.put("api.operation", operation.empty() ? "unknown" : operation);
  const auto verb = operation.substr(operation.rfind('/') + 1); // npos + 1 is 0
  of.is(classes::api_activity,
        id_of(azure_verbs, verb, other),
        operation.empty() ? "unknown" : operation);
  const auto state = of.text("status.value");
  if (!state.empty()) {
    of.choose("status_id", id_of(azure_statuses, state, other), state);
    of.take("status");
  }
  of.choose("severity_id", id_of(azure_levels, of.text("level"), severity::informational));
  of.take("level");
  type_user(of, "actor.user", is_guid(of.text("caller")) ? 4 : 1);
  const auto target = of.text("resourceId");
  if (!target.empty()) {
    const auto type = of.text("resourceType.value");
    of.put("resources", json::array({resource(target, "", type, role::target)}));
    of.take("resourceId");
    of.take("resourceType");
  }
  return std::nullopt;
}

constexpr auto hunting_fields = std::to_array<field>({
    {"Timestamp", "time", as_time},
    {"TimeGenerated", "time", as_time},
});

/// A table without a map: what it says is unmapped, and that it came is noted.
auto shape_hunting_row(draft& of) -> std::optional<std::string> {
  const auto kind = of.text("ActionType");
  of.is(classes::base_event, other, kind.empty() ? "Hunting row" : kind);
  of.choose("severity_id", 0);
  of.note("a row of a table that has no map");
  return std::nullopt;
}

constexpr auto app_identity = std::to_array<std::string_view>({"_id"});
constexpr auto azure_identity = std::to_array<std::string_view>({"eventDataId"});
constexpr auto row_identity = std::to_array<std::string_view>({"ReportId", "Timestamp"});

} // namespace

constinit const source sources::cloud_app_alerts = {.name = "alerts",
                                                    .provider = "Defender for Cloud Apps API",
                                                    .product = "Microsoft Defender for Cloud Apps",
                                                    .prefix = "cloud-app-alert",
                                                    .identity = app_identity,
                                                    .version = "resolutionStatusValue",
                                                    .time = "timestamp",
                                                    .fields = app_alert_fields,
                                                    .shape = shape_app_alert};

constinit const source sources::cloud_app_activities = {.name = "activities",
                                                        .provider = "Defender for Cloud Apps API",
                                                        .product =
                                                            "Microsoft Defender for Cloud Apps",
                                                        .prefix = "cloud-app-activity",
                                                        .identity = app_identity,
                                                        .time = "timestamp",
                                                        .fields = app_activity_fields,
                                                        .shape = shape_app_activity};

constinit const source sources::azure_activity = {.name = "Azure Activity log",
                                                  .provider = "Azure Resource Manager",
                                                  .product = "Microsoft Azure",
                                                  .prefix = "azure",
                                                  .identity = azure_identity,
                                                  .time = "eventTimestamp",
                                                  .fields = azure_fields,
                                                  .shape = shape_azure};

constinit const source sources::hunting_rows = {.name = "Advanced hunting",
                                                .provider = graph,
                                                .product = "Microsoft Defender XDR",
                                                .feature = advanced_hunting,
                                                .prefix = "hunting",
                                                .identity = row_identity,
                                                .time = "Timestamp",
                                                .fields = hunting_fields,
                                                .shape = shape_hunting_row};

} // namespace core::ocsf
