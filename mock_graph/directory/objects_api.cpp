#include "mock_graph/directory/objects_api.hpp"

#include "mock_graph/directory/list_rules.hpp"
#include "mock_graph/graph/answers.hpp"
#include "mock_graph/odata/page.hpp"
#include "mock_graph/odata/skiptoken.hpp"

#include <array>

namespace mock_graph::directory {
namespace {

using json = nlohmann::ordered_json;
using odata::kind;
using odata::option;

auto type_of(std::string_view name) -> kind {
  static constexpr auto truths = std::to_array<std::string_view>({"accountEnabled",
                                                                  "isAssignableToRole",
                                                                  "isCompliant",
                                                                  "isManaged",
                                                                  "mailEnabled",
                                                                  "onPremisesSyncEnabled",
                                                                  "securityEnabled"});
  if (std::ranges::find(truths, name) != truths.end()) {
    return kind::boolean;
  }
  if (name == "groupTypes" || name == "proxyAddresses") {
    return kind::collection;
  }
  return name.ends_with("DateTime") ? kind::date_time : kind::string;
}

auto schema_with(std::string type, const std::vector<std::string>& names) -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = std::move(type);
  for (const auto& name : names) {
    auto one = odata::property{name, type_of(name)};
    one.element = kind::string;
    out.properties.push_back(std::move(one));
  }
  return out;
}

auto group_schema() -> const odata::entity_schema& {
  static const auto schema = schema_with("microsoft.graph.group", group_properties());
  return schema;
}

auto device_schema() -> const odata::entity_schema& {
  static const auto schema = schema_with("microsoft.graph.device", device_properties());
  return schema;
}

auto member_schema() -> const odata::entity_schema& {
  static const auto schema =
      schema_with("microsoft.graph.directoryObject", usual_user_properties());
  return schema;
}

/// Who may make a call: any of these roles opens it. Those of the whole directory open all but
/// mailboxes.
struct gate {
  std::string_view route;
  std::vector<std::string_view> roles;
};

auto gates() -> const std::vector<gate>& {
  static const auto all = std::vector<gate>{
      {"graph.groups",
       {"Group.ReadBasic.All", "GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All"}},
      {"graph.groups_delta", {"GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All"}},
      {"graph.group_members",
       {"GroupMember.ReadBasic.All",
        "GroupMember.Read.All",
        "Group.Read.All",
        "Group.ReadWrite.All"}},
      {"graph.devices", {"Device.Read.All", "Device.ReadWrite.All"}},
      {"graph.devices_delta", {"Device.Read.All", "Device.ReadWrite.All"}},
      {"graph.owned_devices", {"User.Read.All", "User.ReadWrite.All"}},
      {"graph.mailbox_settings", {"MailboxSettings.Read", "MailboxSettings.ReadWrite"}}};
  return all;
}

auto opens(const call& what) -> bool {
  const auto& of = *std::ranges::find(gates(), std::string_view(what.route), &gate::route);
  const auto directory =
      what.route != "graph.mailbox_settings" &&
      (what.has_role("Directory.Read.All") || what.has_role("Directory.ReadWrite.All"));
  return directory ||
         std::ranges::any_of(of.roles, [&](std::string_view role) { return what.has_role(role); });
}

auto mailbox_missing() -> odata::api_error {
  return {404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox."};
}

auto value_of(const call& what, const std::string& items) -> std::string {
  return "{\"@odata.context\":\"" + graph::service_root(what) +
         "/$metadata#directoryObjects\",\"value\":[" + items + "]";
}

} // namespace

auto objects_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"graph.groups",
                                                                 "graph.groups_delta",
                                                                 "graph.group_members",
                                                                 "graph.devices",
                                                                 "graph.devices_delta",
                                                                 "graph.owned_devices",
                                                                 "graph.mailbox_settings"});
  return names;
}

auto objects_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = graph::below_version(target);
  const auto is = [&](std::size_t at, std::string_view name) {
    return at < path.size() && odata::is_named(path[at], name) && (at > 0 || !path[0].called);
  };
  const auto groups = is(0, "groups");
  if ((groups || is(0, "devices")) && path.size() <= 2) {
    const auto delta = is(1, "delta");
    return groups ? routes()[delta ? 1 : 0] : routes()[delta ? 4 : 3];
  }
  if (groups && path.size() == 3 && is(2, "members")) {
    return routes()[2];
  }
  if (is(0, "users") && path.size() == 3 && (is(2, "ownedDevices") || is(2, "registeredDevices"))) {
    return routes()[5];
  }
  const auto replies = path.size() == 4 && is(3, "automaticRepliesSetting");
  return is(0, "users") && is(2, "mailboxSettings") && (path.size() == 3 || replies)
             ? routes()[6]
             : std::string_view();
}

void objects_api::on(const tenant::event& what) {
  const auto* how = std::get_if<tenant::delta_reset>(&what.what);
  if (how != nullptr && how->collection == "groups") {
    groups_delta_.reset(*how, what.at);
  } else if (how != nullptr && how->collection == "devices") {
    devices_delta_.reset(*how, what.at);
  }
}

auto objects_api::answer(call& what) -> seams::response {
  const auto mail = what.route == "graph.mailbox_settings";
  if (!opens(what)) {
    return graph::refuse(what, mail ? odata::mailbox_access_denied() : odata::privileges_missing());
  }
  if (what.query.method != "GET") {
    return graph::refuse(what, odata::method_not_allowed());
  }
  if (mail) {
    return mailbox(what);
  }
  if (what.route == "graph.group_members") {
    return members(what);
  }
  if (what.route == "graph.owned_devices") {
    return owned_devices(what);
  }
  const auto groups = what.route.starts_with("graph.groups");
  return what.route.ends_with("_delta") ? delta(what, groups) : list(what, groups);
}

auto objects_api::delta(call& what, bool groups) -> seams::response {
  const auto of = delta_collection{groups ? "groups" : "devices",
                                   groups ? books_.objects.groups() : books_.objects.devices(),
                                   groups ? group_schema() : device_schema(),
                                   groups ? group_properties() : device_properties(),
                                   state_.pages.directory,
                                   state_.choice_of_readings.delta_repeats};
  return (groups ? groups_delta_ : devices_delta_).answer(what, of);
}

auto objects_api::list(call& what, bool groups) -> seams::response {
  const auto& log = groups ? books_.objects.groups().log() : books_.objects.devices().log();
  auto of = directory_list(
      what, groups ? "groups" : "devices", log, groups ? group_schema() : device_schema());
  of.page_most = state_.pages.directory;
  if (is_count(what)) {
    return directory_count(what, of);
  }
  return what.target.path.size() == 2
             ? reader_.list(what, of)
             : graph::collection_reader::item(what, of, std::string(what.step(2)));
}

/// Members of types that the app may not read show their type and id only; here all are users.
auto objects_api::members(call& what) -> seams::response {
  const auto group = std::string(what.step(2));
  if (books_.objects.groups().log().find(group, what.now) == nullptr) {
    return graph::refuse(what, odata::resource_not_found(group));
  }
  auto limits = directory_limits();
  limits.allowed = {option::top, option::skip_token, option::select};
  const auto read = odata::read_options(what.target, limits, member_schema());
  if (!read) {
    return graph::refuse(what, read.error());
  }
  auto mark = odata::page_mark{what.now, 0, {}, odata::query_fingerprint(what.target)};
  if (read->skip_token) {
    auto given = odata::decode_skip_token(*read->skip_token, mark.query);
    if (!given) {
      return graph::refuse(what, given.error());
    }
    mark = *given;
  }
  const auto may_read_all = what.has_role("Directory.Read.All") ||
                            what.has_role("Directory.ReadWrite.All") ||
                            what.has_role("User.Read.All");
  const auto all = books_.objects.members_of(group, mark.as_of);
  const auto most =
      state_.pages.directory > 0 ? static_cast<std::uint64_t>(state_.pages.directory) : read->top;
  const auto window = odata::window_of(all.size(), mark.position, std::min(read->top, most));
  auto items = std::string();
  for (auto i = window.first; i < window.last; ++i) {
    auto member = json();
    member["@odata.type"] = "#microsoft.graph.user";
    const auto* user = books_.users.users().log().find(all[i], mark.as_of);
    const auto select = read->select.empty() ? usual_user_properties() : read->select;
    if (user != nullptr && may_read_all) {
      member.update(odata::project(json::parse(user->raw), select));
    }
    member["id"] = all[i];
    items += (items.empty() ? "" : ",") + member.dump();
  }
  auto body = value_of(what, items);
  if (window.more) {
    mark.position = window.last;
    body +=
        ",\"@odata.nextLink\":" +
        json(odata::link_with(what.target, "$skiptoken", odata::encode_skip_token(mark))).dump();
  }
  return graph::ok(what, body + "}");
}

auto objects_api::owned_devices(call& what) -> seams::response {
  const auto wanted = std::string(what.step(2));
  const auto user = books_.users.find(wanted, what.now);
  if (user.empty()) {
    return graph::refuse(what, odata::resource_not_found(wanted));
  }
  auto items = std::string();
  for (const auto& id : books_.objects.devices_of(user, what.now)) {
    auto device = json();
    device["@odata.type"] = "#microsoft.graph.device";
    device.update(json::parse(books_.objects.devices().log().find(id, what.now)->raw));
    items += (items.empty() ? "" : ",") + device.dump();
  }
  return graph::ok(what, value_of(what, items) + "}");
}

auto objects_api::mailbox(call& what) -> seams::response {
  const auto wanted = std::string(what.step(2));
  const auto user = books_.users.find(wanted, what.now);
  if (user.empty()) {
    return graph::refuse(what, odata::resource_not_found(wanted));
  }
  const auto whole = what.target.path.size() == 4;
  auto body = whole ? books_.mailboxes.settings_of(user, graph::service_root(what))
                    : books_.mailboxes.replies_of(user, graph::service_root(what));
  return body.empty() ? graph::refuse(what, mailbox_missing()) : graph::ok(what, std::move(body));
}

} // namespace mock_graph::directory
