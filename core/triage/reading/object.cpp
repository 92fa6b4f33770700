#include "core/triage/reading/object.hpp"

#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"
#include "core/seams/letters.hpp"
#include "core/triage/words.hpp"

#include <charconv>

namespace core::triage {
namespace {

constexpr auto members_max = std::size_t{1000};
constexpr auto elements_max = std::size_t{1000};
constexpr auto text_bytes_max = std::size_t{2048};

auto whole_number(std::string_view text) -> std::optional<std::int64_t> {
  auto out = std::int64_t{};
  const auto* end = text.data() + text.size();
  const auto [stop, wrong] = std::from_chars(text.data(), end, out);
  return wrong == std::errc() && stop == end && !text.empty() ? std::optional(out) : std::nullopt;
}

} // namespace

object::object(std::string_view json) {
  json::for_each_member(json, [&](std::string_view name, std::string_view value) {
    members_.emplace_back(name, value);
    return members_.size() < members_max;
  });
}

auto object::raw(std::string_view name) const -> std::string_view {
  for (auto one = members_.rbegin(); one != members_.rend(); ++one) {
    if (one->first == name) {
      return json::is_null(one->second) ? std::string_view() : one->second;
    }
  }
  return {};
}

auto object::embedded(std::string_view name) const -> std::string {
  return json::as_string(raw(name)).value_or("");
}

auto object::text(std::string_view name) const -> std::string {
  const auto value = raw(name);
  if (json::kind_of(value) == json::kind::number) {
    return std::string(value);
  }
  auto out = embedded(name);
  out.resize(std::min(out.size(), text_bytes_max));
  return out;
}

auto object::word(std::string_view name) const -> std::string {
  return seams::lower_case(text(name));
}

auto object::number(std::string_view name) const -> std::optional<std::int64_t> {
  const auto plain = json::as_int64(raw(name));
  return plain ? plain : whole_number(embedded(name));
}

auto object::truth(std::string_view name) const -> std::optional<bool> {
  const auto value = raw(name);
  if (const auto plain = json::as_bool(value)) {
    return plain;
  }
  const auto said = word(name);
  if (said == "true" || said == "1") {
    return true;
  }
  return said == "false" || said == "0" ? std::optional(false) : std::nullopt;
}

auto object::time(std::string_view name) const -> std::optional<seams::instant> {
  return feeds::parse_time(text(name));
}

auto object::child(std::string_view name) const -> object {
  return object(raw(name));
}

auto object::list(std::string_view name) const -> std::vector<std::string_view> {
  return elements_of(raw(name));
}

auto object::texts(std::string_view name) const -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  if (json::kind_of(raw(name)) == json::kind::string) {
    out.push_back(text(name));
  }
  for (const auto one : list(name)) {
    if (auto said = json::as_string(one)) {
      out.push_back(std::move(*said));
    }
  }
  return out;
}

auto elements_of(std::string_view array) -> std::vector<std::string_view> {
  auto out = std::vector<std::string_view>();
  json::for_each_element(array, [&](std::string_view one) {
    out.push_back(one);
    return out.size() < elements_max;
  });
  return out;
}

} // namespace core::triage
