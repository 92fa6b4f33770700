// Management Activity records of any type: API Activity (sheet, section 6.1), and Teams (6.3).
#include "core/ocsf/sources/audit.hpp"

#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto common_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"TimeGenerated", "time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"OfficeWorkload", "metadata.source"},
    {"AppAccessContext.CorrelationId", "metadata.correlation_uid"},
});

constexpr auto person_rows = std::to_array<field>({
    {"UserId", "actor.user.name"},
    {"UserId", "actor.user.email_addr", as_mail},
    {"UserKey", "actor.user.uid", as_guid},
    {"UserKey", "actor.user.uid_alt"},
    {"ClientIP", "src_endpoint.ip", as_ip},
    {"ClientIPAddress", "src_endpoint.ip", as_ip},
    {"Client_IPAddress", "src_endpoint.ip", as_ip},
    {"ActorIpAddress", "src_endpoint.ip", as_ip},
    {"ClientIP", "src_endpoint.port", as_port},
    {"ClientIPAddress", "src_endpoint.port", as_port},
    {"ClientIP", "src_endpoint.hostname", as_hostname},
    {"AppAccessContext.ClientAppId", "actor.app_uid"},
    {"AppAccessContext.ClientAppName", "actor.app_name"},
    {"AppAccessContext.AADSessionId", "actor.session.uid"},
    {"UserAgent", "http_request.user_agent"},
});

constexpr auto call_rows = std::to_array<field>({
    {"Operation", "api.operation"},
    {"Workload", "api.service.name"},
    {"OfficeWorkload", "api.service.name"},
});

/// office-365-management-activity-api-schema, UserType; names as Sentinel writes them.
constexpr auto user_types =
    std::to_array<word>({{"0", 1}, {"Regular", 1},           {"2", 2},  {"Admin", 2},
                         {"3", 2}, {"DcAdmin", 2},           {"4", 3},  {"System", 3},
                         {"5", 4}, {"Application", 4},       {"6", 4},  {"ServicePrincipal", 4},
                         {"7", 3}, {"CustomPolicy", 3},      {"8", 3},  {"SystemPolicy", 3},
                         {"9", 1}, {"PartnerTechnician", 1}, {"10", 1}, {"Guest", 1}});

constexpr auto result_words = std::to_array<word>({{"Succeeded", 1},
                                                   {"Success", 1},
                                                   {"Successful", 1},
                                                   {"True", 1},
                                                   {"Failed", 2},
                                                   {"Failure", 2},
                                                   {"False", 2}});

/// Longer words first: "MailItemsAccessed" is a read, "SoftDelete" no "Soft".
constexpr auto verbs = std::to_array<word>({
    {"MailItemsAccessed", 2},
    {"SoftDelete", 4},
    {"HardDelete", 4},
    {"Install", 1},
    {"Upload", 1},
    {"Create", 1},
    {"Send", 1},
    {"New", 1},
    {"Add", 1},
    {"Search", 2},
    {"View", 2},
    {"Read", 2},
    {"List", 2},
    {"Test", 2},
    {"Get", 2},
    {"Update", 3},
    {"Enable", 3},
    {"Disable", 3},
    {"Rename", 3},
    {"Restore", 3},
    {"Reset", 3},
    {"Grant", 3},
    {"Move", 3},
    {"Set", 3},
    {"Remove", 4},
    {"Delete", 4},
    {"Clear", 4},
    {"Purge", 4},
});

constexpr auto workload_products = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"Exchange", "Exchange Online"},
    {"SharePoint", "SharePoint Online"},
    {"OneDrive", "SharePoint Online"},
    {"AzureActiveDirectory", "Microsoft Entra ID"},
    {"MicrosoftTeams", "Microsoft Teams"},
    {"ThreatIntelligence", "Microsoft Defender for Office 365"},
    {"AirInvestigation", "Microsoft Defender for Office 365"},
    {"Quarantine", "Microsoft Defender for Office 365"},
    {"SecurityComplianceCenter", "Microsoft Purview"},
    {"MCAS", "Microsoft Defender for Cloud Apps"},
    {"Endpoint", "Microsoft Purview Data Loss Prevention"},
});

/// Members of a record that are what the operation was asked to do.
constexpr auto request_members = std::to_array<std::string_view>(
    {"Parameters", "ModifiedProperties", "OperationProperties", "ExtendedProperties"});

auto workload_of(const draft& of) -> std::string {
  const auto word = of.text("Workload");
  return word.empty() ? of.text("OfficeWorkload") : word;
}

void put_request(draft& of) {
  auto data = json::object();
  for (const auto name : request_members) {
    const auto* found = of.record().find(name);
    if (found != nullptr && !says_nothing(*found)) {
      data[std::string(name)] = unfolded(*found);
      of.take(name);
    }
  }
  const auto id = of.text("Id");
  if (!data.empty() || !id.empty()) {
    const auto operation = of.text("Operation");
    of.put("api.request.uid", id.empty() ? operation : id);
  }
  if (!data.empty() && of.has("api.request.uid")) {
    of.put("api.request.data", std::move(data));
  }
}

void put_object(draft& of) {
  const auto object = of.text("ObjectId");
  const auto kind = of.text("ItemType");
  if (!object.empty()) {
    of.put(
        "resources",
        json::array({resource("", object, kind.empty() ? workload_of(of) : kind, role::target)}));
    of.take("ObjectId");
    of.take("ItemType");
  }
}

auto shape_audit(draft& of) -> std::optional<std::string> {
  put_audit_call(of);
  return std::nullopt;
}

/// Members join or leave a team, which is as good as a group: one event for each of them.
auto shape_teams_audit(draft& of) -> std::optional<std::string> {
  constexpr auto add_user = 3;
  constexpr auto remove_user = 4;
  const auto operation = of.text("Operation");
  const auto adds = same_word(operation, "MemberAdded");
  const auto is_about_members = adds || same_word(operation, "MemberRemoved");
  const auto team = of.text("TeamGuid");
  if (!is_about_members || (team.empty() && of.text("TeamName").empty())) {
    put_audit_call(of);
    return std::nullopt;
  }
  put_audit_person(of);
  put_audit_status(of);
  put_audit_product(of);
  of.put("group.uid", as_text(team));
  of.put("group.name", as_text(of.text("TeamName")));
  of.take("TeamGuid");
  of.take("TeamName");
  of.put("message", operation);
  of.take("Operation");
  const auto members = of.list("Members");
  of.repeat(members.size());
  if (!members.empty()) {
    of.take("Members");
    const auto view = record_view(members[of.nth()]);
    const auto name = view.text("UPN");
    of.put("user.name", as_text(name.empty() ? view.text("DisplayName") : name));
    of.put("user.email_addr", as_mail(name));
    type_user(of, "user", 1);
  }
  of.is(classes::group_management, adds ? add_user : remove_user);
  return std::nullopt;
}

} // namespace

auto audit_person_fields() -> std::span<const field> {
  return person_rows;
}

auto audit_fields() -> std::span<const field> {
  return common_rows;
}

void put_audit_person(draft& of) {
  of.map(person_rows);
  if (of.has("actor.user")) {
    of.choose("actor.user.type_id", id_of(user_types, of.text("UserType"), 0));
    of.take("UserType");
  }
  const auto workload = workload_of(of);
  const auto service = workload.empty() ? std::string("Microsoft 365") : workload;
  if (!of.has("actor.user.name") && !of.has("actor.user.uid") && !of.has("actor.app_name") &&
      !of.has("actor.app_uid") && !of.has("actor.session")) {
    of.put("actor.app_name", service);
  }
  if (!of.has("src_endpoint")) {
    of.put("src_endpoint.svc_name", service);
  }
}

void put_audit_status(draft& of) {
  const auto word = of.text("ResultStatus");
  if (word.empty()) {
    return;
  }
  of.choose("status_id", id_of(result_words, word, other), word);
  of.put("status_code", word);
  of.take("ResultStatus");
}

void put_audit_product(draft& of) {
  const auto workload = workload_of(of);
  const auto found = std::ranges::find_if(
      workload_products, [&](const auto& one) { return same_word(one.first, workload); });
  if (found != workload_products.end()) {
    of.put("metadata.product.name", found->second);
  }
}

auto activity_of_verb(std::string_view operation) -> int {
  const auto found = std::ranges::find_if(verbs, [&](const word& one) {
    return same_word(operation.substr(0, one.text.size()), one.text);
  });
  return found == verbs.end() ? other : found->id;
}

auto property(const draft& of, std::string_view list, std::string_view name) -> std::string {
  for (const auto& one : of.list(list)) {
    const auto view = record_view(one);
    if (same_word(view.text("Name"), name)) {
      const auto value = view.text("Value");
      return value.empty() ? view.text("NewValue") : value;
    }
  }
  return {};
}

void put_audit_call(draft& of) {
  of.map(call_rows);
  put_audit_person(of);
  put_audit_status(of);
  put_audit_product(of);
  const auto operation = of.text("Operation");
  of.put("api.operation", operation.empty() ? "unknown" : operation);
  put_request(of);
  put_object(of);
  const auto failed = of.number("status_id") == status::failure;
  of.choose("severity_id", failed ? severity::low : severity::informational);
  of.is(classes::api_activity,
        activity_of_verb(operation),
        operation.empty() ? "unknown" : operation);
}

constinit const source sources::audit = {.provider = management_api,
                                         .product = "Microsoft 365",
                                         .prefix = "audit",
                                         .identity = audit_identity,
                                         .time = "CreationTime",
                                         .fields = common_rows,
                                         .shape = shape_audit};

constinit const source sources::audit_teams = {.provider = management_api,
                                               .product = "Microsoft Teams",
                                               .prefix = "audit",
                                               .identity = audit_identity,
                                               .time = "CreationTime",
                                               .fields = common_rows,
                                               .shape = shape_teams_audit};

} // namespace core::ocsf
