#include "core/feeds/items.hpp"

#include "core/json/slice.hpp"
#include "core/seams/digest.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace core::feeds {
namespace {

auto is_control(char c) -> bool {
  return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

/// Slices of `value` to cut, in order. Depth is bounded by the check that the answer went through.
void collect(std::string_view value, std::string_view name, std::vector<std::string_view>& out) {
  switch (json::kind_of(value)) {
  case json::kind::object:
    json::for_each_member(value, [&](std::string_view name_raw, std::string_view inner) {
      if (json::same_name(name_raw, name)) {
        out.push_back(inner);
      } else {
        collect(inner, name, out);
      }
    });
    break;
  case json::kind::array:
    json::for_each_element(value, [&](std::string_view inner) { collect(inner, name, out); });
    break;
  default:
    break;
  }
}

} // namespace

auto text_of(std::string_view object, std::string_view name) -> std::string {
  const auto slice = json::member(object, name);
  return slice ? json::as_string(*slice).value_or("") : std::string();
}

auto key_or_digest(std::string candidate, std::string_view item) -> std::string {
  const auto usable = !candidate.empty() && candidate.size() <= key_bytes_max &&
                      std::ranges::none_of(candidate, is_control);
  return usable ? std::move(candidate) : seams::to_hex(seams::sha256(item));
}

auto cut_values(std::string_view item, std::string_view name) -> std::optional<std::string> {
  // A name may also be written with escapes.
  if (item.find(name) == std::string_view::npos && item.find("\\u") == std::string_view::npos) {
    return std::nullopt;
  }
  auto doomed = std::vector<std::string_view>();
  collect(item, name, doomed);
  if (doomed.empty()) {
    return std::nullopt;
  }
  return with_slices_cut(item, doomed, "[]");
}

auto with_slices_cut(std::string_view item,
                     std::span<const std::string_view> slices,
                     std::string_view instead) -> std::string {
  auto out = std::string();
  const auto* kept_to = item.data();
  for (const auto slice : slices) {
    if (slice.data() >= kept_to) {
      out.append(kept_to, slice.data()).append(instead);
      kept_to = slice.data() + slice.size();
    }
  }
  return out.append(kept_to, item.data() + item.size());
}

auto cut_members(std::string_view item, std::span<const std::string_view> names)
    -> std::optional<std::string> {
  auto out = std::string("{");
  auto cut = false;
  json::for_each_member(item, [&](std::string_view name_raw, std::string_view value) {
    const auto doomed = std::ranges::any_of(
        names, [&](std::string_view name) { return json::same_name(name_raw, name); });
    cut = cut || doomed;
    if (!doomed) {
      out.append(out.size() > 1 ? ",\"" : "\"").append(name_raw).append("\":").append(value);
    }
  });
  return cut ? std::optional(out + "}") : std::nullopt;
}

} // namespace core::feeds
