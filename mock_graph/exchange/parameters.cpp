#include "mock_graph/exchange/parameters.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace mock_graph::exchange {
namespace {

using nlohmann::json;
using seams::equal_ignoring_case;

constexpr auto hashtable = std::string_view("#Exchange.GenericHashTable");

auto shown(const json& value) -> std::string {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

auto binding_error(std::string text) -> cmdlet_error {
  return {
      400, "BadRequest", "System.Management.Automation.ParameterBindingException", std::move(text)};
}

auto conversion_error(const json& value, std::string_view type, const std::string& more = "")
    -> cmdlet_error {
  return {400,
          "BadRequest",
          "Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException",
          "Cannot convert value \"" + shown(value) + "\" to type " + std::string(type) + "." +
              more};
}

auto range_error(const parameter& what, std::int64_t value) -> cmdlet_error {
  const auto above = value > what.most;
  const auto limit = std::to_string(above ? what.most : what.least);
  return binding_error("Cannot validate argument on parameter '" + std::string(what.name) +
                       "'. The " + std::to_string(value) + " argument is " +
                       (above ? "greater than the maximum allowed range of "
                              : "less than the minimum allowed range of ") +
                       limit + ".");
}

auto check_number(const parameter& what, const json& value) -> std::optional<cmdlet_error> {
  constexpr auto int32_least = std::numeric_limits<std::int32_t>::min();
  constexpr auto int32_most = std::numeric_limits<std::int32_t>::max();
  const auto is_huge =
      value.is_number_unsigned() && std::cmp_greater(value.get<std::uint64_t>(), int32_most);
  if (!value.is_number_integer() || is_huge || value.get<std::int64_t>() < int32_least) {
    return conversion_error(value, "System.Int32");
  }
  const auto number = value.get<std::int64_t>();
  return number < what.least || number > what.most ? std::optional(range_error(what, number))
                                                   : std::nullopt;
}

/// "Unlimited", 100, or "100".
auto size_of(const json& value) -> std::optional<std::size_t> {
  const auto text = value.is_string() ? value.get<std::string>() : value.dump();
  auto out = std::size_t{0};
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
}

auto is_size(const json& value) -> bool {
  return size_of(value) || (value.is_string() &&
                            equal_ignoring_case(value.get_ref<const std::string&>(), "Unlimited"));
}

auto is_texts(const json& value) -> bool {
  return value.is_array() &&
         std::ranges::all_of(value, [](const json& one) { return one.is_string(); });
}

auto is_hashtable(const json& value) -> bool {
  return value.is_object() && value.contains("@odata.type") && value["@odata.type"] == hashtable &&
         std::ranges::all_of(value.items(), [](const auto& one) {
           return one.key() == "@odata.type" ||
                  ((one.key() == "Add" || one.key() == "Remove") && is_texts(one.value()));
         });
}

/// Digits of that many places, as a number.
auto number_at(std::string_view text, std::size_t at, std::size_t places) -> std::optional<int> {
  auto out = 0;
  if (text.size() < at + places) {
    return std::nullopt;
  }
  const auto* const end = text.data() + at + places;
  const auto read = std::from_chars(text.data() + at, end, out);
  return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
}

/// "2026-09-14", with or without a time, or "09-14-2026", "09/14/2026" as American hosts write it.
auto day_of(std::string_view text) -> std::optional<seams::instant> {
  const auto year_first = text.size() >= 10 && text[4] == '-';
  const auto year = number_at(text, year_first ? 0 : 6, 4);
  const auto month = number_at(text, year_first ? 5 : 0, 2);
  const auto day = number_at(text, year_first ? 8 : 3, 2);
  if (!year || !month || !day) {
    return std::nullopt;
  }
  const auto date = std::chrono::year_month_day(std::chrono::year(*year),
                                                std::chrono::month(static_cast<unsigned>(*month)),
                                                std::chrono::day(static_cast<unsigned>(*day)));
  return date.ok() ? std::optional(seams::instant(std::chrono::sys_days(date))) : std::nullopt;
}

/// "", "Z" or "+02:00" behind a time.
auto zone_of(std::string_view text) -> std::optional<seams::duration> {
  if (text.empty() || text == "Z" || text == "z") {
    return seams::duration{};
  }
  const auto hours = number_at(text, 1, 2);
  const auto minutes = number_at(text, 4, 2);
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || !hours || !minutes) {
    return std::nullopt;
  }
  const auto east = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  return text[0] == '+' ? east : -east;
}

/// "2026-09-14", "2026-09-14T08:30:00Z", "2026-09-14 08:30:00z", with or without a fraction.
auto moment_of(std::string_view text) -> std::optional<seams::instant> {
  const auto day = day_of(text);
  if (!day || text.size() <= 10) {
    return day;
  }
  const auto hour = number_at(text, 11, 2);
  const auto minute = number_at(text, 14, 2);
  const auto second = text.size() > 16 && text[16] == ':' ? number_at(text, 17, 2) : 0;
  auto rest = text.substr(std::min(text.size(), text.size() > 16 && text[16] == ':' ? 19UL : 16UL));
  if (rest.starts_with('.')) {
    rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  }
  const auto zone = zone_of(rest);
  if (!hour || !minute || !second || !zone || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  return *day + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second} - *zone;
}

auto is_word(const parameter& what, std::string_view text) -> bool {
  return std::ranges::any_of(what.words, [&](std::string_view word) {
    return what.exact ? word == text : equal_ignoring_case(word, text);
  });
}

auto check_words(const parameter& what, const json& value) -> std::optional<cmdlet_error> {
  const auto all = value.is_array() ? value : json::array({value});
  for (const auto& one : all) {
    if (one.is_string() && is_word(what, one.get_ref<const std::string&>())) {
      continue;
    }
    auto members = std::string();
    for (const auto word : what.words) {
      members += (members.empty() ? "" : ",") + std::string(word);
    }
    return conversion_error(
        one, what.type, " The possible enumeration values are \"" + members + "\".");
  }
  return std::nullopt;
}

auto check_value(const parameter& what, const json& value) -> std::optional<cmdlet_error> {
  switch (what.kind) {
  case value_kind::text:
    return value.is_string() || value.is_null()
               ? std::nullopt
               : std::optional(conversion_error(value, "System.String"));
  case value_kind::flag:
    return value.is_boolean() ? std::nullopt
                              : std::optional(conversion_error(value, "System.Boolean"));
  case value_kind::number:
    return check_number(what, value);
  case value_kind::size:
    return is_size(value)
               ? std::nullopt
               : std::optional(conversion_error(value, "Microsoft.Exchange.Data.Unlimited"));
  case value_kind::list:
    return value.is_null() || value.is_string() || is_texts(value) || is_hashtable(value)
               ? std::nullopt
               : std::optional(
                     conversion_error(value, "Microsoft.Exchange.Data.MultiValuedProperty"));
  case value_kind::moment:
    return value.is_string() && moment_of(value.get_ref<const std::string&>())
               ? std::nullopt
               : std::optional(conversion_error(value, "System.DateTime"));
  case value_kind::words:
    return check_words(what, value);
  }
  return std::nullopt;
}

auto has(const json& given, std::string_view name) -> bool {
  return std::ranges::any_of(given.items(), [&](const auto& one) {
    return equal_ignoring_case(one.key(), name) && !one.value().is_null() && one.value() != "";
  });
}

auto texts_in(const json& value) -> std::vector<std::string> {
  return value.is_string()  ? std::vector{value.get<std::string>()}
         : value.is_array() ? value.get<std::vector<std::string>>()
                            : std::vector<std::string>();
}

} // namespace

auto check_parameters(std::span<const parameter> known, const json& given)
    -> std::optional<cmdlet_error> {
  for (const auto& [key, value] : given.items()) {
    const auto& name = key;
    const auto found = std::ranges::find_if(
        known, [&](const parameter& one) { return equal_ignoring_case(one.name, name); });
    if (found == known.end()) {
      return binding_error("A parameter cannot be found that matches parameter name '" + key +
                           "'.");
    }
    if (auto wrong = check_value(*found, value)) {
      return wrong;
    }
  }
  auto missing = std::string();
  for (const auto& one : known) {
    if (one.required && !has(given, one.name)) {
      missing += (missing.empty() ? "" : " ") + std::string(one.name);
    }
  }
  return missing.empty()
             ? std::nullopt
             : std::optional(binding_error("Cannot process command because of one or more missing "
                                           "mandatory parameters: " +
                                           missing + "."));
}

auto arguments::find(std::string_view name) const -> const json* {
  for (auto one = given_.begin(); one != given_.end(); ++one) {
    if (equal_ignoring_case(one.key(), name)) {
      return &*one;
    }
  }
  return nullptr;
}

auto arguments::text(std::string_view name) const -> std::optional<std::string> {
  const auto* found = find(name);
  return found != nullptr && found->is_string() ? std::optional(found->get<std::string>())
                                                : std::nullopt;
}

auto arguments::flag(std::string_view name) const -> std::optional<bool> {
  const auto* found = find(name);
  return found != nullptr ? std::optional(found->get<bool>()) : std::nullopt;
}

auto arguments::number(std::string_view name) const -> std::optional<std::int64_t> {
  const auto* found = find(name);
  return found != nullptr ? std::optional(found->get<std::int64_t>()) : std::nullopt;
}

auto arguments::moment(std::string_view name) const -> std::optional<seams::instant> {
  const auto given = text(name);
  return given ? moment_of(*given) : std::nullopt;
}

auto arguments::day(std::string_view name) const -> std::optional<seams::instant> {
  const auto given = text(name);
  return given ? day_of(*given) : std::nullopt;
}

auto arguments::size(std::string_view name) const -> std::optional<std::size_t> {
  const auto* found = find(name);
  return found != nullptr ? size_of(*found) : std::nullopt;
}

auto arguments::list(std::string_view name) const -> std::vector<std::string> {
  const auto* found = find(name);
  return found != nullptr ? texts_in(*found) : std::vector<std::string>();
}

void arguments::change(std::string_view name, std::vector<std::string>& to) const {
  const auto* found = find(name);
  if (found == nullptr) {
    return;
  }
  if (!found->is_object()) {
    to = texts_in(*found);
    return;
  }
  if (!found->contains("Add") && !found->contains("Remove")) {
    to.clear(); // how clients send an empty list (KelvinTegelaar/CIPP-API)
    return;
  }
  for (const auto& gone : texts_in(found->value("Remove", json::array()))) {
    std::erase_if(to, [&](const std::string& one) { return equal_ignoring_case(one, gone); });
  }
  for (auto& fresh : texts_in(found->value("Add", json::array()))) {
    if (std::ranges::none_of(to, [&](auto& one) { return equal_ignoring_case(one, fresh); })) {
      to.push_back(std::move(fresh));
    }
  }
}

} // namespace mock_graph::exchange
