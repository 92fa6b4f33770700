#include "replay/import/text_encoding.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace replay {
namespace {

enum class unit_order { little, big };

auto not_text(std::size_t offset, std::string_view encoding) -> seams::failure {
  return {seams::reaction::stop_and_diagnose,
          "no_text",
          "is no text: byte " + std::to_string(offset) + " is no " + std::string(encoding)};
}

void append_code_point(std::string& out, std::uint32_t code) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | (code >> shift & 0x3FU));
  };
  if (code < 0x80U) {
    out += static_cast<char>(code);
  } else if (code < 0x800U) {
    out += static_cast<char>(0xC0U | code >> 6U);
    tail(0);
  } else if (code < 0x10000U) {
    out += static_cast<char>(0xE0U | code >> 12U);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

auto utf16_unit(std::string_view bytes, std::size_t at, unit_order order) -> std::uint32_t {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return order == unit_order::little ? static_cast<std::uint32_t>(second << 8U | first)
                                     : static_cast<std::uint32_t>(first << 8U | second);
}

/// A lone half of a pair becomes U+FFFD, as a text cut in the middle of an emoji has one.
auto from_utf16(std::string_view bytes, unit_order order) -> seams::result<std::string> {
  if (bytes.size() % 2 != 0) {
    return not_text(bytes.size() - 1, "UTF-16");
  }
  auto out = std::string();
  out.reserve(bytes.size());
  for (auto at = std::size_t{0}; at < bytes.size(); at += 2) {
    auto code = utf16_unit(bytes, at, order);
    if (code >= 0xD800U && code < 0xE000U) {
      const auto next = at + 3 < bytes.size() ? utf16_unit(bytes, at + 2, order) : 0;
      const auto pair = code < 0xDC00U && next >= 0xDC00U && next < 0xE000U;
      code = pair ? 0x10000U + ((code - 0xD800U) << 10U) + (next - 0xDC00U) : 0xFFFDU;
      at += pair ? 2 : 0;
    }
    append_code_point(out, code);
  }
  return out;
}

/// Where the UTF-8 sequence at `at` ends; nothing if it is none.
auto sequence_end(std::string_view text, std::size_t at) -> std::optional<std::size_t> {
  const auto lead = static_cast<unsigned char>(text[at]);
  const auto length = lead < 0x80U                    ? 1U
                      : lead >= 0xC2U && lead < 0xE0U ? 2U
                      : lead >= 0xE0U && lead < 0xF0U ? 3U
                      : lead >= 0xF0U && lead < 0xF5U ? 4U
                                                      : 0U;
  if (length == 0 || at + length > text.size()) {
    return std::nullopt;
  }
  for (auto i = at + 1; i < at + length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      return std::nullopt;
    }
  }
  return at + length;
}

auto checked_utf8(std::string text) -> seams::result<std::string> {
  for (auto at = std::size_t{0}; at < text.size();) {
    const auto end = text[at] == '\0' ? std::nullopt : sequence_end(text, at);
    if (!end) {
      return not_text(at, "UTF-8");
    }
    at = *end;
  }
  return text;
}

} // namespace

auto to_utf8(std::string bytes) -> seams::result<std::string> {
  if (bytes.starts_with("\xff\xfe")) {
    return from_utf16(std::string_view(bytes).substr(2), unit_order::little);
  }
  if (bytes.starts_with("\xfe\xff")) {
    return from_utf16(std::string_view(bytes).substr(2), unit_order::big);
  }
  if (bytes.size() >= 2 && bytes[0] != '\0' && bytes[1] == '\0') {
    return from_utf16(bytes, unit_order::little);
  }
  if (bytes.size() >= 2 && bytes[0] == '\0' && bytes[1] != '\0') {
    return from_utf16(bytes, unit_order::big);
  }
  return checked_utf8(bytes.starts_with("\xef\xbb\xbf") ? bytes.substr(3) : std::move(bytes));
}

} // namespace replay
