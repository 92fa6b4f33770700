#include "core/json/slice.hpp"

#include "core/json/scan.hpp"

#include <charconv>

namespace core::json {
namespace {

/// Past the string whose opening quote is at `at`, or nullptr if it does not end.
auto past_string(const char* at, const char* end) -> const char* {
  ++at;
  for (;;) {
    at = detail::skip_until<detail::ends_or_escapes>(at, end);
    if (at == end) {
      return nullptr;
    }
    if (*at == '"') {
      return at + 1;
    }
    if (end - at < 2) {
      return nullptr;
    }
    at += 2;
  }
}

/// Past the object or array whose bracket is at `at`, or nullptr if it does not end.
auto past_container(const char* at, const char* end) -> const char* {
  auto depth = std::size_t{0};
  while (at != nullptr && at != end) {
    switch (*at) {
    case '"':
      at = past_string(at, end);
      continue;
    case '{':
    case '[':
      ++depth;
      break;
    case '}':
    case ']':
      if (--depth == 0) {
        return at + 1;
      }
      break;
    default:
      break;
    }
    ++at;
  }
  return nullptr;
}

auto past_scalar(const char* at, const char* end) -> const char* {
  const auto* const first = at;
  while (at != end && !detail::is_space(*at) && *at != ',' && *at != ']' && *at != '}') {
    ++at;
  }
  return at == first ? nullptr : at;
}

auto past_value(const char* at, const char* end) -> const char* {
  if (at == end) {
    return nullptr;
  }
  switch (*at) {
  case '"':
    return past_string(at, end);
  case '{':
  case '[':
    return past_container(at, end);
  default:
    return past_scalar(at, end);
  }
}

auto between(const char* first, const char* last) -> std::string_view {
  return {first, static_cast<std::size_t>(last - first)};
}

void append_utf8(std::string& out, unsigned code) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((code >> shift) & 0x3fU));
  };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

constexpr auto is_high_half(int unit) -> bool {
  return unit >= 0xd800 && unit <= 0xdbff;
}
constexpr auto is_low_half(int unit) -> bool {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/// Appends what the escape `\u` at `at` and its other half, if there is one, stand for.
auto append_unicode_escape(std::string& out, const char* at, const char* end) -> const char* {
  constexpr auto replacement = 0xfffdU;
  const auto unit = detail::hex4(at + 2, end);
  if (unit < 0) {
    return nullptr;
  }
  at += 6;
  if (is_high_half(unit) && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
    if (const auto low = detail::hex4(at + 2, end); is_low_half(low)) {
      append_utf8(out,
                  0x10000U + (static_cast<unsigned>(unit - 0xd800) << 10U) +
                      static_cast<unsigned>(low - 0xdc00));
      return at + 6;
    }
  }
  const auto half = is_high_half(unit) || is_low_half(unit);
  append_utf8(out, half ? replacement : static_cast<unsigned>(unit));
  return at;
}

/// Appends what the escape at `at` stands for and moves past it; nullptr if there is no such one.
auto append_escape(std::string& out, const char* at, const char* end) -> const char* {
  constexpr auto letters = std::string_view("\"\\/bfnrt");
  constexpr auto meanings = std::string_view("\"\\/\b\f\n\r\t");
  if (end - at < 2) {
    return nullptr;
  }
  if (at[1] == 'u') {
    return append_unicode_escape(out, at, end);
  }
  const auto which = letters.find(at[1]);
  if (which == std::string_view::npos) {
    return nullptr;
  }
  out += meanings[which];
  return at + 2;
}

} // namespace

auto body(std::string_view text) -> std::string_view {
  if (text.starts_with(detail::byte_order_mark)) {
    text.remove_prefix(detail::byte_order_mark.size());
  }
  while (!text.empty() && detail::is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && detail::is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

auto kind_of(std::string_view slice) -> kind {
  slice = body(slice);
  switch (slice.empty() ? '\0' : slice.front()) {
  case '{':
    return kind::object;
  case '[':
    return kind::array;
  case '"':
    return kind::string;
  case 't':
  case 'f':
    return kind::boolean;
  case 'n':
    return kind::null;
  default:
    const auto number = !slice.empty() && (slice.front() == '-' || detail::is_digit(slice.front()));
    return number ? kind::number : kind::nothing;
  }
}

auto is_null(std::string_view slice) -> bool {
  return body(slice) == "null";
}

reader::reader(std::string_view slice, char opening) {
  slice = body(slice);
  broken_ = slice.empty() || slice.front() != opening;
  slice.remove_prefix(slice.empty() ? 0 : 1);
  at_ = slice.data();
  end_ = at_ + slice.size();
}

/// Moves to the next item; true when there is none.
auto reader::at_end() -> bool {
  if (whole_ || broken_) {
    return true;
  }
  at_ = detail::skip_space(at_, end_);
  if (at_ == end_) {
    broken_ = true;
    return true;
  }
  if (*at_ == ']' || *at_ == '}') {
    whole_ = true;
    return true;
  }
  if (!first_) {
    if (*at_ != ',') {
      broken_ = true;
      return true;
    }
    at_ = detail::skip_space(at_ + 1, end_);
  }
  first_ = false;
  return false;
}

auto reader::take_value() -> std::optional<std::string_view> {
  const auto* const first = at_;
  const auto* const last = past_value(at_, end_);
  if (last == nullptr) {
    broken_ = true;
    return {};
  }
  at_ = last;
  return between(first, last);
}

auto reader::next_element() -> std::optional<std::string_view> {
  if (at_end()) {
    return {};
  }
  return take_value();
}

auto reader::next_member() -> std::optional<member_slice> {
  if (at_end()) {
    return {};
  }
  broken_ = at_ == end_ || *at_ != '"';
  const auto name = broken_ ? std::nullopt : take_value();
  if (!name) {
    return {};
  }
  at_ = detail::skip_space(at_, end_);
  broken_ = at_ == end_ || *at_ != ':';
  if (broken_) {
    return {};
  }
  at_ = detail::skip_space(at_ + 1, end_);
  const auto value = take_value();
  if (!value) {
    return {};
  }
  return member_slice{name->substr(1, name->size() - 2), *value};
}

auto same_name(std::string_view name_raw, std::string_view name) -> bool {
  if (name_raw.find('\\') == std::string_view::npos) {
    return name_raw == name;
  }
  return unescape(name_raw) == name;
}

auto member(std::string_view object, std::string_view name) -> std::optional<std::string_view> {
  auto found = std::optional<std::string_view>();
  for_each_member(object, [&](std::string_view name_raw, std::string_view value) {
    if (same_name(name_raw, name)) {
      found = value;
    }
  });
  return found;
}

auto find(std::string_view object, std::string_view path) -> std::optional<std::string_view> {
  auto found = std::optional(object);
  for (auto more = true; more && found;) {
    const auto dot = path.find('.');
    more = dot != std::string_view::npos;
    found = member(*found, path.substr(0, dot));
    path.remove_prefix(more ? dot + 1 : path.size());
  }
  return found;
}

auto unescape(std::string_view raw) -> std::optional<std::string> {
  auto out = std::string();
  out.reserve(raw.size());
  const auto* at = raw.data();
  const auto* const end = at + raw.size();
  while (at != end) {
    const auto escape = between(at, end).find('\\');
    if (escape == std::string_view::npos) {
      return out.append(at, end);
    }
    out.append(at, escape);
    at = append_escape(out, at + escape, end);
    if (at == nullptr) {
      return {};
    }
  }
  return out;
}

auto as_string(std::string_view slice) -> std::optional<std::string> {
  slice = body(slice);
  if (slice.size() < 2 || slice.front() != '"' || slice.back() != '"') {
    return {};
  }
  return unescape(slice.substr(1, slice.size() - 2));
}

auto as_int64(std::string_view slice) -> std::optional<std::int64_t> {
  slice = body(slice);
  auto value = std::int64_t{};
  const auto* const end = slice.data() + slice.size();
  const auto [stop, problem] = std::from_chars(slice.data(), end, value);
  if (problem != std::errc() || stop != end) {
    return {};
  }
  return value;
}

auto as_bool(std::string_view slice) -> std::optional<bool> {
  slice = body(slice);
  if (slice == "true") {
    return true;
  }
  return slice == "false" ? std::optional(false) : std::nullopt;
}

} // namespace core::json
