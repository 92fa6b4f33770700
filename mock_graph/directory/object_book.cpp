#include "mock_graph/directory/object_book.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/directory/kept_object.hpp"

#include <algorithm>

namespace mock_graph::directory {
namespace {

using json = nlohmann::ordered_json;

/// Ids of groups and devices belong to the scenario, not to the run's seed.
constexpr auto object_seed = std::uint64_t{0x0ff7e4a47};
constexpr auto registered_before = std::chrono::days{200};

auto group_id(const std::string& name) -> std::string {
  return seams::named_guid(object_seed, "group/" + name);
}

auto device_object_id(const std::string& name) -> std::string {
  return seams::named_guid(object_seed, "device/" + name);
}

auto render_group(const tenant::group& what) -> json {
  auto out = json();
  out["displayName"] = what.name;
  out["groupTypes"] = json::array();
  out["isAssignableToRole"] = nullptr;
  out["mail"] = what.address;
  out["mailEnabled"] = true;
  out["onPremisesSyncEnabled"] = nullptr;
  out["proxyAddresses"] = json::array({"SMTP:" + what.address});
  out["securityEnabled"] = true;
  out["visibility"] = nullptr;
  out["id"] = group_id(what.name);
  return out;
}

/// Nothing is known of an unmanaged device's compliance: null is not false.
auto known_truth(std::optional<bool> value) -> json {
  return value ? json(*value) : json();
}

auto render_device(const tenant::device& what, seams::instant start) -> json {
  auto out = json();
  const auto managed = what.managed ? std::optional(true) : std::nullopt;
  out["accountEnabled"] = true;
  out["deviceId"] = device_id_of(what.name);
  out["displayName"] = what.name;
  out["isCompliant"] = known_truth(what.compliant ? what.compliant : managed);
  out["isManaged"] = known_truth(managed);
  out["operatingSystem"] = what.system;
  out["registrationDateTime"] = seams::to_rfc3339(start - registered_before);
  out["trustType"] = !what.trust.empty() ? what.trust : what.managed ? "AzureAd" : "Workplace";
  out["id"] = device_object_id(what.name);
  return out;
}

auto names_in(const json& sample) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [name, value] : sample.items()) {
    out.push_back(name);
  }
  return out;
}

auto story_of(const char* what, const std::string& name, const std::string& origin) -> std::string {
  return std::string(what) + " " + name + (origin.empty() ? "" : " (" + origin + ")");
}

} // namespace

auto group_properties() -> const std::vector<std::string>& {
  static const auto names = names_in(render_group({}));
  return names;
}

auto device_id_of(const std::string& name) -> std::string {
  return seams::named_guid(object_seed, "device-id/" + name);
}

auto device_properties() -> const std::vector<std::string>& {
  static const auto names = names_in(render_device({}, {}));
  return names;
}

object_book::object_book(tenant::tenant& owner, ledger& book)
    : owner_(owner), groups_("groups", book), members_("group_members", book),
      devices_("devices", book) {
  const auto start = owner.state().start;
  for (const auto& one : owner.state().groups) {
    groups_.put(group_id(one.name), render_group(one), start, story_of("group", one.name, ""));
  }
  for (const auto& one : owner.state().groups) {
    in_groups_[one.name].insert(one.members.begin(), one.members.end());
    put_members(one.members, group_id(one.name), start, story_of("member of", one.name, ""));
  }
  for (const auto& one : owner.state().devices) {
    known_devices_[one.name] = one;
    put_device(one, start, story_of("device", one.name, ""));
  }
}

auto object_book::id_of_user(const std::string& name) const -> std::string {
  const auto* who = owner_.find_user(name);
  return who == nullptr ? std::string() : who->object_id;
}

void object_book::put_members(const std::vector<std::string>& names,
                              const std::string& group,
                              seams::instant at,
                              const std::string& story) {
  for (const auto& name : names) {
    auto member = json();
    member["@odata.type"] = "#microsoft.graph.user";
    member["id"] = id_of_user(name);
    members_.put(group + "/" + id_of_user(name), member, at, story);
  }
}

void object_book::put_device(const tenant::device& what,
                             seams::instant at,
                             const std::string& story) {
  devices_.put(device_object_id(what.name), render_device(what, owner_.state().start), at, story);
}

void object_book::on(const tenant::event& what) {
  const auto visible = what.at + owner_.state().delays.directory;
  if (const auto* group = std::get_if<tenant::group_change>(&what.what)) {
    change(*group, visible, what.origin);
  } else if (const auto* device = std::get_if<tenant::device_change>(&what.what)) {
    change(*device, visible, what.origin);
  } else if (const auto* user = std::get_if<tenant::user_change>(&what.what)) {
    change(*user, visible, what.origin);
  } else if (const auto* record = std::get_if<tenant::verbatim_record>(&what.what)) {
    keep(*record, what.at);
  }
}

void object_book::keep(const tenant::verbatim_record& what, seams::instant at) {
  if (what.feed != "groups" && what.feed != "devices") {
    return;
  }
  const auto is_group = what.feed == "groups";
  const auto kept = read_kept_object(what.raw, is_group ? group_properties() : device_properties());
  if (kept) {
    (is_group ? groups_ : devices_).put(kept->id, kept->document, at, "record of " + what.origin);
  }
}

void object_book::change(const tenant::group_change& how,
                         seams::instant at,
                         const std::string& origin) {
  const auto id = group_id(how.group);
  const auto story = story_of("member of", how.group, origin);
  auto& inside = in_groups_[how.group];
  auto leaving = std::set<std::string>(how.remove.begin(), how.remove.end());
  if (how.deleted) {
    leaving = inside;
    groups_.remove(id, "changed", at, story_of("group", how.group, origin));
  }
  for (const auto& name : leaving) {
    if (inside.erase(name) > 0) {
      members_.remove(id + "/" + id_of_user(name), "deleted", at, story);
    }
  }
  inside.insert(how.add.begin(), how.add.end());
  put_members(how.add, id, at, story);
}

void object_book::change(const tenant::device_change& how,
                         seams::instant at,
                         const std::string& origin) {
  const auto found = known_devices_.find(how.device);
  if (found == known_devices_.end()) {
    return;
  }
  const auto story = story_of("device", how.device, origin);
  if (how.deleted) {
    devices_.remove(device_object_id(how.device), "deleted", at, story);
    return;
  }
  auto& device = found->second;
  device.managed = how.managed.value_or(device.managed);
  device.compliant = how.compliant ? how.compliant : device.compliant;
  put_device(device, at, story);
}

/// Whoever is deleted leaves every group, and is back in it when restored.
void object_book::change(const tenant::user_change& how,
                         seams::instant at,
                         const std::string& origin) {
  const auto leaves = how.what == tenant::user_change::act::deleted;
  if (!leaves && how.what != tenant::user_change::act::restored) {
    return;
  }
  for (const auto& [group, inside] : in_groups_) {
    const auto id = group_id(group);
    for (const auto& name : how.users) {
      if (inside.contains(name) && leaves) {
        members_.remove(
            id + "/" + id_of_user(name), "deleted", at, story_of("member of", group, origin));
      } else if (inside.contains(name)) {
        put_members({name}, id, at, story_of("member of", group, origin));
      }
    }
  }
}

auto object_book::members_of(const std::string& group, seams::instant as_of) const
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [name, users] : in_groups_) {
    if (group_id(name) == group) {
      for (const auto& who : owner_.state().users) {
        if (members_.log().find(group + "/" + who.object_id, as_of) != nullptr) {
          out.push_back(who.object_id);
        }
      }
    }
  }
  std::ranges::sort(out);
  return out;
}

auto object_book::devices_of(const std::string& user_id, seams::instant as_of) const
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [name, device] : known_devices_) {
    const auto id = device_object_id(name);
    if (id_of_user(device.owner) == user_id && devices_.log().find(id, as_of) != nullptr) {
      out.push_back(id);
    }
  }
  return out;
}

} // namespace mock_graph::directory
