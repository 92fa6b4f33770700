#include "core/safe_links/comparison.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>

namespace core::safe_links {
namespace {

auto lower_texts(const object& value) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto take = [&](const object& one) {
    if (one.is_string()) {
      out.push_back(seams::lower_case(one.get<std::string>()));
    }
  };
  if (value.is_array()) {
    std::ranges::for_each(value, take);
  } else {
    take(value);
  }
  std::ranges::sort(out);
  return out;
}

auto entries(const object& change, const char* part) -> std::vector<std::string> {
  const auto found = change.find(part);
  return found == change.end() ? std::vector<std::string>() : lower_texts(*found);
}

/// An empty table stands for an empty list.
auto list_holds(const object& wanted, const object& is) -> bool {
  const auto present = lower_texts(is);
  if (!wanted.is_object()) {
    return lower_texts(wanted) == present;
  }
  const auto add = entries(wanted, "Add");
  const auto remove = entries(wanted, "Remove");
  const auto has = [&](const std::string& one) {
    return std::ranges::find(present, one) != present.end();
  };
  return add.empty() && remove.empty()
             ? present.empty()
             : std::ranges::all_of(add, has) && std::ranges::none_of(remove, has);
}

auto holds(const object& wanted, const object& is) -> bool {
  if (wanted.is_object() || wanted.is_array() || is.is_array()) {
    return list_holds(wanted, is);
  }
  if (wanted.is_string()) {
    return lower_texts(wanted) == lower_texts(is.is_null() ? object("") : is);
  }
  return wanted == is;
}

/// The field that shows a parameter: `Enabled` shows as the word of `State`.
auto field_of(const object& row, const std::string& parameter) -> const object* {
  const auto found = row.find(parameter);
  return found == row.end() ? nullptr : &*found;
}

auto is_of_time(const std::string& name) -> bool {
  return name.starts_with("When") || name == "OriginatingServer" || name == "Description";
}

} // namespace

auto joined(const std::vector<std::string>& texts) -> std::string {
  auto out = std::string();
  for (const auto& one : texts) {
    out += (out.empty() ? "" : ", ") + one;
  }
  return out;
}

auto shown(const object& value) -> std::string {
  if (value.is_null() || value.empty() || value == "") {
    return "-";
  }
  if (value.is_array()) {
    auto texts = std::vector<std::string>();
    for (const auto& one : value) {
      texts.push_back(shown(one));
    }
    return joined(texts);
  }
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

auto same_text(const object& row, std::string_view name, std::string_view text) -> bool {
  const auto* found = field_of(row, std::string(name));
  return found != nullptr && found->is_string() &&
         seams::equal_ignoring_case(found->get_ref<const std::string&>(), text);
}

auto differences(const object& wanted, const object& row, bool strict) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [name, value] : wanted.items()) {
    if (name == "Enabled") {
      const auto* word = value == true ? "Enabled" : "Disabled";
      if (!same_text(row, "State", word)) {
        out.push_back("State is not " + std::string(word));
      }
      continue;
    }
    const auto* is = field_of(row, name);
    if (is == nullptr ? strict : !holds(value, *is)) {
      out.push_back(name + (is == nullptr ? " is not shown" : " is " + shown(*is)));
    }
  }
  return out;
}

auto drift(const object& before, const object& after, const object& asked)
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [name, was] : before.items()) {
    const auto* is = field_of(after, name);
    const auto own = asked.contains(name) || (name == "State" && asked.contains("Enabled"));
    if (is != nullptr && *is != was && !own && !is_of_time(name)) {
      out.push_back(name + ": " + shown(was) + ", then " + shown(*is));
    }
  }
  return out;
}

} // namespace core::safe_links
