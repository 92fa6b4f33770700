#include "mock_graph/cloud_apps/filters.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace mock_graph::cloud_apps {
namespace {

using nlohmann::json;

constexpr auto orders = std::to_array<std::string_view>({"gt", "gte", "lt", "lte"});
constexpr auto searches = std::to_array<std::string_view>(
    {"contains", "ncontains", "startswith", "doesnotstartwith", "endswith", "text"});
constexpr auto choices = std::to_array<std::string_view>({"eq", "neq"});
constexpr auto presences = std::to_array<std::string_view>({"isset", "isnotset"});

template <std::size_t Size>
auto is_among(std::string_view name, const std::array<std::string_view, Size>& names) -> bool {
  return std::ranges::find(names, name) != names.end();
}

auto field_named(std::string_view name, std::span<const filter_field> known)
    -> const filter_field* {
  const auto found = std::ranges::find(known, name, &filter_field::name);
  return found == known.end() ? nullptr : &*found;
}

/// A filter takes one value or a list of them.
auto as_list(const json& value) -> std::vector<json> {
  return value.is_array() ? value.get<std::vector<json>>() : std::vector<json>{value};
}

auto is_range(const json& value) -> bool {
  const auto spans = as_list(value);
  return std::ranges::all_of(spans, [](const json& one) {
    return one.is_object() && one.value("start", json()).is_number() &&
           one.value("end", json()).is_number();
  });
}

auto suits(std::string_view name, const json& value) -> bool {
  const auto values = as_list(value);
  return is_among(name, orders) ? value.is_number()
         : is_among(name, searches)
             ? std::ranges::all_of(values, [](const json& one) { return one.is_string(); })
         : name == "range" ? is_range(value)
                           : is_among(name, choices) || is_among(name, presences);
}

/// What a record has at a field: of entities those of one type, otherwise one value or none.
auto values_at(const filter_field& field, const json& record) -> std::vector<json> {
  auto out = std::vector<json>();
  const auto place = json::json_pointer(field.member);
  if (!record.contains(place) || record.at(place).is_null()) {
    return out;
  }
  if (!record.at(place).is_array()) {
    return {record.at(place)};
  }
  for (const auto& entity : record.at(place)) {
    if (entity.is_object() && (field.type.empty() || entity.value("type", "") == field.type)) {
      out.push_back(entity.value("id", json()));
    }
  }
  return out;
}

auto in_order(std::string_view name, const json& found, const json& wanted) -> bool {
  if (!found.is_number()) {
    return false;
  }
  return name == "gt"    ? found > wanted
         : name == "gte" ? found >= wanted
         : name == "lt"  ? found < wanted
                         : found <= wanted;
}

auto same_value(const json& found, const json& wanted) -> bool {
  return found.is_string() && wanted.is_string()
             ? seams::equal_ignoring_case(found.get_ref<const std::string&>(),
                                          wanted.get_ref<const std::string&>())
             : found == wanted;
}

auto is_found(std::string_view name, const json& found, const json& wanted) -> bool {
  if (!found.is_string()) {
    return false;
  }
  const auto& text = found.get_ref<const std::string&>();
  const auto& part = wanted.get_ref<const std::string&>();
  return name == "startswith" || name == "doesnotstartwith" ? text.starts_with(part)
         : name == "endswith"                               ? text.ends_with(part)
                                                            : text.find(part) != std::string::npos;
}

auto within(const json& found, const json& span) -> bool {
  return found.is_number() && found >= span["start"] && found <= span["end"];
}

auto holds(std::string_view name, const json& wanted, const std::vector<json>& found) -> bool {
  const auto values = as_list(wanted);
  const auto any = [&](auto&& fits) {
    return std::ranges::any_of(found, [&](const json& one) {
      return std::ranges::any_of(values, [&](const json& value) { return fits(one, value); });
    });
  };
  if (is_among(name, presences)) {
    return found.empty() == (name == "isnotset");
  }
  if (is_among(name, orders)) {
    return any([&](const json& one, const json& value) { return in_order(name, one, value); });
  }
  if (name == "range") {
    return any(within);
  }
  if (is_among(name, choices)) {
    return any(same_value) == (name == "eq");
  }
  const auto negated = name == "ncontains" || name == "doesnotstartwith";
  return any([&](const json& one, const json& value) { return is_found(name, one, value); }) !=
         negated;
}

} // namespace

auto complaint(const json& filters, std::span<const filter_field> known)
    -> std::optional<std::string> {
  if (!filters.is_object()) {
    return "filters must be an object";
  }
  for (const auto& [name, conditions] : filters.items()) {
    if (field_named(name, known) == nullptr) {
      return "unknown filter field " + name;
    }
    if (!conditions.is_object()) {
      return "the filter " + name + " has no operator";
    }
    for (const auto& [sign, value] : conditions.items()) {
      if (!suits(sign, value)) {
        return "the filter " + name + " cannot use " + sign;
      }
    }
  }
  return std::nullopt;
}

auto all_hold(const json& filters, std::span<const filter_field> known, const json& record)
    -> bool {
  for (const auto& [name, conditions] : filters.items()) {
    const auto found = values_at(*field_named(name, known), record);
    for (const auto& [sign, value] : conditions.items()) {
      if (!holds(sign, value, found)) {
        return false;
      }
    }
  }
  return true;
}

} // namespace mock_graph::cloud_apps
