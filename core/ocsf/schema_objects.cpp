#include "core/ocsf/schema.hpp"
#include "core/ocsf/schema_rows.hpp"
#include "core/ocsf/schema_values.hpp"

#include <algorithm>
#include <array>

namespace core::ocsf {
namespace rows {
namespace {

constexpr auto account_rows = std::to_array<attribute>({observed(35, text("uid")),
                                                        observed(34, text("name")),
                                                        choice("type_id", "type", account_types),
                                                        truth("is_disabled")});
constexpr auto account_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto actor_rows = std::to_array<attribute>({text("app_name"),
                                                      text("app_uid"),
                                                      object("session", "session"),
                                                      object("user", "user"),
                                                      object("process", "process")});
constexpr auto actor_needs =
    std::to_array<std::string_view>({"process", "user", "session", "app_name", "app_uid"});

constexpr auto analytic_rows = std::to_array<attribute>(
    {text("uid"), text("name"), required(choice("type_id", "type", analytic_types))});
constexpr auto analytic_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto api_rows = std::to_array<attribute>({required(text("operation")),
                                                    object("service", "service"),
                                                    object("request", "request"),
                                                    object("response", "response"),
                                                    text("version")});

constexpr auto attack_rows = std::to_array<attribute>({object("tactic", "tactic"),
                                                       object("technique", "technique"),
                                                       object("sub_technique", "sub_technique")});
constexpr auto attack_needs =
    std::to_array<std::string_view>({"tactic", "technique", "sub_technique"});

constexpr auto auth_factor_rows = std::to_array<attribute>(
    {required(choice("factor_type_id", "factor_type", auth_factor_factor_types)),
     text("provider")});

constexpr auto authorization_rows =
    std::to_array<attribute>({text("decision"), object("policy", "policy")});

constexpr auto cloud_rows = std::to_array<attribute>({required(text("provider")),
                                                      object("account", "account"),
                                                      text("cloud_partition"),
                                                      text("region")});

constexpr auto data_security_rows = std::to_array<attribute>(
    {choice("data_lifecycle_state_id", "data_lifecycle_state", data_security_data_lifecycle_states),
     text("detection_pattern"),
     choice("detection_system_id", "detection_system", data_security_detection_systems),
     object("policy", "policy"),
     whole("total")});
constexpr auto data_security_needs = std::to_array<std::string_view>(
    {"data_lifecycle_state_id", "detection_pattern", "detection_system_id", "policy"});

constexpr auto device_rows =
    std::to_array<attribute>({observed(47, text("uid")),
                              text("uid_alt"),
                              text("name"),
                              host("hostname"),
                              required(choice("type_id", "type", device_types)),
                              object("os", "os"),
                              ip("ip"),
                              mac("mac"),
                              text("domain"),
                              text("model"),
                              text("vendor_name"),
                              object("hw_info", "device_hw_info"),
                              truth("is_compliant"),
                              truth("is_managed"),
                              truth("is_personal"),
                              truth("is_supervised"),
                              object("owner", "user"),
                              moment("first_seen_time"),
                              moment("last_seen_time"),
                              moment("created_time"),
                              choice("risk_level_id", "risk_level", risk_levels),
                              list(text("imei_list")),
                              text("meid")});
constexpr auto device_needs = std::to_array<std::string_view>({"ip", "uid", "name", "hostname"});

constexpr auto device_hw_info_rows =
    std::to_array<attribute>({observed(37, text("serial_number"))});

constexpr auto email_rows = std::to_array<attribute>({observed(41, text("uid")),
                                                      observed(42, text("message_uid")),
                                                      observed(40, text("subject")),
                                                      address("from"),
                                                      text("from_mailbox"),
                                                      address("return_path"),
                                                      list(address("to")),
                                                      list(address("cc")),
                                                      list(address("reply_to_list")),
                                                      whole("size"),
                                                      list(object("urls", "url")),
                                                      list(object("files", "file")),
                                                      list(ip("x_originating_ip"))});
constexpr auto email_needs = std::to_array<std::string_view>({"from", "to"});

constexpr auto email_auth_rows =
    std::to_array<attribute>({text("spf"), text("dkim"), text("dmarc")});

constexpr auto evidences_rows =
    std::to_array<attribute>({text("name"),
                              text("uid"),
                              choice("verdict_id", "verdict", verdicts),
                              object("actor", "actor"),
                              anything("data"),
                              object("device", "device"),
                              object("dst_endpoint", "network_endpoint"),
                              object("email", "email"),
                              object("file", "file"),
                              object("process", "process"),
                              list(object("resources", "resource_details")),
                              object("src_endpoint", "network_endpoint"),
                              object("url", "url"),
                              object("user", "user")});
constexpr auto evidences_needs = std::to_array<std::string_view>({"actor",
                                                                  "data",
                                                                  "device",
                                                                  "dst_endpoint",
                                                                  "email",
                                                                  "file",
                                                                  "process",
                                                                  "src_endpoint",
                                                                  "url",
                                                                  "user"});

constexpr auto feature_rows = std::to_array<attribute>({text("name")});
constexpr auto feature_needs = std::to_array<std::string_view>({"name"});

constexpr auto file_rows =
    std::to_array<attribute>({required(file_name("name")),
                              required(choice("type_id", "type", file_types)),
                              text("ext"),
                              file_path("path"),
                              url("uri"),
                              text("uid"),
                              whole("size"),
                              list(object("hashes", "fingerprint")),
                              text("company_name"),
                              object("owner", "user"),
                              moment("modified_time")});

constexpr auto finding_info_rows =
    std::to_array<attribute>({required(text("uid")),
                              text("uid_alt"),
                              text("title"),
                              text("desc"),
                              moment("created_time"),
                              moment("modified_time"),
                              moment("first_seen_time"),
                              moment("last_seen_time"),
                              url("src_url"),
                              list(text("types")),
                              list(text("data_sources")),
                              object("analytic", "analytic"),
                              list(object("related_analytics", "analytic")),
                              object("product", "product"),
                              list(object("attacks", "attack")),
                              list(object("related_events", "related_event")),
                              list(object("tags", "key_value_object"))});

constexpr auto fingerprint_rows =
    std::to_array<attribute>({required(choice("algorithm_id", "algorithm", fingerprint_algorithms)),
                              required(hash("value"))});

constexpr auto group_rows = std::to_array<attribute>({observed(33, text("uid")),
                                                      observed(32, text("name")),
                                                      text("desc"),
                                                      text("domain"),
                                                      text("type"),
                                                      list(text("privileges"))});
constexpr auto group_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto http_request_rows = std::to_array<attribute>(
    {object("url", "url"), observed(16, text("user_agent")), text("http_method"), text("uid")});

constexpr auto key_value_object_rows =
    std::to_array<attribute>({required(text("name")), text("value"), list(text("values"))});
constexpr auto key_value_object_needs = std::to_array<std::string_view>({"value", "values"});

constexpr auto location_rows = std::to_array<attribute>({text("city"),
                                                         text("region"),
                                                         observed(14, text("country")),
                                                         text("postal_code"),
                                                         fraction("lat"),
                                                         fraction("long")});
constexpr auto location_needs =
    std::to_array<std::string_view>({"city", "country", "postal_code", "region"});

constexpr auto malware_rows = std::to_array<attribute>(
    {text("name"),
     text("uid"),
     required(list(choice("classification_ids", "classifications", malware_classification_idss)))});
constexpr auto malware_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto managed_entity_rows =
    std::to_array<attribute>({text("uid"),
                              text("name"),
                              choice("type_id", "type", managed_entity_types),
                              anything("data"),
                              object("device", "device"),
                              object("group", "group"),
                              object("org", "organization"),
                              object("policy", "policy"),
                              object("user", "user")});
constexpr auto managed_entity_needs =
    std::to_array<std::string_view>({"name", "uid", "device", "group", "org", "policy", "user"});

constexpr auto metadata_rows = std::to_array<attribute>({required(text("version")),
                                                         required(object("product", "product")),
                                                         list(text("profiles")),
                                                         text("uid"),
                                                         text("original_event_uid"),
                                                         text("original_time"),
                                                         moment("logged_time"),
                                                         moment("modified_time"),
                                                         text("tenant_uid"),
                                                         text("correlation_uid"),
                                                         text("event_code"),
                                                         text("log_name"),
                                                         text("log_provider"),
                                                         text("log_format"),
                                                         text("source"),
                                                         list(text("labels"))});

constexpr auto network_endpoint_rows = std::to_array<attribute>({ip("ip"),
                                                                 host("hostname"),
                                                                 port("port"),
                                                                 text("name"),
                                                                 observed(48, text("uid")),
                                                                 text("svc_name"),
                                                                 object("location", "location")});
constexpr auto network_endpoint_needs =
    std::to_array<std::string_view>({"ip", "uid", "name", "hostname", "svc_name"});

constexpr auto observable_rows = std::to_array<attribute>(
    {text("name"), required(choice("type_id", "type", observable_types)), text("value")});

constexpr auto organization_rows = std::to_array<attribute>({text("name"), text("uid")});
constexpr auto organization_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto os_rows = std::to_array<attribute>({required(text("name")),
                                                   required(choice("type_id", "type", os_types)),
                                                   text("version"),
                                                   text("build")});

constexpr auto policy_rows = std::to_array<attribute>(
    {text("name"), text("uid"), text("desc"), anything("data"), text("type")});
constexpr auto policy_needs = std::to_array<std::string_view>({"name", "type", "uid"});

constexpr auto process_rows = std::to_array<attribute>({observed(15, whole("pid")),
                                                        process_name("name"),
                                                        observed(13, text("cmd_line")),
                                                        moment("created_time"),
                                                        object("file", "file"),
                                                        object("parent_process", "process"),
                                                        object("user", "user")});
constexpr auto process_needs = std::to_array<std::string_view>({"pid"});

constexpr auto product_rows = std::to_array<attribute>({text("name"),
                                                        text("uid"),
                                                        text("vendor_name"),
                                                        object("feature", "feature"),
                                                        text("version")});
constexpr auto product_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto related_event_rows = std::to_array<attribute>(
    {required(text("uid")), text("type"), whole("type_uid"), text("title")});

constexpr auto remediation_rows = std::to_array<attribute>({required(text("desc"))});

constexpr auto request_rows = std::to_array<attribute>({required(text("uid")), anything("data")});

constexpr auto resource_details_rows =
    std::to_array<attribute>({resource_uid("uid"),
                              observed(38, text("name")),
                              text("type"),
                              choice("role_id", "role", resource_details_roles),
                              anything("data")});
constexpr auto resource_details_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto response_rows = std::to_array<attribute>(
    {whole("code"), text("error"), text("error_message"), text("message")});

constexpr auto service_rows = std::to_array<attribute>({text("name"), text("uid")});
constexpr auto service_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto session_rows = std::to_array<attribute>({text("uid")});

constexpr auto sub_technique_rows = std::to_array<attribute>({text("uid"), text("name")});
constexpr auto sub_technique_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto tactic_rows = std::to_array<attribute>({text("uid"), text("name")});
constexpr auto tactic_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto technique_rows = std::to_array<attribute>({text("uid"), text("name")});
constexpr auto technique_needs = std::to_array<std::string_view>({"name", "uid"});

constexpr auto url_rows = std::to_array<attribute>({url("url_string"),
                                                    text("scheme"),
                                                    host("hostname"),
                                                    text("path"),
                                                    text("query_string"),
                                                    port("port")});
constexpr auto url_needs = std::to_array<std::string_view>({"url_string", "path"});

constexpr auto user_rows =
    std::to_array<attribute>({observed(31, text("uid")),
                              text("uid_alt"),
                              user_name("name"),
                              address("email_addr"),
                              text("full_name"),
                              text("domain"),
                              choice("type_id", "type", user_types),
                              object("account", "account"),
                              text("phone_number"),
                              truth("has_mfa"),
                              choice("risk_level_id", "risk_level", risk_levels),
                              object("org", "organization")});
constexpr auto user_needs = std::to_array<std::string_view>({"account", "name", "uid"});

/// In order of name.
constexpr auto objects = std::to_array<object_description>(
    {{"account", account_rows, account_needs},
     {"actor", actor_rows, actor_needs},
     {"analytic", analytic_rows, analytic_needs},
     {"api", api_rows, {}},
     {"attack", attack_rows, attack_needs},
     {"auth_factor", auth_factor_rows, {}},
     {"authorization", authorization_rows, {}},
     {"cloud", cloud_rows, {}},
     {"data_security", data_security_rows, data_security_needs},
     {"device", device_rows, device_needs},
     {"device_hw_info", device_hw_info_rows, {}},
     {"email", email_rows, email_needs},
     {"email_auth", email_auth_rows, {}},
     {"evidences", evidences_rows, evidences_needs},
     {"feature", feature_rows, feature_needs},
     {"file", file_rows, {}},
     {"finding_info", finding_info_rows, {}},
     {"fingerprint", fingerprint_rows, {}},
     {"group", group_rows, group_needs},
     {"http_request", http_request_rows, {}},
     {"key_value_object", key_value_object_rows, key_value_object_needs},
     {"location", location_rows, location_needs},
     {"malware", malware_rows, malware_needs},
     {"managed_entity", managed_entity_rows, managed_entity_needs},
     {"metadata", metadata_rows, {}},
     {"network_endpoint", network_endpoint_rows, network_endpoint_needs},
     {"observable", observable_rows, {}},
     {"organization", organization_rows, organization_needs},
     {"os", os_rows, {}},
     {"policy", policy_rows, policy_needs},
     {"process", process_rows, process_needs},
     {"product", product_rows, product_needs},
     {"related_event", related_event_rows, {}},
     {"remediation", remediation_rows, {}},
     {"request", request_rows, {}},
     {"resource_details", resource_details_rows, resource_details_needs},
     {"response", response_rows, {}},
     {"service", service_rows, service_needs},
     {"session", session_rows, {}},
     {"sub_technique", sub_technique_rows, sub_technique_needs},
     {"tactic", tactic_rows, tactic_needs},
     {"technique", technique_rows, technique_needs},
     {"url", url_rows, url_needs},
     {"user", user_rows, user_needs}});

} // namespace
} // namespace rows

auto described_objects() -> std::span<const object_description> {
  return rows::objects;
}

auto find_object(std::string_view name) -> const object_description* {
  const auto found = std::ranges::lower_bound(rows::objects, name, {}, &object_description::name);
  return found == rows::objects.end() || found->name != name ? nullptr : &*found;
}

} // namespace core::ocsf
