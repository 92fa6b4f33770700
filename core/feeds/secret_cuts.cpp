#include "core/feeds/secret_cuts.hpp"

#include "core/feeds/items.hpp"
#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace core::feeds {
namespace {

using names = std::span<const std::string_view>;

constexpr auto detected_lists = std::to_array<std::string_view>({"DetectedValues"});
/// How Entra ID calls the properties of applications, service principals and users that hold keys.
constexpr auto credential_properties = std::to_array<std::string_view>({"Credential",
                                                                        "KeyDescription",
                                                                        "KeyCredentials",
                                                                        "PasswordCredentials",
                                                                        "PasswordProfile",
                                                                        "Password"});
constexpr auto property_names = std::to_array<std::string_view>({"displayName", "Name"});
constexpr auto property_values =
    std::to_array<std::string_view>({"oldValue", "newValue", "OldValue", "NewValue"});
constexpr auto property_lists =
    std::to_array<std::string_view>({"modifiedProperties", "ModifiedProperties"});

auto is_one_of(std::string_view name_raw, names wanted) -> bool {
  return std::ranges::any_of(
      wanted, [&](std::string_view name) { return json::same_name(name_raw, name); });
}

auto holds_any(std::string_view text, names wanted) -> bool {
  return std::ranges::any_of(
      wanted, [&](std::string_view name) { return text.find(name) != std::string_view::npos; });
}

/// Also where an escape may spell a letter of a name.
auto may_hold(std::string_view item, names wanted) -> bool {
  static constexpr auto letters =
      std::to_array<std::string_view>({"\\u004", "\\u005", "\\u006", "\\u007"});
  return holds_any(item, wanted) || holds_any(item, letters);
}

/// Calls `sink` with every object in `value`, inner ones too, while the check of the answer bounds
/// the depth.
template <class Sink> void for_each_object(std::string_view value, const Sink& sink) {
  switch (json::kind_of(value)) {
  case json::kind::object:
    sink(value);
    json::for_each_member(
        value, [&](std::string_view, std::string_view inner) { for_each_object(inner, sink); });
    break;
  case json::kind::array:
    json::for_each_element(value, [&](std::string_view inner) { for_each_object(inner, sink); });
    break;
  default:
    break;
  }
}

auto names_credential(std::string_view object) -> bool {
  auto found = false;
  json::for_each_member(object, [&](std::string_view name_raw, std::string_view value) {
    const auto text = is_one_of(name_raw, property_names) ? json::as_string(value) : std::nullopt;
    found = found || (text && std::ranges::find(credential_properties, *text) !=
                                  credential_properties.end());
  });
  return found;
}

/// A list of properties is a text on some wires; then it goes as a whole.
void collect_credentials(std::string_view object, std::vector<std::string_view>& into) {
  const auto credential = names_credential(object);
  json::for_each_member(object, [&](std::string_view name_raw, std::string_view value) {
    const auto list_as_text = json::kind_of(value) == json::kind::string &&
                              is_one_of(name_raw, property_lists) &&
                              holds_any(value, credential_properties);
    if (list_as_text || (credential && is_one_of(name_raw, property_values))) {
      into.push_back(value);
    }
  });
}

auto cut_credentials(std::string_view item) -> std::optional<std::string> {
  if (!may_hold(item, property_lists)) {
    return std::nullopt;
  }
  auto doomed = std::vector<std::string_view>();
  for_each_object(item, [&](std::string_view object) { collect_credentials(object, doomed); });
  std::ranges::sort(doomed, {}, [](std::string_view slice) { return slice.data(); });
  return doomed.empty() ? std::nullopt : std::optional(with_slices_cut(item, doomed, R"("")"));
}

/// Where no JSON tells what belongs together, nothing from the name on is safe to keep.
auto cut_from(std::string_view item, names telltale) -> std::optional<std::string> {
  auto first = item.size();
  for (const auto one : telltale) {
    first = std::min(first, item.find(one));
  }
  return first < item.size() ? std::optional(std::string(item.substr(0, first))) : std::nullopt;
}

auto cut_check_token(std::string_view item) -> std::optional<std::string> {
  constexpr auto page = std::string_view("atp-safelinks.html");
  constexpr auto starts = std::to_array<std::string_view>(
      {"?pc=", "&pc=", "\\u0026pc=", "&amp;pc=", "%3Fpc%3D", "%26pc%3D", "%3fpc%3d", "%26pc%3d"});
  auto out = std::string(item);
  auto cut = false;
  for (auto at = out.find(page); at != std::string::npos; at = out.find(page, at + 1)) {
    const auto end = std::min(out.find('"', at), out.size());
    for (const auto start : starts) {
      const auto found = out.find(start, at);
      if (found >= end) {
        continue;
      }
      const auto from = found + start.size();
      const auto encoded = start.front() == '%';
      auto to = from;
      while (to < out.size() && out[to] != '"' && out[to] != '&' && out[to] != '\\' &&
             !(encoded && (out.compare(to, 3, "%26") == 0))) {
        ++to;
      }
      cut = cut || to > from;
      out.erase(from, to - from);
    }
  }
  return cut ? std::optional(std::move(out)) : std::nullopt;
}

void note_cut(kept_item& item, std::optional<std::string> less, std::string_view name) {
  if (less) {
    item.raw = std::move(*less);
    item.cuts.emplace_back(name);
  }
}

} // namespace

auto without_secrets(std::string_view item) -> kept_item {
  auto out = kept_item{std::string(item), {}};
  const auto suspect = may_hold(item, detected_lists) || may_hold(item, property_lists);
  if (suspect && !json::check(item)) {
    note_cut(out, cut_from(out.raw, detected_lists), "detected_values");
    note_cut(out, cut_from(out.raw, property_lists), "credential_values");
  } else if (suspect) {
    note_cut(out, cut_values(out.raw, detected_lists.front()), "detected_values");
    note_cut(out, cut_credentials(out.raw), "credential_values");
  }
  note_cut(out, cut_check_token(out.raw), "pc");
  return out;
}

} // namespace core::feeds
