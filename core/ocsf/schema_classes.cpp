#include "core/ocsf/schema.hpp"
#include "core/ocsf/schema_rows.hpp"
#include "core/ocsf/schema_values.hpp"

#include <algorithm>
#include <array>

namespace core::ocsf {
namespace rows {
namespace {

/// What every class has.
constexpr auto shared =
    std::to_array<attribute>({text("activity_name"),
                              required(whole("category_uid")),
                              text("category_name"),
                              required(whole("class_uid")),
                              text("class_name"),
                              required(whole("type_uid")),
                              text("type_name"),
                              required(moment("time")),
                              moment("start_time"),
                              moment("end_time"),
                              required(choice("severity_id", "severity", severities)),
                              text("status_code"),
                              text("status_detail"),
                              text("message"),
                              required(object("metadata", "metadata")),
                              in_profile("cloud", required(object("cloud", "cloud"))),
                              list(object("observables", "observable")),
                              anything("unmapped"),
                              text("raw_data"),
                              whole("raw_data_size")});

constexpr auto base_event_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", base_event_activities)),
     choice("status_id", "status", base_event_statuses),
     in_profile("cloud", object("api", "api")),
     in_profile("host", object("actor", "actor")),
     in_profile("host", object("device", "device")),
     in_profile("security_control", object("policy", "policy")),
     in_profile("security_control", choice("action_id", "action", actions)),
     in_profile("security_control", choice("disposition_id", "disposition", dispositions)),
     in_profile("security_control", truth("is_alert")),
     in_profile("security_control", choice("risk_level_id", "risk_level", risk_levels)),
     in_profile("security_control", text("risk_details")),
     in_profile("security_control", whole("risk_score"))});

constexpr auto detection_finding_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", detection_finding_activities)),
     choice("status_id", "status", detection_finding_statuses),
     required(object("finding_info", "finding_info")),
     list(object("evidences", "evidences")),
     list(object("resources", "resource_details")),
     object("device", "device"),
     in_profile("incident", object("assignee", "user")),
     in_profile("incident", url("src_url")),
     in_profile("incident", choice("verdict_id", "verdict", verdicts)),
     text("comment"),
     in_profile("security_control", list(object("attacks", "attack"))),
     list(object("malware", "malware")),
     object("remediation", "remediation"),
     in_profile("security_control", object("policy", "policy")),
     in_profile("host", object("actor", "actor")),
     choice("confidence_id", "confidence", confidences),
     whole("confidence_score"),
     in_profile("incident", choice("priority_id", "priority", priorities)),
     in_profile("security_control", choice("action_id", "action", actions)),
     in_profile("security_control", choice("disposition_id", "disposition", dispositions)),
     truth("is_alert"),
     choice("risk_level_id", "risk_level", risk_levels),
     text("risk_details"),
     whole("risk_score")});

constexpr auto incident_finding_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", detection_finding_activities)),
     required(choice("status_id", "status", incident_finding_statuses)),
     required(list(object("finding_info_list", "finding_info"))),
     object("assignee", "user"),
     object("assignee_group", "group"),
     text("desc"),
     url("src_url"),
     choice("verdict_id", "verdict", verdicts),
     text("comment"),
     list(object("attacks", "attack")),
     choice("priority_id", "priority", priorities)});
constexpr auto incident_finding_needs =
    std::to_array<std::string_view>({"assignee", "assignee_group"});

constexpr auto data_security_finding_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", data_security_finding_activities)),
     choice("status_id", "status", detection_finding_statuses),
     required(object("finding_info", "finding_info")),
     object("actor", "actor"),
     object("data_security", "data_security"),
     object("device", "device"),
     object("file", "file"),
     list(object("resources", "resource_details")),
     in_profile("incident", object("assignee", "user")),
     in_profile("incident", url("src_url")),
     in_profile("incident", choice("verdict_id", "verdict", verdicts)),
     text("comment"),
     in_profile("security_control", list(object("attacks", "attack"))),
     choice("confidence_id", "confidence", confidences),
     whole("confidence_score"),
     in_profile("security_control", object("policy", "policy")),
     in_profile("security_control", choice("action_id", "action", actions)),
     in_profile("security_control", choice("disposition_id", "disposition", dispositions)),
     truth("is_alert"),
     choice("risk_level_id", "risk_level", risk_levels),
     text("risk_details"),
     whole("risk_score")});

constexpr auto account_change_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", account_change_activities)),
     choice("status_id", "status", base_event_statuses),
     object("actor", "actor"),
     required(object("user", "user")),
     object("user_result", "user"),
     object("src_endpoint", "network_endpoint"),
     object("http_request", "http_request"),
     in_profile("security_control", choice("risk_level_id", "risk_level", risk_levels)),
     in_profile("security_control", text("risk_details")),
     in_profile("security_control", whole("risk_score"))});

constexpr auto authentication_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", authentication_activities)),
     choice("status_id", "status", base_event_statuses),
     object("actor", "actor"),
     required(object("user", "user")),
     object("service", "service"),
     object("dst_endpoint", "network_endpoint"),
     object("src_endpoint", "network_endpoint"),
     in_profile("host", object("device", "device")),
     object("http_request", "http_request"),
     choice("auth_protocol_id", "auth_protocol", auth_protocols),
     list(object("auth_factors", "auth_factor")),
     truth("is_mfa"),
     truth("is_remote"),
     truth("is_new_logon"),
     choice("logon_type_id", "logon_type", logon_types),
     object("session", "session"),
     in_profile("security_control", list(object("authorizations", "authorization"))),
     in_profile("security_control", choice("action_id", "action", actions)),
     in_profile("security_control", choice("disposition_id", "disposition", dispositions)),
     in_profile("security_control", truth("is_alert")),
     in_profile("security_control", choice("risk_level_id", "risk_level", risk_levels)),
     in_profile("security_control", text("risk_details")),
     in_profile("security_control", whole("risk_score"))});
constexpr auto authentication_needs = std::to_array<std::string_view>({"service", "dst_endpoint"});

constexpr auto entity_management_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", entity_management_activities)),
     choice("status_id", "status", base_event_statuses),
     object("actor", "actor"),
     required(object("entity", "managed_entity")),
     object("entity_result", "managed_entity"),
     object("src_endpoint", "network_endpoint"),
     object("http_request", "http_request"),
     text("comment")});

constexpr auto user_access_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", user_access_activities)),
     choice("status_id", "status", base_event_statuses),
     object("actor", "actor"),
     required(object("user", "user")),
     required(list(text("privileges"))),
     list(object("resources", "resource_details")),
     object("src_endpoint", "network_endpoint"),
     object("http_request", "http_request")});

constexpr auto group_management_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", group_management_activities)),
     choice("status_id", "status", base_event_statuses),
     object("actor", "actor"),
     required(object("group", "group")),
     object("user", "user"),
     object("subgroup", "group"),
     list(text("privileges")),
     object("src_endpoint", "network_endpoint"),
     object("http_request", "http_request")});

constexpr auto http_activity_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", http_activity_activities)),
     choice("status_id", "status", base_event_statuses),
     in_profile("host", object("actor", "actor")),
     object("http_request", "http_request"),
     object("src_endpoint", "network_endpoint"),
     text("app_name"),
     in_profile("security_control", choice("action_id", "action", actions)),
     in_profile("security_control", choice("disposition_id", "disposition", dispositions)),
     in_profile("security_control", truth("is_alert")),
     in_profile("security_control", choice("risk_level_id", "risk_level", risk_levels)),
     in_profile("security_control", text("risk_details")),
     in_profile("security_control", whole("risk_score"))});
constexpr auto http_activity_needs = std::to_array<std::string_view>({"http_request"});

constexpr auto email_activity_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", email_activity_activities)),
     choice("status_id", "status", base_event_statuses),
     required(object("email", "email")),
     object("email_auth", "email_auth"),
     address("from"),
     list(address("to")),
     text("message_trace_uid"),
     text("protocol_name"),
     required(choice("direction_id", "direction", directions)),
     object("src_endpoint", "network_endpoint"),
     object("dst_endpoint", "network_endpoint"),
     in_profile("security_control", object("policy", "policy")),
     in_profile("security_control", list(object("malware", "malware"))),
     in_profile("security_control", choice("confidence_id", "confidence", confidences)),
     in_profile("security_control", list(object("attacks", "attack"))),
     in_profile("security_control", choice("action_id", "action", actions)),
     in_profile("security_control", choice("disposition_id", "disposition", dispositions)),
     in_profile("security_control", truth("is_alert"))});

constexpr auto inventory_info_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", inventory_info_activities)),
     choice("status_id", "status", base_event_statuses),
     object("actor", "actor"),
     required(object("device", "device"))});

constexpr auto user_inventory_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", inventory_info_activities)),
     choice("status_id", "status", base_event_statuses),
     object("actor", "actor"),
     required(object("user", "user"))});

constexpr auto api_activity_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", api_activity_activities)),
     choice("status_id", "status", base_event_statuses),
     required(object("actor", "actor")),
     required(object("api", "api")),
     required(object("src_endpoint", "network_endpoint")),
     object("dst_endpoint", "network_endpoint"),
     list(object("resources", "resource_details")),
     object("http_request", "http_request"),
     in_profile("host", object("device", "device")),
     in_profile("security_control", object("policy", "policy")),
     in_profile("security_control", list(object("malware", "malware"))),
     in_profile("security_control", choice("action_id", "action", actions)),
     in_profile("security_control", choice("disposition_id", "disposition", dispositions)),
     in_profile("security_control", truth("is_alert")),
     in_profile("security_control", choice("risk_level_id", "risk_level", risk_levels)),
     in_profile("security_control", text("risk_details")),
     in_profile("security_control", whole("risk_score"))});

constexpr auto file_hosting_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", file_hosting_activities)),
     choice("status_id", "status", base_event_statuses),
     required(object("actor", "actor")),
     required(object("file", "file")),
     object("file_result", "file"),
     required(object("src_endpoint", "network_endpoint")),
     object("http_request", "http_request"),
     choice("share_type_id", "share_type", share_types),
     in_profile("security_control", object("policy", "policy")),
     in_profile("security_control", choice("action_id", "action", actions)),
     in_profile("security_control", choice("disposition_id", "disposition", dispositions)),
     in_profile("security_control", truth("is_alert"))});

constexpr auto remediation_activity_rows = std::to_array<attribute>(
    {required(choice("activity_id", "activity_name", remediation_activity_activities)),
     choice("status_id", "status", remediation_activity_statuses),
     in_profile("host", object("actor", "actor")),
     required(text("command_uid")),
     object("remediation", "remediation"),
     in_profile("host", object("device", "device")),
     in_profile("cloud", object("api", "api"))});

constexpr auto classes = std::to_array<class_description>(
    {{0, "Base Event", 0, "Uncategorized", base_event_rows, {}},
     {2004, "Detection Finding", 2, "Findings", detection_finding_rows, {}},
     {2005, "Incident Finding", 2, "Findings", incident_finding_rows, incident_finding_needs},
     {2006, "Data Security Finding", 2, "Findings", data_security_finding_rows, {}},
     {3001, "Account Change", 3, "Identity & Access Management", account_change_rows, {}},
     {3002,
      "Authentication",
      3,
      "Identity & Access Management",
      authentication_rows,
      authentication_needs},
     {3004, "Entity Management", 3, "Identity & Access Management", entity_management_rows, {}},
     {3005, "User Access Management", 3, "Identity & Access Management", user_access_rows, {}},
     {3006, "Group Management", 3, "Identity & Access Management", group_management_rows, {}},
     {4002, "HTTP Activity", 4, "Network Activity", http_activity_rows, http_activity_needs},
     {4009, "Email Activity", 4, "Network Activity", email_activity_rows, {}},
     {5001, "Device Inventory Info", 5, "Discovery", inventory_info_rows, {}},
     {5003, "User Inventory Info", 5, "Discovery", user_inventory_rows, {}},
     {6003, "API Activity", 6, "Application Activity", api_activity_rows, {}},
     {6006, "File Hosting Activity", 6, "Application Activity", file_hosting_rows, {}},
     {7001, "Remediation Activity", 7, "Remediation", remediation_activity_rows, {}}});

} // namespace
} // namespace rows

auto shared_attributes() -> std::span<const attribute> {
  return rows::shared;
}

auto described_classes() -> std::span<const class_description> {
  return rows::classes;
}

auto find_class(int uid) -> const class_description* {
  const auto found = std::ranges::find(rows::classes, uid, &class_description::uid);
  return found == rows::classes.end() ? nullptr : &*found;
}

} // namespace core::ocsf
