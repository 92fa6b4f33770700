#include "core/ocsf/finish.hpp"

#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace core::ocsf {
namespace {

using nlohmann::json;

auto class_of(const json& event) -> const class_description* {
  const auto uid = event.find("class_uid");
  return uid == event.end() ? nullptr : find_class(uid->get<int>());
}

/// The captions of one number or a list of them.
auto captions_of(const attribute& of, const json& ids) -> json {
  if (!ids.is_array()) {
    return std::string(caption_of(of.values, ids.get<int>()));
  }
  auto out = json::array();
  for (const auto& id : ids) {
    out.push_back(std::string(caption_of(of.values, id.get<int>())));
  }
  return out;
}

void put_caption(const attribute& of, json& inside) {
  const auto sibling = std::string(of.sibling);
  const auto& id = inside[std::string(of.name)];
  if (!inside.contains(sibling) && id != other) {
    inside[sibling] = captions_of(of, id);
  }
}

/// Calls `take(attribute, value)` for each member of `inside` that the description names. Members
/// may be added meanwhile: places in an object of this library stay valid.
template <class description, class value, class sink>
void for_each_described(const description& of, value& inside, sink&& take) {
  for (auto at = inside.begin(); at != inside.end(); ++at) {
    const auto* row = find_attribute(of, at.key());
    if (row != nullptr && row->name == at.key()) {
      take(*row, *at);
    }
  }
}

/// Each object that an attribute holds, one or many.
template <class sink> void for_each_object(json& value, sink&& take) {
  if (value.is_object()) {
    take(value);
  } else if (value.is_array()) {
    for (auto& one : value) {
      if (one.is_object()) {
        take(one);
      }
    }
  }
}

template <class description> void caption_all(const description& of, json& inside) {
  for_each_described(of, inside, [&](const attribute& row, json& value) {
    if (!row.sibling.empty()) {
      put_caption(row, inside);
    } else if (const auto* object = find_object(row.object)) {
      for_each_object(value, [&](json& one) { caption_all(*object, one); });
    }
  });
}

constexpr auto not_looked_at =
    std::to_array<std::string_view>({"metadata", "cloud", "api", "unmapped", "observables"});

/// Collects what can be observed below one place of an event.
class observer {
public:
  template <class description> void look(const description& of, const json& inside) {
    for_each_described(of, inside, [&](const attribute& row, const json& value) {
      if (path_.empty() && std::ranges::find(not_looked_at, row.name) != not_looked_at.end()) {
        return;
      }
      const auto above = path_.size();
      path_.append(path_.empty() ? "" : ".").append(row.name);
      if (value.is_array()) {
        const auto list = path_.size();
        auto index = 0;
        for (const auto& one : value) {
          path_ += "[" + std::to_string(index++) + "]";
          see(row, one);
          path_.resize(list);
        }
      } else {
        see(row, value);
      }
      path_.resize(above);
    });
  }
  auto found() -> json { return std::move(found_); }

private:
  void see(const attribute& row, const json& value) {
    if (!row.object.empty()) {
      const auto* object =
          value.is_object() && row.object != "product" ? find_object(row.object) : nullptr;
      if (object != nullptr) {
        look(*object, value);
      }
      return;
    }
    const auto type = observable_type(row);
    const auto text = type != 0 && row.name != "src_url" ? to_text(value) : std::nullopt;
    if (text && seen_.emplace(type, *text).second) {
      found_.push_back({{"name", path_}, {"type_id", type}, {"value", *text}});
    }
  }

  std::string path_; ///< of what is looked at
  std::set<std::pair<int, std::string>> seen_;
  json found_ = json::array();
};

auto is_complete(const object_description& of, const json& inside) -> bool {
  const auto there = [&](std::string_view name) { return inside.contains(std::string(name)); };
  return !inside.empty() &&
         (of.at_least_one.empty() || std::ranges::any_of(of.at_least_one, there)) &&
         std::ranges::all_of(of.attributes, [&](const attribute& row) {
           return !row.required || !row.profile.empty() || there(row.name);
         });
}

auto prune(const object_description& of, json& inside) -> bool;

/// False if nothing of the value remains.
auto prune_value(const attribute& row, json& value) -> bool {
  const auto* object = find_object(row.object);
  if (object == nullptr) {
    return true;
  }
  if (!value.is_array()) {
    return prune(*object, value);
  }
  auto kept = json::array();
  for (auto& one : value) {
    if (prune(*object, one)) {
      kept.push_back(std::move(one));
    }
  }
  value = std::move(kept);
  return !value.empty();
}

template <class description> void prune_members(const description& of, json& inside) {
  for (auto at = inside.begin(); at != inside.end();) {
    const auto* row = find_attribute(of, at.key());
    const auto stays = row == nullptr || prune_value(*row, *at);
    at = stays ? std::next(at) : inside.erase(at);
  }
}

auto prune(const object_description& of, json& inside) -> bool {
  if (!inside.is_object()) {
    return false;
  }
  prune_members(of, inside);
  return is_complete(of, inside);
}

} // namespace

void drop_incomplete(json& event) {
  if (const auto* of = class_of(event)) {
    prune_members(*of, event);
  }
}

auto drop_incomplete(json& object, std::string_view described_as) -> bool {
  const auto* of = find_object(described_as);
  return of == nullptr || prune(*of, object);
}

auto missing_from(const json& event) -> std::string {
  const auto* of = class_of(event);
  if (of == nullptr) {
    return "class_uid";
  }
  const auto there = [&](std::string_view name) { return event.contains(std::string(name)); };
  for (const auto rows : {of->attributes, shared_attributes()}) {
    for (const auto& row : rows) {
      if (row.required && row.profile.empty() && !there(row.name)) {
        return std::string(row.name);
      }
    }
  }
  const auto held = of->at_least_one.empty() || std::ranges::any_of(of->at_least_one, there);
  return held ? std::string() : std::string(of->at_least_one.front());
}

void put_captions(json& event) {
  const auto* of = class_of(event);
  if (of == nullptr) {
    return;
  }
  caption_all(*of, event);
  const auto activity = event["activity_id"].get<int>();
  const auto* row = find_attribute(*of, "activity_id");
  event["class_name"] = std::string(of->caption);
  event["category_uid"] = of->category_uid;
  event["category_name"] = std::string(of->category);
  event["type_uid"] = std::int64_t{of->uid} * 100 + activity;
  event["type_name"] =
      std::string(of->caption) + ": " + std::string(caption_of(row->values, activity));
}

void put_profiles(json& event) {
  const auto* of = class_of(event);
  if (of == nullptr) {
    return;
  }
  constexpr auto incident_finding = 2005;
  auto used = std::set<std::string>{"cloud"};
  if (of->uid == incident_finding) {
    used.emplace("incident");
  }
  for (const auto& [name, value] : event.items()) {
    const auto* row = find_attribute(*of, name);
    if (row != nullptr && !row->profile.empty()) {
      used.emplace(row->profile);
    }
  }
  event["metadata"]["profiles"] = used;
}

void put_observables(json& event) {
  const auto* of = class_of(event);
  if (of == nullptr) {
    return;
  }
  auto eye = observer();
  eye.look(*of, event);
  auto found = eye.found();
  if (!found.empty()) {
    event["observables"] = std::move(found);
  }
}

} // namespace core::ocsf
