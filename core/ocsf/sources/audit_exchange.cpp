// Exchange: admin audit, RecordType 1 and 18 (sheet, section 6.2), and mailbox audit, 2, 3, 50.
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/audit.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

/// Cmdlets that say who belongs to a group or may do what.
struct cmdlet {
  std::string_view name;
  int class_uid;
  int activity_id;
};
constexpr auto cmdlets = std::to_array<cmdlet>({
    {"Add-RoleGroupMember", classes::group_management, 3},
    {"Remove-RoleGroupMember", classes::group_management, 4},
    {"Add-MailboxPermission", classes::user_access, 1},
    {"Remove-MailboxPermission", classes::user_access, 2},
    {"Add-RecipientPermission", classes::user_access, 1},
    {"Remove-RecipientPermission", classes::user_access, 2},
    {"New-ManagementRoleAssignment", classes::user_access, 1},
    {"Remove-ManagementRoleAssignment", classes::user_access, 2},
});

/// Parameters that send a mailbox's mail elsewhere.
constexpr auto forwarding = std::to_array<std::string_view>({"ForwardTo",
                                                             "RedirectTo",
                                                             "ForwardAsAttachmentTo",
                                                             "ForwardingSmtpAddress",
                                                             "ForwardingAddress",
                                                             "RedirectMessageTo",
                                                             "BlindCopyTo"});

auto parameter(const draft& of, std::string_view name) -> std::string {
  return property(of, "Parameters", name);
}

auto first_parameter(const draft& of, std::initializer_list<std::string_view> names)
    -> std::string {
  for (const auto name : names) {
    auto found = parameter(of, name);
    if (!found.empty()) {
      return found;
    }
  }
  return {};
}

void put_named_user(draft& of, std::string_view name) {
  of.put("user.name", as_text(std::string(name)));
  of.put("user.email_addr", as_mail(std::string(name)));
  type_user(of, "user", 1);
}

/// "FullAccess, ReadPermission" at its commas.
auto split_rights(std::string_view text) -> json {
  auto out = json::array();
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    auto one = text.substr(0, comma);
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    one = one.substr(0, one.find_last_not_of(' ') + 1); // npos + 1 is 0
    if (!one.empty()) {
      out.push_back(std::string(one));
    }
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

auto put_role_group(draft& of) -> bool {
  const auto group = parameter(of, "Identity");
  if (group.empty()) {
    return false;
  }
  of.put("group.name", group);
  put_named_user(of, parameter(of, "Member"));
  return true;
}

auto put_permission(draft& of) -> bool {
  const auto who = first_parameter(of, {"User", "Trustee"});
  auto rights = split_rights(first_parameter(of, {"AccessRights", "Role"}));
  if (who.empty() || rights.empty()) {
    return false;
  }
  put_named_user(of, who);
  of.put("privileges", std::move(rights));
  const auto mailbox = parameter(of, "Identity");
  const auto object = mailbox.empty() ? of.text("ObjectId") : mailbox;
  if (!object.empty()) {
    of.put("resources", json::array({resource("", object, "Mailbox", role::target)}));
  }
  return true;
}

auto is_forwarding(const draft& of) -> bool {
  return std::ranges::any_of(of.list("Parameters"), [](const json& one) {
    const auto view = record_view(one);
    const auto name = view.text("Name");
    return !view.text("Value").empty() &&
           std::ranges::any_of(forwarding, [&](auto word) { return same_word(word, name); });
  });
}

auto shape_exchange_admin(draft& of) -> std::optional<std::string> {
  const auto operation = of.text("Operation");
  const auto found = std::ranges::find_if(
      cmdlets, [&](const cmdlet& one) { return same_word(one.name, operation); });
  const auto fits =
      found != cmdlets.end() &&
      (found->class_uid == classes::group_management ? put_role_group(of) : put_permission(of));
  if (is_forwarding(of) || fits) {
    of.choose("severity_id", severity::medium);
  }
  if (!fits) {
    put_audit_call(of);
    return std::nullopt;
  }
  put_audit_person(of);
  put_audit_status(of);
  put_audit_product(of);
  of.put("message", operation);
  of.take("Operation");
  of.is(found->class_uid, found->activity_id);
  return std::nullopt;
}

constexpr auto admin_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"TimeGenerated", "time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"AppAccessContext.CorrelationId", "metadata.correlation_uid"},
});

constexpr auto mailbox_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"TimeGenerated", "time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"OfficeWorkload", "metadata.source"},
    {"ClientInfoString", "http_request.user_agent"},
    {"SessionId", "actor.session.uid"},
    {"AppId", "actor.app_uid"},
});

auto shape_mailbox_audit(draft& of) -> std::optional<std::string> {
  const auto owner = of.text("MailboxOwnerUPN");
  if (!owner.empty()) {
    of.put("resources",
           json::array({resource(of.text("MailboxGuid"), owner, "Mailbox", role::target)}));
    of.take("MailboxOwnerUPN");
    of.take("MailboxGuid");
  }
  put_audit_call(of);
  return std::nullopt;
}

} // namespace

constinit const source sources::audit_exchange_admin = {.provider = management_api,
                                                        .product = "Exchange Online",
                                                        .prefix = "audit",
                                                        .identity = audit_identity,
                                                        .time = "CreationTime",
                                                        .fields = admin_rows,
                                                        .shape = shape_exchange_admin};

constinit const source sources::audit_mailbox = {.provider = management_api,
                                                 .product = "Exchange Online",
                                                 .prefix = "audit",
                                                 .identity = audit_identity,
                                                 .time = "CreationTime",
                                                 .fields = mailbox_rows,
                                                 .shape = shape_mailbox_audit};

} // namespace core::ocsf
