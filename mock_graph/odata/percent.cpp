#include "mock_graph/odata/percent.hpp"

#include <algorithm>

namespace mock_graph::odata {
namespace {

auto hex_digit(char c) -> int {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return -1;
}

/// The byte that the escape at `at` stands for, or -1.
auto escaped_byte(std::string_view text, std::size_t at) -> int {
  if (at + 2 >= text.size()) {
    return -1;
  }
  const auto high = hex_digit(text[at + 1]);
  const auto low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

enum class form { segment, query };

auto decode(std::string_view text, form as) -> std::optional<std::string> {
  auto out = std::string{};
  out.reserve(text.size());
  for (auto i = std::size_t{0}; i < text.size(); ++i) {
    if (text[i] == '%') {
      const auto byte = escaped_byte(text, i);
      if (byte < 0 && as == form::segment) {
        return {};
      }
      out += byte < 0 ? '%' : static_cast<char>(byte);
      i += byte < 0 ? 0 : 2;
    } else {
      out += text[i] == '+' && as == form::query ? ' ' : text[i];
    }
  }
  const auto clean = is_utf8(out) && out.find('\0') == std::string::npos;
  return clean ? std::optional{std::move(out)} : std::nullopt;
}

auto is_unreserved(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view{"-._~"}.find(c) != std::string_view::npos;
}

void append_escape(std::string& out, char c) {
  constexpr auto digits = std::string_view{"0123456789ABCDEF"};
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 0x0FU];
}

/// How many bytes the sequence led by `lead` has, and the bounds of its second byte; 0: no lead.
struct sequence {
  std::size_t length;
  unsigned char second_min;
  unsigned char second_max;
};

auto sequence_of(unsigned char lead) -> sequence {
  if (lead < 0x80) {
    return {1, 0, 0};
  }
  if (lead >= 0xC2 && lead <= 0xDF) {
    return {2, 0x80, 0xBF};
  }
  if (lead >= 0xE0 && lead <= 0xEF) {
    return {3,
            static_cast<unsigned char>(lead == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(lead == 0xED ? 0x9F : 0xBF)};
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    return {4,
            static_cast<unsigned char>(lead == 0xF0 ? 0x90 : 0x80),
            static_cast<unsigned char>(lead == 0xF4 ? 0x8F : 0xBF)};
  }
  return {0, 0, 0};
}

} // namespace

auto is_utf8(std::string_view bytes) -> bool {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  for (auto i = std::size_t{0}; i < bytes.size();) {
    const auto found = sequence_of(at(i));
    if (found.length == 0 || i + found.length > bytes.size()) {
      return false;
    }
    if (found.length > 1 && (at(i + 1) < found.second_min || at(i + 1) > found.second_max)) {
      return false;
    }
    for (auto k = i + 2; k < i + found.length; ++k) {
      if ((at(k) & 0xC0U) != 0x80U) {
        return false;
      }
    }
    i += found.length;
  }
  return true;
}

auto decode_segment(std::string_view text) -> std::optional<std::string> {
  return decode(text, form::segment);
}

auto decode_query(std::string_view text) -> std::optional<std::string> {
  return decode(text, form::query);
}

auto encode(std::string_view text) -> std::string {
  auto out = std::string{};
  for (const auto c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      append_escape(out, c);
    }
  }
  return out;
}

auto mend(std::string_view part) -> std::string {
  constexpr auto kept = std::string_view{"!$&'()*+,;=:@/?"};
  auto out = std::string{};
  for (auto i = std::size_t{0}; i < part.size(); ++i) {
    const auto stays = part[i] == '%'
                           ? escaped_byte(part, i) >= 0
                           : is_unreserved(part[i]) || kept.find(part[i]) != std::string_view::npos;
    if (stays) {
      out += part[i];
    } else {
      append_escape(out, part[i]);
    }
  }
  return out;
}

} // namespace mock_graph::odata
