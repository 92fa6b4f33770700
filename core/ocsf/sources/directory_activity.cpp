#include "core/ocsf/sources/directory_activity.hpp"

#include "core/ocsf/document.hpp"
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

struct named_act {
  std::string_view name;
  int class_uid;
  int activity_id;
  int severity_id = severity::informational;
};

/// Names as in learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities.
constexpr auto acts = std::to_array<named_act>({
    {"Add user", classes::account_change, 1},
    {"Enable account", classes::account_change, 2},
    {"Change user password", classes::account_change, 3},
    {"Change password (self-service)", classes::account_change, 3},
    {"Reset password", classes::account_change, 4},
    {"Reset password (by admin)", classes::account_change, 4},
    {"Reset password (self-service)", classes::account_change, 4},
    {"Reset user password", classes::account_change, 4},
    {"Disable account", classes::account_change, 5},
    {"Delete user", classes::account_change, 6},
    {"Hard Delete user", classes::account_change, 6},
    {"User registered security info", classes::account_change, 10},
    {"Enable Strong Authentication", classes::account_change, 10},
    {"Add FIDO2 security key", classes::account_change, 10},
    {"Add Windows Hello for Business credential", classes::account_change, 10},
    {"Add passwordless phone sign-in credential", classes::account_change, 10},
    {"User deleted security info", classes::account_change, 11, severity::medium},
    {"Disable Strong Authentication", classes::account_change, 11, severity::medium},
    {"Delete FIDO2 security key(s)", classes::account_change, 11},
    {"Delete Windows Hello for Business credential", classes::account_change, 11},
    {"Delete passwordless phone sign-in credential", classes::account_change, 11},
    {"Unlock user account (self-service)", classes::account_change, 12},
    {"Update user", classes::account_change, other},
    {"Restore user", classes::account_change, other},
    {"Set force change user password", classes::account_change, other},
    {"Update StsRefreshTokenValidFrom Timestamp", classes::account_change, other},
    {"Add member to group", classes::group_management, 3},
    {"Remove member from group", classes::group_management, 4},
    {"Add group", classes::group_management, 6},
    {"Delete group", classes::group_management, 5},
    {"Hard Delete group", classes::group_management, 5},
    {"Add app role assignment to service principal",
     classes::entity_management,
     3,
     severity::medium},
    {"Add delegated permission grant", classes::entity_management, 3, severity::medium},
    {"Consent to application", classes::entity_management, 3, severity::medium},
    {"Add service principal credentials", classes::entity_management, 3, severity::medium},
    {"Update application - Certificates and secrets management",
     classes::entity_management,
     3,
     severity::medium},
    {"Add application", classes::entity_management, 1},
    {"Add service principal", classes::entity_management, 1},
    {"Add Conditional Access policy", classes::entity_management, 1, severity::medium},
    {"Add device", classes::entity_management, 1},
    {"Register device", classes::entity_management, 1},
    {"Update application", classes::entity_management, 3},
    {"Update service principal", classes::entity_management, 3},
    {"Update Conditional Access policy", classes::entity_management, 3, severity::medium},
    {"Set domain authentication", classes::entity_management, 3, severity::medium},
    {"Set federation settings on domain", classes::entity_management, 3, severity::medium},
    {"Delete application", classes::entity_management, 4},
    {"Remove service principal", classes::entity_management, 4},
    {"Delete Conditional Access policy", classes::entity_management, 4, severity::medium},
    {"Delete device", classes::entity_management, 4},
    {"Unregister device", classes::entity_management, 4},
});

/// How the names of role changes begin, with and without PIM.
constexpr auto role_acts = std::to_array<named_act>({
    {"Add member to role", classes::user_access, 1, severity::medium},
    {"Add eligible member to role", classes::user_access, 1, severity::medium},
    {"Add scoped member to role", classes::user_access, 1, severity::medium},
    {"Remove member from role", classes::user_access, 2},
    {"Remove eligible member from role", classes::user_access, 2},
    {"Remove scoped member from role", classes::user_access, 2},
});

constexpr auto operations =
    std::to_array<word>({{"Add", 1}, {"Update", 3}, {"Assign", 3}, {"Unassign", 3}, {"Delete", 4}});

constexpr auto entities = std::to_array<word>(
    {{"Device", 1}, {"User", 2}, {"Group", 3}, {"Directory", 4}, {"Policy", 5}});

auto act_of(const named_act& row) -> directory_act {
  return {row.class_uid, row.activity_id, row.severity_id};
}

} // namespace

auto activity_name(std::string_view text) -> std::string {
  constexpr auto dash = std::string_view("\xe2\x80\x93");
  auto out = std::string(text);
  for (auto at = out.find(dash); at != std::string::npos; at = out.find(dash)) {
    out.replace(at, dash.size(), "-");
  }
  const auto end = out.find_last_not_of(". \t\r\n");
  out.resize(end == std::string::npos ? 0 : end + 1);
  return out;
}

auto directory_act_of(std::string_view activity,
                      std::string_view category,
                      std::string_view operation_type) -> directory_act {
  const auto name = activity_name(activity);
  const auto found =
      std::ranges::find_if(acts, [&](const named_act& one) { return same_word(one.name, name); });
  if (found != acts.end()) {
    return act_of(*found);
  }
  const auto role_act = std::ranges::find_if(role_acts, [&](const named_act& one) {
    return same_word(std::string_view(name).substr(0, one.name.size()), one.name);
  });
  if (role_act != role_acts.end()) {
    return act_of(*role_act);
  }
  if (same_word(category, "UserManagement")) {
    return {classes::account_change, other, severity::informational};
  }
  if (same_word(category, "GroupManagement")) {
    return {classes::group_management, other, severity::informational};
  }
  return {classes::entity_management,
          id_of(operations, operation_type, other),
          severity::informational};
}

auto entity_type(std::string_view kind) -> int {
  return id_of(entities, kind, other);
}

auto unquoted(std::string_view text) -> std::string {
  if (!text.starts_with('"')) {
    return std::string(text);
  }
  const auto inner = read_document(text);
  return inner && inner->is_string() ? inner->get<std::string>() : std::string(text);
}

} // namespace core::ocsf
