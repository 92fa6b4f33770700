// What the directory holds: users, devices, Intune's devices, groups, their members, mailbox
// settings, Safe Links policies (sheet, section 6.5; where it is silent see docs/ocsf.md).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto collect = 2;
constexpr auto read = 2;
constexpr auto remove = 4;

/// `type_id` of a managed entity.
constexpr auto device_entity = 1;
constexpr auto user_entity = 2;
constexpr auto group_entity = 3;
constexpr auto policy_entity = 5;

/// A delta page says so of what is gone; a feed of ours of what it no longer finds.
auto is_removed(const draft& of) -> bool {
  return of.record().find("@removed") != nullptr;
}

void put_removal(draft& of, int type_id) {
  of.event().erase("user");
  of.event().erase("device");
  of.put("entity.uid", as_text(of.text("id")));
  of.choose("entity.type_id", type_id);
  of.is(classes::entity_management, remove);
}

constexpr auto user_fields = std::to_array<field>({
    {"id", "user.uid"},
    {"userPrincipalName", "user.name"},
    {"mail", "user.name"},
    {"mail", "user.email_addr", as_mail},
    {"userPrincipalName", "user.email_addr", as_mail},
    {"displayName", "user.full_name"},
    {"mobilePhone", "user.phone_number"},
    {"accountEnabled", "user.account.is_disabled", as_not},
    {"companyName", "user.org.name"},
});

/// A state has no time of its own: when it was received is as near as one gets. Without that, when
/// it was last known to change.
void put_state_time(draft& of, std::initializer_list<std::string_view> paths) {
  if (of.around().received_at) {
    return;
  }
  for (const auto path : paths) {
    if (const auto* found = of.record().find(path)) {
      of.put("time", as_time(*found));
    }
  }
}

auto shape_user(draft& of) -> std::optional<std::string> {
  constexpr auto entra_account = 6;
  put_state_time(of, {"createdDateTime"});
  of.take("@odata.type");
  if (is_removed(of)) {
    put_removal(of, user_entity);
    return std::nullopt;
  }
  if (!of.has("user.uid") && !of.has("user.name")) {
    return "a user with neither id nor name";
  }
  if (of.has("user.account")) {
    of.put("user.account.uid", as_text(of.text("id")));
    of.put("user.account.name", as_text(of.text("userPrincipalName")));
    of.choose("user.account.type_id", entra_account);
  }
  type_user(of, "user", 1);
  of.is(classes::user_inventory, collect);
  return std::nullopt;
}

constexpr auto device_record_fields = std::to_array<field>({
    {"id", "device.uid"},
    {"deviceId", "device.uid_alt"},
    {"displayName", "device.name"},
    {"operatingSystem", "device.os.name"},
    {"operatingSystemVersion", "device.os.version"},
    {"model", "device.model"},
    {"manufacturer", "device.vendor_name"},
    {"isCompliant", "device.is_compliant", as_truth},
    {"isManaged", "device.is_managed", as_truth},
    {"domainName", "device.domain"},
    {"approximateLastSignInDateTime", "device.last_seen_time", as_time},
    {"createdDateTime", "device.created_time", as_time},
    {"registrationDateTime", "device.created_time", as_time},
});

auto shape_device(draft& of) -> std::optional<std::string> {
  put_state_time(of, {"approximateLastSignInDateTime", "createdDateTime"});
  of.take("@odata.type");
  if (is_removed(of)) {
    put_removal(of, device_entity);
    return std::nullopt;
  }
  if (!of.has("device.uid") && !of.has("device.name")) {
    return "a device with neither id nor name";
  }
  const auto owner = of.text("deviceOwnership");
  if (same_word(owner, "personal") || same_word(owner, "company")) {
    of.put("device.is_personal", same_word(owner, "personal"));
    of.take("deviceOwnership");
  }
  of.put("device.type_id", 0);
  put_os(of.event(), "device.os", of.text("operatingSystem"));
  of.is(classes::device_inventory, collect);
  return std::nullopt;
}

constexpr auto managed_device_fields = std::to_array<field>({
    {"lastSyncDateTime", "time", as_time},
    {"lastSyncDateTime", "device.last_seen_time", as_time},
    {"id", "device.uid"},
    {"azureADDeviceId", "device.uid_alt"},
    {"deviceName", "device.name"},
    {"deviceName", "device.hostname"},
    {"operatingSystem", "device.os.name"},
    {"osVersion", "device.os.version"},
    {"model", "device.model"},
    {"manufacturer", "device.vendor_name"},
    {"serialNumber", "device.hw_info.serial_number"},
    {"isSupervised", "device.is_supervised", as_truth},
    {"userId", "device.owner.uid"},
    {"userPrincipalName", "device.owner.name"},
    {"userPrincipalName", "device.owner.email_addr", as_mail},
    {"userDisplayName", "device.owner.full_name"},
    {"enrolledDateTime", "device.created_time", as_time},
    {"wiFiMacAddress", "device.mac", as_mac},
    {"imei", "device.imei_list[]"},
    {"meid", "device.meid"},
});

void put_truth_of(draft& of,
                  std::string_view from,
                  std::string_view yes,
                  std::string_view no,
                  std::string_view to) {
  const auto text = of.text(from);
  if (same_word(text, yes) || same_word(text, no)) {
    of.put(to, same_word(text, yes));
    of.take(from);
  }
}

auto shape_managed_device(draft& of) -> std::optional<std::string> {
  constexpr auto tablet = 4;
  constexpr auto mobile = 5;
  const auto system = of.text("operatingSystem");
  const auto kind = mentions(system, "iPad")                                 ? tablet
                    : mentions(system, "iOS") || mentions(system, "Android") ? mobile
                                                                             : 0;
  put_truth_of(of, "complianceState", "compliant", "noncompliant", "device.is_compliant");
  put_truth_of(of, "managedDeviceOwnerType", "personal", "company", "device.is_personal");
  of.put("device.is_managed", true);
  of.put("device.type_id", kind);
  put_os(of.event(), "device.os", system);
  type_user(of, "device.owner", 1);
  of.take("@odata.type");
  of.is(classes::device_inventory, collect);
  return of.has("device.uid") || of.has("device.name")
             ? std::nullopt
             : std::optional<std::string>("a device with neither id nor name");
}

constexpr auto group_fields = std::to_array<field>({
    {"id", "entity.uid"},
    {"id", "entity.group.uid"},
    {"displayName", "entity.name"},
    {"displayName", "entity.group.name"},
    {"description", "entity.group.desc"},
});

auto shape_group(draft& of) -> std::optional<std::string> {
  put_state_time(of, {"createdDateTime"});
  of.take("@odata.type");
  if (is_removed(of)) {
    put_removal(of, group_entity);
    return std::nullopt;
  }
  of.choose("entity.type_id", group_entity);
  of.is(classes::entity_management, read);
  return of.has("entity.uid") || of.has("entity.name")
             ? std::nullopt
             : std::optional<std::string>("a group with neither id nor name");
}

/// A member is known by its id alone; which group it is in stands in the key of the stored record,
/// "group/member". That it is listed says nothing about when it joined.
auto shape_group_member(draft& of) -> std::optional<std::string> {
  constexpr auto remove_user = 4;
  const auto& key = of.around().key;
  const auto slash = key.find('/');
  const auto member = of.text("id");
  if (member.empty()) {
    return "a group member without an id";
  }
  of.take("id");
  if (slash == std::string::npos) {
    of.put("entity.uid", member);
    of.choose("entity.type_id", other, "Group member");
    of.is(classes::entity_management, is_removed(of) ? remove : read);
    return std::nullopt;
  }
  of.identify(key);
  of.put("group.uid", key.substr(0, slash));
  of.put("user.uid", member);
  of.choose("user.type_id", 0);
  of.is(classes::group_management, is_removed(of) ? remove_user : other, "Member listed");
  return std::nullopt;
}

/// Which mailbox they are of stands in the key of the stored record.
auto shape_mailbox_settings(draft& of) -> std::optional<std::string> {
  const auto mailbox = of.around().key.empty() ? of.text("id") : of.around().key;
  of.put("entity.uid", as_text(mailbox));
  of.put("entity.name", "Mailbox settings");
  of.choose("entity.type_id", other, "Mailbox settings");
  of.is(classes::entity_management, is_removed(of) ? remove : read);
  return std::nullopt;
}

constexpr auto policy_fields = std::to_array<field>({
    {"Guid", "entity.uid"},
    {"Guid", "entity.policy.uid"},
    {"Name", "entity.name"},
    {"Identity", "entity.name"},
    {"Name", "entity.policy.name"},
    {"Identity", "entity.policy.name"},
    {"AdminDisplayName", "entity.policy.desc"},
    {"WhenChangedUTC", "metadata.modified_time", as_time},
});

auto shape_policy(draft& of) -> std::optional<std::string> {
  put_state_time(of, {"WhenChangedUTC", "WhenChanged"});
  of.choose("entity.type_id", policy_entity);
  of.is(classes::entity_management, read);
  return of.has("entity.uid") || of.has("entity.name")
             ? std::nullopt
             : std::optional<std::string>("a policy with neither id nor name");
}

constexpr auto object_identity = std::to_array<std::string_view>({"id"});
constexpr auto policy_identity = std::to_array<std::string_view>({"Guid", "Identity"});

} // namespace

constinit const source sources::users = {.name = "users",
                                         .provider = graph,
                                         .product = "Microsoft Entra ID",
                                         .prefix = "user",
                                         .identity = object_identity,
                                         .time = "createdDateTime",
                                         .fields = user_fields,
                                         .shape = shape_user};

constinit const source sources::groups = {.name = "groups",
                                          .provider = graph,
                                          .product = "Microsoft Entra ID",
                                          .prefix = "group",
                                          .identity = object_identity,
                                          .time = "createdDateTime",
                                          .fields = group_fields,
                                          .shape = shape_group};

constinit const source sources::group_members = {.name = "groups/members",
                                                 .provider = graph,
                                                 .product = "Microsoft Entra ID",
                                                 .prefix = "group-member",
                                                 .identity = object_identity,
                                                 .time = "",
                                                 .shape = shape_group_member};

constinit const source sources::devices = {.name = "devices",
                                           .provider = graph,
                                           .product = "Microsoft Entra ID",
                                           .prefix = "device",
                                           .identity = object_identity,
                                           .time = "createdDateTime",
                                           .fields = device_record_fields,
                                           .shape = shape_device};

constinit const source sources::managed_devices = {.name = "deviceManagement/managedDevices",
                                                   .provider = graph,
                                                   .product = "Microsoft Intune",
                                                   .prefix = "managed-device",
                                                   .identity = object_identity,
                                                   .version = "lastSyncDateTime",
                                                   .time = "lastSyncDateTime",
                                                   .fields = managed_device_fields,
                                                   .shape = shape_managed_device};

constinit const source sources::mailbox_settings = {.name = "users/mailboxSettings",
                                                    .provider = graph,
                                                    .product = "Exchange Online",
                                                    .prefix = "mailbox-settings",
                                                    .identity = object_identity,
                                                    .time = "",
                                                    .shape = shape_mailbox_settings};

constinit const source sources::safe_links_policies = {.name = "Get-SafeLinksPolicy",
                                                       .provider = "Exchange Online",
                                                       .product = defender_for_office,
                                                       .feature = "Safe Links",
                                                       .prefix = "policy",
                                                       .identity = policy_identity,
                                                       .version = "WhenChangedUTC",
                                                       .time = "WhenChangedUTC",
                                                       .fields = policy_fields,
                                                       .shape = shape_policy};

} // namespace core::ocsf
