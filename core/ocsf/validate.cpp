#include "core/ocsf/validate.hpp"

#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto profiles_known =
    std::to_array<std::string_view>({"cloud", "host", "incident", "security_control"});
constexpr auto port_most = 65'535;

auto joined(std::span<const std::string_view> names) -> std::string {
  auto out = std::string();
  for (const auto name : names) {
    out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}

/// What a value of this kind must be, in words; "" if it is.
auto complaint_about(kind what, const json& value) -> std::string_view {
  switch (what) {
  case kind::whole:
  case kind::moment:
    return value.is_number_integer() ? "" : "a whole number";
  case kind::port: {
    const auto fits = value.is_number_integer() && value >= 0 && value <= port_most;
    return fits ? "" : "a port from 0 to 65535";
  }
  case kind::fraction:
    return value.is_number_float() ? "" : "a number with a fraction";
  case kind::truth:
    return value.is_boolean() ? "" : "true or false";
  case kind::anything:
    return "";
  case kind::object:
    return value.is_object() ? "" : "an object";
  default:
    break;
  }
  if (!value.is_string()) {
    return "a text";
  }
  const auto& text = value.get_ref<const std::string&>();
  switch (what) {
  case kind::address:
    return is_mail_address(text) ? "" : "a mail address";
  case kind::ip:
    return is_ip(text) ? "" : "an IP address";
  case kind::mac:
    return is_mac(text) ? "" : "a MAC address";
  case kind::uuid:
    return is_guid(text) ? "" : "a UUID";
  default:
    return "";
  }
}

class checker {
public:
  explicit checker(const json& event) : event_(event) {}

  auto run() -> std::vector<violation> {
    const auto uid = event_.is_object() ? event_.find("class_uid") : event_.end();
    const auto* of =
        uid == event_.end() || !uid->is_number_integer() ? nullptr : find_class(uid->get<int>());
    if (of == nullptr) {
      return {{"class_uid", "the number of a class that is described"}};
    }
    read_profiles();
    check_members(*of, event_, "");
    check_required(shared_attributes(), event_, "");
    check_class(*of);
    check_observables();
    return std::move(found_);
  }

private:
  void say(std::string path, std::string expected) {
    found_.push_back({std::move(path), std::move(expected)});
  }

  void read_profiles() {
    const auto* declared = member("metadata.profiles");
    if (declared == nullptr || !declared->is_array()) {
      return;
    }
    for (const auto& one : *declared) {
      if (!one.is_string() || std::ranges::find(profiles_known, one) == profiles_known.end()) {
        say("metadata.profiles", "profiles among " + joined(profiles_known));
      } else {
        profiles_.insert(one.get<std::string>());
      }
    }
  }

  template <class description>
  void check_members(const description& of, const json& inside, const std::string& path) {
    for (const auto& [name, value] : inside.items()) {
      const auto here = path.empty() ? name : path + "." + name;
      const auto* row = find_attribute(of, name);
      if (row == nullptr) {
        say(here, "no such attribute");
      } else if (!row->profile.empty() && !profiles_.contains(std::string(row->profile))) {
        say(here, "the profile " + std::string(row->profile) + " to be declared");
      } else if (row->name == name) {
        check_attribute(*row, value, inside, here);
      } else if (!inside.contains(std::string(row->name))) {
        say(here, "the number it is the caption of, " + std::string(row->name));
      }
    }
    check_required(of.attributes, inside, path);
    check_constraint(of.at_least_one, inside, path);
  }

  void
  check_required(std::span<const attribute> rows, const json& inside, const std::string& path) {
    for (const auto& row : rows) {
      const auto is_due = row.profile.empty() || profiles_.contains(std::string(row.profile));
      if (row.required && is_due && !inside.contains(std::string(row.name))) {
        say(path.empty() ? std::string(row.name) : path + "." + std::string(row.name),
            "a required attribute");
      }
    }
  }

  void check_constraint(std::span<const std::string_view> any,
                        const json& inside,
                        const std::string& path) {
    const auto held = std::ranges::any_of(
        any, [&](std::string_view name) { return inside.contains(std::string(name)); });
    if (!any.empty() && !held) {
      say(path, "at least one of " + joined(any));
    }
  }

  void check_attribute(const attribute& row,
                       const json& value,
                       const json& inside,
                       const std::string& path) {
    if (row.many != value.is_array()) {
      say(path, row.many ? "a list" : "no list");
      return;
    }
    if (row.many) {
      auto index = 0;
      for (const auto& one : value) {
        check_value(row, one, path + "[" + std::to_string(index++) + "]");
      }
      if (value.empty() && row.required) {
        say(path, "something in a list that is required");
      }
    } else {
      check_value(row, value, path);
    }
    if (!row.values.empty()) {
      check_caption(row, value, inside, path);
    }
  }

  void check_value(const attribute& row, const json& value, const std::string& path) {
    const auto wrong = complaint_about(row.what, value);
    if (!wrong.empty()) {
      say(path, std::string(wrong));
      return;
    }
    if (!row.values.empty() && caption_of(row.values, value.get<int>()).empty()) {
      say(path, "a value of the enumeration " + std::string(row.name));
    }
    if (const auto* object = find_object(row.object)) {
      check_members(*object, value, path);
    }
  }

  void
  check_caption(const attribute& row, const json& id, const json& inside, const std::string& path) {
    const auto beside = inside.find(std::string(row.sibling));
    const auto ids = id.is_array() ? id : json::array({id});
    const auto captions = beside == inside.end() ? json()
                          : id.is_array()        ? *beside
                                                 : json::array({*beside});
    for (auto i = std::size_t{0}; i < ids.size(); ++i) {
      const auto due = ids[i].is_number_integer() ? caption_of(row.values, ids[i].get<int>())
                                                  : std::string_view();
      const auto text = i < captions.size() ? captions[i] : json();
      const auto is_own = ids[i] == other;
      if (is_own && (!text.is_string() || text == "Other")) {
        say(path, "the source's own word in " + std::string(row.sibling));
      } else if (!is_own && !text.is_null() && text != due) {
        say(path, "the caption " + std::string(due) + " in " + std::string(row.sibling));
      }
    }
  }

  void check_class(const class_description& of) {
    const auto expect = [&](const char* name, const json& due) {
      const auto at = event_.find(name);
      if (at != event_.end() && *at != due) {
        say(name, due.dump());
      }
    };
    const auto activity = event_.find("activity_id");
    const auto* choices = find_attribute(of, "activity_id");
    if (activity != event_.end() && activity->is_number_integer()) {
      const auto id = activity->get<int>();
      expect("type_uid", std::int64_t{of.uid} * 100 + id);
      expect("type_name",
             std::string(of.caption) + ": " + std::string(caption_of(choices->values, id)));
    }
    expect("category_uid", of.category_uid);
    expect("category_name", of.category);
    expect("class_name", of.caption);
    const auto* version = member("metadata.version");
    if (version != nullptr && *version != schema_version) {
      say("metadata.version", std::string(schema_version));
    }
  }

  void check_observables() {
    const auto list = event_.find("observables");
    if (list == event_.end() || !list->is_array()) {
      return;
    }
    auto index = 0;
    for (const auto& one : *list) {
      const auto here = "observables[" + std::to_string(index++) + "]";
      const auto name = one.is_object() ? one.find("name") : one.end();
      if (name == one.end() || !name->is_string()) {
        say(here, "the name of an attribute");
        continue;
      }
      const auto* found = member(name->get_ref<const std::string&>());
      if (found == nullptr || ocsf::to_text(*found) != one.value("value", "")) {
        say(here, "the value that stands at " + name->get<std::string>());
      }
    }
  }

  /// What "a.b[0].c" names, or null.
  auto member(std::string_view path) const -> const json* {
    auto pointer = "/" + std::string(path);
    std::erase(pointer, ']');
    std::ranges::replace_if(
        pointer, [](char c) { return c == '.' || c == '['; }, '/');
    const auto place = json::json_pointer(pointer);
    return event_.contains(place) ? &event_.at(place) : nullptr;
  }

  const json& event_;
  std::set<std::string> profiles_;
  std::vector<violation> found_;
};

} // namespace

auto validate(const json& event) -> std::vector<violation> {
  return checker(event).run();
}

auto to_text(const std::vector<violation>& found) -> std::string {
  auto out = std::string();
  for (const auto& one : found) {
    out += (one.path.empty() ? "the event" : one.path) + ": expected " + one.expected + "\n";
  }
  return out;
}

} // namespace core::ocsf
