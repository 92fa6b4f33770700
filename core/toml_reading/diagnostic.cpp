#include "core/toml_reading/diagnostic.hpp"

#include <string_view>

namespace core::toml_reading {

namespace {

constexpr std::size_t quoted_bytes_max = 80;

void append_visible(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (c == '\n') {
    out += "\\n";
  } else if (byte < 0x20 || byte == 0x7f) {
    out += "\\x";
    out += digits[byte >> 4U];
    out += digits[byte & 0xfU];
  } else {
    out += c;
  }
}

/// Cuts at a character border, so that the rest stays valid UTF-8.
auto shortened(std::string_view text) -> std::string_view {
  auto size = quoted_bytes_max;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) {
    --size;
  }
  return text.substr(0, size);
}

} // namespace

auto in_quotes(std::string_view text) -> std::string {
  const auto whole = text.size() <= quoted_bytes_max;
  auto out = std::string{"\""};
  for (const auto c : whole ? text : shortened(text)) {
    append_visible(out, c);
  }
  out += whole ? "\"" : "...\"";
  return out;
}

auto to_text(const diagnostic& what) -> std::string {
  auto out =
      what.file + ":" + std::to_string(what.at.line) + ":" + std::to_string(what.at.column) + ": ";
  for (const auto c : what.message) {
    append_visible(out, c);
  }
  if (!what.expected.empty()) {
    out += "; expected " + what.expected;
  }
  if (!what.nearest.empty()) {
    out += "; did you mean " + in_quotes(what.nearest) + "?";
  }
  return out;
}

} // namespace core::toml_reading
