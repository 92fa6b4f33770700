#include "core/ocsf/paths.hpp"

#include "core/ocsf/odd_values.hpp"

namespace core::ocsf {
namespace {

/// The next name of `path`, cut off it with its dot.
auto take_name(std::string_view& path) -> std::string_view {
  const auto end = path.starts_with('@') ? path.size() : std::min(path.find('.'), path.size());
  const auto out = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return out;
}

auto spelled_like(const nlohmann::json& object, std::string_view name)
    -> nlohmann::json::const_iterator {
  if (!object.is_object()) {
    return object.end();
  }
  const auto exact = object.find(name);
  if (exact != object.end()) {
    return exact;
  }
  auto at = object.begin();
  while (at != object.end() && !same_word(at.key(), name)) {
    ++at;
  }
  return at;
}

} // namespace

auto member_of(const nlohmann::json& object, std::string_view name) -> const nlohmann::json* {
  if (!object.is_object()) {
    return nullptr;
  }
  const auto found = spelled_like(object, name);
  return found == object.end() ? nullptr : &*found;
}

auto record_view::find(std::string_view path) const -> const nlohmann::json* {
  const auto* at = &record_;
  while (!path.empty() && at != nullptr) {
    if (at->is_string()) {
      at = &unfolded_.emplace_back(unfolded(*at));
    }
    at = member_of(*at, take_name(path));
  }
  return at;
}

auto record_view::text(std::string_view path) const -> std::string {
  const auto* found = find(path);
  return found == nullptr ? std::string() : to_text(*found).value_or("");
}

auto record_view::list(std::string_view path) const -> std::vector<nlohmann::json> {
  const auto* found = find(path);
  return found == nullptr ? std::vector<nlohmann::json>() : to_list(*found);
}

void cut_path(nlohmann::json& record, std::string_view path) {
  auto* at = &record;
  while (at->is_object()) {
    const auto found = spelled_like(*at, take_name(path));
    if (found == at->end()) {
      return;
    }
    if (path.empty()) {
      at->erase(found.key());
      return;
    }
    at = &(*at)[found.key()];
  }
}

auto put_at(nlohmann::json& event, std::string_view path, nlohmann::json value) -> bool {
  if (value.is_null()) {
    return false;
  }
  auto* at = &event;
  while (true) {
    auto name = take_name(path);
    const auto adds = name.ends_with("[]");
    name.remove_suffix(adds ? 2 : 0);
    at = &(*at)[std::string(name)];
    if (adds) {
      at = &at->emplace_back();
    }
    if (path.empty()) {
      const auto is_free = at->is_null();
      if (is_free) {
        *at = std::move(value);
      }
      return is_free;
    }
  }
}

auto find_at(const nlohmann::json& event, std::string_view path) -> const nlohmann::json* {
  const auto* at = &event;
  while (!path.empty()) {
    if (!at->is_object()) {
      return nullptr;
    }
    const auto found = at->find(take_name(path));
    if (found == at->end()) {
      return nullptr;
    }
    at = &*found;
  }
  return at;
}

auto without_nothings(nlohmann::json value) -> nlohmann::json {
  if (!value.is_structured()) {
    return value;
  }
  for (auto& one : value) {
    one = without_nothings(std::move(one));
  }
  if (value.is_array()) {
    std::erase_if(value.get_ref<nlohmann::json::array_t&>(), says_nothing);
    return value;
  }
  for (auto at = value.begin(); at != value.end();) {
    at = says_nothing(*at) ? value.erase(at) : std::next(at);
  }
  return value;
}

} // namespace core::ocsf
