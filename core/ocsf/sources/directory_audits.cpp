// Graph auditLogs/directoryAudits, and the same record in a diagnostic-settings envelope or a
// Sentinel row (sheet, section 5.2).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/directory_activity.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto directory_audit_fields = std::to_array<field>({
    {"activityDateTime", "time", as_time},
    {"activityDisplayName", "message"},
    {"correlationId", "metadata.correlation_uid"},
    {"resultReason", "status_detail"},
    {"initiatedBy.user.id", "actor.user.uid"},
    {"initiatedBy.user.userPrincipalName", "actor.user.name"},
    {"initiatedBy.user.userPrincipalName", "actor.user.email_addr", as_mail},
    {"initiatedBy.user.displayName", "actor.user.full_name"},
    {"initiatedBy.user.ipAddress", "src_endpoint.ip", as_ip},
    {"initiatedBy.user.ipAddress", "src_endpoint.port", as_port},
    {"initiatedBy.app.displayName", "actor.app_name"},
    {"initiatedBy.app.appId", "actor.app_uid"},
    {"initiatedBy.app.servicePrincipalId", "actor.user.uid"},
    {"initiatedBy.app.servicePrincipalName", "actor.user.name"},
    {"loggedByService", "metadata.source"},
    {"userAgent", "http_request.user_agent"},
});

constexpr auto results = std::to_array<word>({{"success", 1}, {"failure", 2}, {"timeout", 2}});

/// One of `targetResources[]`.
struct target {
  std::string kind;
  std::string uid;
  std::string name; ///< a user's principal name, else what it is displayed as
  json properties;
};

auto target_of(const json& from) -> target {
  const auto view = record_view(from);
  const auto principal = view.text("userPrincipalName");
  auto kind = view.text("type");
  if (kind.empty()) { // older records: "#microsoft.graph.targetResourceUser" and the like
    kind = view.text("@odata.type").empty() && principal.empty() ? "Other" : "User";
  }
  return {kind,
          view.text("id"),
          principal.empty() ? view.text("displayName") : principal,
          json(view.list("modifiedProperties"))};
}

auto targets_of(const draft& of) -> std::vector<target> {
  auto out = std::vector<target>();
  for (const auto& one : of.list("targetResources")) {
    out.push_back(target_of(one));
  }
  return out;
}

auto first_of(const std::vector<target>& all, std::initializer_list<std::string_view> kinds)
    -> const target* {
  const auto found = std::ranges::find_if(all, [&](const target& one) {
    return std::ranges::any_of(kinds, [&](auto kind) { return same_word(kind, one.kind); }) &&
           !(one.uid.empty() && one.name.empty());
  });
  return found == all.end() ? nullptr : &*found;
}

/// The new value of a modified property of any target, its quotes removed.
auto new_value(const std::vector<target>& all, std::string_view name) -> std::string {
  for (const auto& one : all) {
    for (const auto& property : one.properties) {
      const auto view = record_view(property);
      if (same_word(view.text("displayName"), name)) {
        auto text = unquoted(view.text("newValue"));
        return text.empty() ? unquoted(view.text("oldValue")) : text;
      }
    }
  }
  return {};
}

void put_user_target(draft& of, const target& from) {
  constexpr auto user = 1;
  constexpr auto service = 4;
  of.put("user.uid", as_text(from.uid));
  of.put("user.name", as_text(from.name));
  of.put("user.email_addr", as_mail(from.name));
  of.choose("user.type_id", same_word(from.kind, "ServicePrincipal") ? service : user);
}

/// False if the record does not name a user, which the class demands.
auto put_account(draft& of, const std::vector<target>& all, int activity) -> bool {
  constexpr auto enabled = 2;
  constexpr auto disabled = 5;
  constexpr auto entra_account = 6;
  const auto* user = first_of(all, {"User"});
  if (user == nullptr) {
    return false;
  }
  put_user_target(of, *user);
  if ((activity == enabled || activity == disabled) && !user->uid.empty()) {
    of.put("user_result.uid", user->uid);
    of.put("user_result.account",
           {{"uid", user->uid}, {"type_id", entra_account}, {"is_disabled", activity == disabled}});
  }
  return true;
}

/// The group stands among the targets, or in the member's modified properties.
auto put_group(draft& of, const std::vector<target>& all) -> bool {
  const auto* group = first_of(all, {"Group"});
  const auto uid = group == nullptr ? new_value(all, "Group.ObjectID") : group->uid;
  const auto name =
      group == nullptr || group->name.empty() ? new_value(all, "Group.DisplayName") : group->name;
  if (uid.empty() && name.empty()) {
    return false;
  }
  of.put("group.uid", as_text(uid));
  of.put("group.name", as_text(name));
  if (const auto* user = first_of(all, {"User"})) {
    put_user_target(of, *user);
  }
  return true;
}

auto put_role(draft& of, const std::vector<target>& all) -> bool {
  const auto* who = first_of(all, {"User", "ServicePrincipal"});
  if (who == nullptr) {
    return false;
  }
  put_user_target(of, *who);
  const auto* role_target = first_of(all, {"Role"});
  auto name = role_target == nullptr || role_target->name.empty()
                  ? new_value(all, "Role.DisplayName")
                  : role_target->name;
  name = name.empty() ? of.text("activityDisplayName") : name;
  of.put("privileges", json::array({name}));
  const auto* place = first_of(all, {"Directory", "Application", "App"});
  if (place != nullptr) {
    of.put("resources",
           json::array({resource(place->uid, place->name, place->kind, role::target)}));
  }
  return true;
}

void put_entity(draft& of, const std::vector<target>& all) {
  const auto* first = all.empty() ? nullptr : &all.front();
  const auto kind = first == nullptr ? std::string("Other") : first->kind;
  if (first != nullptr) {
    of.put("entity.uid", as_text(first->uid));
    of.put("entity.name", as_text(first->name));
  }
  if (!of.has("entity")) {
    of.put("entity.name", as_text(activity_name(of.text("activityDisplayName"))));
  }
  of.choose("entity.type_id", entity_type(kind), kind);
}

/// The class by the activity, unless what it demands is not there: nothing is dropped.
void put_directory_act(draft& of, const std::vector<target>& all) {
  const auto activity = of.text("activityDisplayName");
  const auto act = directory_act_of(activity, of.text("category"), of.text("operationType"));
  const auto fits = act.class_uid == classes::account_change ? put_account(of, all, act.activity_id)
                    : act.class_uid == classes::group_management ? put_group(of, all)
                    : act.class_uid == classes::user_access      ? put_role(of, all)
                                                                 : false;
  of.choose("severity_id",
            of.number("status_id") == status::failure ? severity::low : act.severity_id);
  if (fits) {
    of.is(act.class_uid, act.activity_id, activity_name(activity));
    return;
  }
  put_entity(of, all);
  const auto is_own = act.class_uid == classes::entity_management;
  of.is(classes::entity_management, is_own ? act.activity_id : other, activity_name(activity));
}

auto shape_directory_audit(draft& of) -> std::optional<std::string> {
  constexpr auto service = 4;
  if (of.text("activityDisplayName").empty()) {
    return "a directory audit without an activity";
  }
  const auto result = of.text("result");
  if (!result.empty()) {
    of.choose("status_id", id_of(results, result, other), result);
    if (same_word(result, "timeout")) {
      of.put("status_code", result);
    }
    of.take("result");
  }
  const auto is_app = of.text("initiatedBy.user.id").empty() &&
                      of.text("initiatedBy.user.userPrincipalName").empty();
  type_user(of, "actor.user", is_app ? service : 1);
  put_directory_act(of, targets_of(of));
  return std::nullopt;
}

constexpr auto directory_audit_identity = std::to_array<std::string_view>({"id"});

} // namespace

constinit const source sources::directory_audits = {.name = "auditLogs/directoryAudits",
                                                    .provider = graph,
                                                    .product = "Microsoft Entra ID",
                                                    .prefix = "directory-audit",
                                                    .identity = directory_audit_identity,
                                                    .time = "activityDateTime",
                                                    .fields = directory_audit_fields,
                                                    .shape = shape_directory_audit};

} // namespace core::ocsf
