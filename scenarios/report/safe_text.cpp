#include "scenarios/report/safe_text.hpp"

#include <cstddef>

namespace scenarios::report {
namespace {

constexpr auto replacement = std::string_view("\xef\xbf\xbd");

auto byte_at(std::string_view text, std::size_t i) -> unsigned {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

auto is_continuation(unsigned byte) -> bool {
  return (byte & 0xc0U) == 0x80U;
}

/// Length of the character at the start of `text`, 0 if it is no UTF-8 or if XML 1.0 forbids it:
/// overlong forms, surrogates, U+FFFE, U+FFFF, and what lies above U+10FFFF.
auto character(std::string_view text) -> std::size_t {
  const auto a = byte_at(text, 0);
  const auto b = byte_at(text, 1);
  const auto c = byte_at(text, 2);
  if (a < 0x80) {
    return a >= 0x20 || a == '\t' || a == '\n' || a == '\r' ? 1 : 0;
  }
  if (a >= 0xc2 && a <= 0xdf) {
    return is_continuation(b) ? 2 : 0;
  }
  if (a >= 0xe0 && a <= 0xef) {
    const auto sound = is_continuation(b) && is_continuation(c) && !(a == 0xe0 && b < 0xa0) &&
                       !(a == 0xed && b > 0x9f) && !(a == 0xef && b == 0xbf && c >= 0xbe);
    return sound ? 3 : 0;
  }
  if (a >= 0xf0 && a <= 0xf4) {
    const auto sound = is_continuation(b) && is_continuation(c) &&
                       is_continuation(byte_at(text, 3)) && !(a == 0xf0 && b < 0x90) &&
                       !(a == 0xf4 && b > 0x8f);
    return sound ? 4 : 0;
  }
  return 0;
}

auto escape_of(char c) -> std::string_view {
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\t':
    return "&#9;";
  case '\n':
    return "&#10;";
  case '\r':
    return "&#13;";
  default:
    return {};
  }
}

} // namespace

auto for_xml(std::string_view text) -> std::string {
  auto out = std::string();
  while (!text.empty()) {
    const auto size = character(text);
    const auto escape = escape_of(text.front());
    out += size == 0 ? replacement : escape.empty() ? text.substr(0, size) : escape;
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return out;
}

auto for_terminal(std::string_view text) -> std::string {
  auto out = std::string(text);
  for (auto& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    c = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f ? '?' : c;
  }
  return out;
}

} // namespace scenarios::report
