#include "mock_graph/hunting/kql/functions.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace mock_graph::hunting::kql {
namespace {

using json = nlohmann::json;

constexpr auto bag = always<scalar::dynamic>;

auto array_of(const value& cell) -> const json* {
  const auto* held = std::get_if<json>(&cell);
  return held != nullptr && held->is_array() ? held : nullptr;
}

auto object_of(const value& cell) -> const json* {
  const auto* held = std::get_if<json>(&cell);
  return held != nullptr && held->is_object() ? held : nullptr;
}

auto sized(const call_env& env, json made) -> value {
  env.check_size(made);
  return from_json(std::move(made));
}

auto array_length(const call_env&, arguments args) -> value {
  const auto* held = array_of(*args[0]);
  return held != nullptr ? value(static_cast<std::int64_t>(held->size())) : value();
}

auto pack(const call_env& env, arguments args) -> value {
  auto made = json::object();
  for (auto at = std::size_t{0}; at + 1 < args.size(); at += 2) {
    made[text_of(*args[at])] = to_json(*args[at + 1]);
  }
  return sized(env, std::move(made));
}

auto pack_array(const call_env& env, arguments args) -> value {
  auto made = json::array();
  for (const auto* each : args) {
    made.push_back(to_json(*each));
  }
  return sized(env, std::move(made));
}

auto array_concat(const call_env& env, arguments args) -> value {
  auto made = json::array();
  for (const auto* each : args) {
    if (const auto* held = array_of(*each)) {
      made.insert(made.end(), held->begin(), held->end());
    }
  }
  return sized(env, std::move(made));
}

auto strcat_array(const call_env& env, arguments args) -> value {
  const auto* held = array_of(*args[0]);
  const auto delimiter = text_of(*args[1]);
  auto made = std::string();
  for (auto at = std::size_t{0}; held != nullptr && at < held->size(); ++at) {
    made += (at > 0 ? delimiter : "") + text_of(from_json((*held)[at]));
    env.check_size(made.size());
  }
  return made;
}

auto set_has_element(const call_env&, arguments args) -> value {
  const auto* held = array_of(*args[0]);
  if (held == nullptr) {
    return {};
  }
  return std::any_of(held->begin(), held->end(), [&](const json& each) {
    return equal(from_json(each), *args[1]).value_or(false);
  });
}

auto array_index_of(const call_env&, arguments args) -> value {
  const auto* held = array_of(*args[0]);
  for (auto at = std::size_t{0}; held != nullptr && at < held->size(); ++at) {
    if (equal(from_json((*held)[at]), *args[1]).value_or(false)) {
      return static_cast<std::int64_t>(at);
    }
  }
  return held != nullptr ? value(std::int64_t{-1}) : value();
}

// The distinct elements of all arrays that `wanted` accepts, in order of appearance.
template <class F> auto distinct(arguments args, F wanted) -> json {
  auto seen = std::set<std::string>();
  auto made = json::array();
  for (const auto* each : args) {
    const auto* held = array_of(*each);
    for (auto at = std::size_t{0}; held != nullptr && at < held->size(); ++at) {
      auto key = std::string();
      append_key(key, from_json((*held)[at]));
      if (wanted(key) && seen.insert(std::move(key)).second) {
        made.push_back((*held)[at]);
      }
    }
  }
  return made;
}

auto keys_of(const value& cell) -> std::set<std::string> {
  auto made = std::set<std::string>();
  const auto* held = array_of(cell);
  for (auto at = std::size_t{0}; held != nullptr && at < held->size(); ++at) {
    auto key = std::string();
    append_key(key, from_json((*held)[at]));
    made.insert(std::move(key));
  }
  return made;
}

auto set_union(const call_env& env, arguments args) -> value {
  return sized(env, distinct(args, [](const std::string&) { return true; }));
}

template <bool Kept> auto set_filter(const call_env& env, arguments args) -> value {
  const auto others = keys_of(*args[1]);
  return sized(env, distinct(args.first(1), [&](const std::string& key) {
                 return others.contains(key) == Kept;
               }));
}

auto bag_keys(const call_env&, arguments args) -> value {
  const auto* held = object_of(*args[0]);
  if (held == nullptr) {
    return {};
  }
  auto made = json::array();
  for (const auto& each : held->items()) {
    made.push_back(each.key());
  }
  return made;
}

auto bag_has_key(const call_env&, arguments args) -> value {
  const auto* held = object_of(*args[0]);
  return held != nullptr && held->contains(text_of(*args[1]));
}

auto bag_merge(const call_env& env, arguments args) -> value {
  auto made = json::object();
  for (const auto* each : args) {
    if (const auto* held = object_of(*each)) {
      for (const auto& member : held->items()) {
        if (!made.contains(member.key())) {
          made[member.key()] = member.value();
        }
      }
    }
  }
  return sized(env, std::move(made));
}

template <bool Ascending> auto array_sort(const call_env&, arguments args) -> value {
  const auto* held = array_of(*args[0]);
  if (held == nullptr) {
    return {};
  }
  auto made = *held;
  std::stable_sort(made.begin(), made.end(), [](const json& left, const json& right) {
    return Ascending ? sorts_before(from_json(left), from_json(right))
                     : sorts_before(from_json(right), from_json(left));
  });
  return made;
}

auto array_slice(const call_env&, arguments args) -> value {
  const auto* held = array_of(*args[0]);
  auto from = integer_of(*args[1]);
  auto to = integer_of(*args[2]);
  if (held == nullptr || !from || !to) {
    return {};
  }
  const auto size = static_cast<std::int64_t>(held->size());
  const auto first = *from < 0 ? std::max(size + *from, std::int64_t{0}) : *from;
  const auto last = std::min(*to < 0 ? size + *to : *to, size - 1);
  auto made = json::array();
  for (auto at = first; at <= last; ++at) {
    made.push_back((*held)[static_cast<std::size_t>(at)]);
  }
  return made;
}

constexpr auto dynamic_table =
    std::array{function_info{"array_length", 1, 1, always<scalar::int64>, array_length},
               function_info{"pack", 2, any_count, bag, pack},
               function_info{"bag_pack", 2, any_count, bag, pack},
               function_info{"pack_dictionary", 2, any_count, bag, pack},
               function_info{"pack_array", 1, any_count, bag, pack_array},
               function_info{"array_concat", 1, any_count, bag, array_concat},
               function_info{"array_index_of", 2, 2, always<scalar::int64>, array_index_of},
               function_info{"array_slice", 3, 3, bag, array_slice},
               function_info{"array_sort_asc", 1, 1, bag, array_sort<true>},
               function_info{"array_sort_desc", 1, 1, bag, array_sort<false>},
               function_info{"strcat_array", 2, 2, always<scalar::string>, strcat_array},
               function_info{"set_has_element", 2, 2, always<scalar::boolean>, set_has_element},
               function_info{"set_union", 2, any_count, bag, set_union},
               function_info{"set_intersect", 2, 2, bag, set_filter<true>},
               function_info{"set_difference", 2, 2, bag, set_filter<false>},
               function_info{"bag_keys", 1, 1, bag, bag_keys},
               function_info{"bag_has_key", 2, 2, always<scalar::boolean>, bag_has_key},
               function_info{"bag_merge", 2, any_count, bag, bag_merge}};

} // namespace

auto dynamic_functions() -> std::span<const function_info> {
  return dynamic_table;
}

} // namespace mock_graph::hunting::kql
