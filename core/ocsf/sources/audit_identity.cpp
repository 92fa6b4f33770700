// Entra ID in the Management Activity API: directory changes, RecordType 8, and sign-ins, 15
// (sheet, sections 5.1 and 5.2).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/audit.hpp"
#include "core/ocsf/sources/directory_activity.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto directory_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"InterSystemsId", "metadata.correlation_uid"},
});

/// `Target[]` of a record: {ID, Type}, Type 1 a name, 2 a kind and other things, 5 a principal
/// name.
struct named_target {
  std::string uid;
  std::string name;
  std::string kind;
};

void read_target(const record_view& from, named_target& into) {
  const auto id = from.text("ID");
  const auto is_typed = from.text("Type");
  const auto mark = id.find('_');
  const auto guid_part = mark == std::string::npos ? id : id.substr(mark + 1);
  if (is_typed == "5" || (is_typed == "1" && into.name.empty())) {
    into.name = id;
  } else if (is_guid(guid_part) && into.uid.empty()) {
    into.uid = guid_part;
    into.kind = into.kind.empty() && mark != std::string::npos ? id.substr(0, mark) : into.kind;
  } else if (is_typed == "2" && into.kind.empty() && !id.empty() && id.size() < 32) {
    into.kind = id;
  }
}

auto named_target_of(const draft& of) -> named_target {
  auto out = named_target();
  for (const auto& one : of.list("Target")) {
    read_target(record_view(one), out);
  }
  const auto object = of.text("ObjectId");
  if (out.name.empty() && !object.empty() && !is_guid(object)) {
    out.name = object;
  }
  if (out.uid.empty() && is_guid(object)) {
    out.uid = object;
  }
  return out;
}

void put_target_user(draft& of, const named_target& who) {
  constexpr auto service = 4;
  of.put("user.uid", as_text(who.uid));
  of.put("user.name", as_text(who.name));
  of.put("user.email_addr", as_mail(who.name));
  type_user(of, "user", same_word(who.kind, "ServicePrincipal") ? service : 1);
}

auto modified(const draft& of, std::string_view name) -> std::string {
  return unquoted(property(of, "ModifiedProperties", name));
}

/// What the class demands beside the user; false if it is not there.
auto put_demands(draft& of, const directory_act& act) -> bool {
  if (act.class_uid == classes::group_management) {
    of.put("group.uid", as_text(modified(of, "Group.ObjectID")));
    of.put("group.name", as_text(modified(of, "Group.DisplayName")));
    return of.has("group");
  }
  if (act.class_uid == classes::user_access) {
    const auto role = modified(of, "Role.DisplayName");
    of.put("privileges", json::array({role.empty() ? activity_name(of.text("Operation")) : role}));
  }
  return act.class_uid != classes::entity_management;
}

auto category_of(const draft& of) -> std::string {
  const auto about = property(of, "ExtendedProperties", "extendedAuditEventCategory");
  return about.empty() ? std::string() : about + "Management";
}

/// "Add user." says what was done by its first word.
auto operation_type_of(std::string_view operation) -> std::string {
  auto first = std::string(operation.substr(0, operation.find(' ')));
  return same_word(first, "Remove") ? "Delete" : first;
}

auto shape_directory(draft& of) -> std::optional<std::string> {
  const auto operation = activity_name(of.text("Operation"));
  if (operation.empty()) {
    put_audit_call(of);
    return std::nullopt;
  }
  const auto act = directory_act_of(operation, category_of(of), operation_type_of(operation));
  const auto who = named_target_of(of);
  put_audit_person(of);
  put_audit_status(of);
  put_audit_product(of);
  of.put("message", operation);
  of.take("Operation");
  const auto failed = of.number("status_id") == status::failure;
  of.choose("severity_id", failed ? severity::low : act.severity_id);
  const auto is_named = !who.uid.empty() || !who.name.empty();
  if (act.class_uid != classes::entity_management && is_named && put_demands(of, act)) {
    put_target_user(of, who);
    of.is(act.class_uid, act.activity_id, operation);
    return std::nullopt;
  }
  const auto kind = who.kind.empty() ? std::string("Other") : who.kind;
  of.put("entity.uid", as_text(who.uid));
  of.put("entity.name", as_text(who.name.empty() ? operation : who.name));
  of.choose("entity.type_id", entity_type(kind), kind);
  const auto is_own = act.class_uid == classes::entity_management;
  of.is(classes::entity_management, is_own ? act.activity_id : other, operation);
  return std::nullopt;
}

constexpr auto logon_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"InterSystemsId", "metadata.correlation_uid"},
    {"UserId", "user.name"},
    {"UserId", "user.email_addr", as_mail},
    {"UserKey", "user.uid", as_guid},
    {"UserKey", "user.uid_alt"},
    {"ClientIP", "src_endpoint.ip", as_ip},
    {"ActorIpAddress", "src_endpoint.ip", as_ip},
    {"ClientIP", "src_endpoint.port", as_port},
    {"ApplicationId", "actor.app_uid"},
    {"ErrorNumber", "status_code"},
    {"ErrorCode", "status_code"},
    {"LogonError", "status_detail"},
});

/// `ResultStatus` says only that the HTTP call worked (sheet, 5.1): the operation and the error
/// number say how the logon went.
void put_logon_result(draft& of) {
  const auto code = of.has("status_code") ? find_at(of.event(), "status_code")->get<std::string>()
                                          : std::string();
  const auto said_failed = mentions(of.text("Operation"), "Failed");
  const auto failed = said_failed || (!code.empty() && code != "0");
  of.choose("status_id", failed ? status::failure : status::success);
  of.choose("severity_id", failed ? severity::low : severity::informational);
}

void put_logon_device(draft& of) {
  const auto uid = property(of, "DeviceProperties", "Id");
  const auto name = property(of, "DeviceProperties", "DisplayName");
  if (uid.empty() && name.empty()) {
    return;
  }
  of.put("device.uid", as_text(uid));
  of.put("device.name", as_text(name));
  of.put("device.type_id", 0);
  put_os(of.event(), "device.os", property(of, "DeviceProperties", "OS"));
  for (const auto& [from, to] : {std::pair("IsCompliant", "device.is_compliant"),
                                 std::pair("IsCompliantAndManaged", "device.is_managed")}) {
    of.put(to, as_truth(property(of, "DeviceProperties", from)));
  }
}

auto shape_logon(draft& of) -> std::optional<std::string> {
  constexpr auto logon = 1;
  if (!of.has("user.name") && !of.has("user.uid")) {
    put_audit_call(of); // a logon of nobody: the class demands a user
    return std::nullopt;
  }
  of.is(classes::authentication, logon);
  put_logon_result(of);
  put_logon_device(of);
  of.put("is_remote", true);
  of.put("message", as_text(of.text("Operation")));
  of.take("Operation");
  of.put("http_request.user_agent", as_text(property(of, "ExtendedProperties", "UserAgent")));
  type_user(of, "user", 1);
  of.put("actor.user", *find_at(of.event(), "user"));
  const auto app = of.text("ApplicationId");
  of.put("service.uid", as_text(app));
  if (app.empty()) {
    of.put("service.name", "Microsoft Entra ID");
  }
  return std::nullopt;
}

} // namespace

constinit const source sources::audit_directory = {.provider = management_api,
                                                   .product = "Microsoft Entra ID",
                                                   .prefix = "audit",
                                                   .identity = core::ocsf::audit_identity,
                                                   .time = "CreationTime",
                                                   .fields = directory_rows,
                                                   .shape = shape_directory};

constinit const source sources::audit_logons = {.provider = management_api,
                                                .product = "Microsoft Entra ID",
                                                .prefix = "audit",
                                                .identity = core::ocsf::audit_identity,
                                                .time = "CreationTime",
                                                .fields = logon_rows,
                                                .shape = shape_logon};

} // namespace core::ocsf
