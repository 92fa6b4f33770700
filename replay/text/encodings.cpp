#include "replay/text/encodings.hpp"

namespace replay::text {
namespace {

constexpr auto hex_digits = std::string_view("0123456789abcdef");
constexpr auto percent_digits = std::string_view("0123456789ABCDEF");

auto is_high_half(std::uint32_t unit) -> bool {
  return unit >= 0xd800 && unit <= 0xdbff;
}
auto is_low_half(std::uint32_t unit) -> bool {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

void append_unit(std::string& out, std::uint32_t unit, byte_order order) {
  const auto low = static_cast<char>(unit & 0xffU);
  const auto high = static_cast<char>((unit >> 8U) & 0xffU);
  out += order == byte_order::little ? low : high;
  out += order == byte_order::little ? high : low;
}

auto unit_at(std::string_view bytes, std::size_t at, byte_order order) -> std::uint32_t {
  const auto first = std::uint32_t{static_cast<unsigned char>(bytes[at])};
  const auto second = std::uint32_t{static_cast<unsigned char>(bytes[at + 1])};
  return order == byte_order::little ? first | (second << 8U) : second | (first << 8U);
}

/// The code point of the well-formed sequence `text`.
auto code_of(std::string_view text) -> std::uint32_t {
  constexpr std::uint32_t masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  auto code = static_cast<unsigned char>(text[0]) & masks[text.size()];
  for (const auto c : text.substr(1)) {
    code = (code << 6U) | (static_cast<unsigned char>(c) & 0x3fU);
  }
  return code;
}

} // namespace

auto to_hex(std::string_view bytes) -> std::string {
  auto out = std::string();
  out.reserve(bytes.size() * 2);
  for (const auto c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += hex_digits[byte >> 4U];
    out += hex_digits[byte & 15U];
  }
  return out;
}

auto from_hex(std::string_view text) -> std::optional<std::string> {
  if (text.size() % 2 != 0) {
    return std::nullopt;
  }
  auto out = std::string();
  out.reserve(text.size() / 2);
  for (auto i = std::size_t{0}; i < text.size(); i += 2) {
    const auto high = hex_value(text[i]);
    const auto low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

auto percent_decoded(std::string_view text) -> std::string {
  auto out = std::string();
  out.reserve(text.size());
  for (auto i = std::size_t{0}; i < text.size(); ++i) {
    const auto is_escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                           hex_value(text[i + 2]) >= 0;
    if (is_escape) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

auto percent_encoded(std::string_view text, std::string_view also_plain) -> std::string {
  constexpr auto unreserved = std::string_view("-._~");
  auto out = std::string();
  for (const auto c : text) {
    const auto plain = is_letter(c) || is_decimal(c) ||
                       unreserved.find(c) != std::string_view::npos ||
                       also_plain.find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += percent_digits[static_cast<unsigned char>(c) >> 4U];
      out += percent_digits[static_cast<unsigned char>(c) & 15U];
    }
  }
  return out;
}

auto utf8_length(std::string_view text) -> std::size_t {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto tails = [&](std::size_t count) {
    for (auto i = std::size_t{1}; i <= count; ++i) {
      if (i >= text.size() || (byte(i) & 0xc0U) != 0x80) {
        return false;
      }
    }
    return true;
  };
  if (text.empty() || byte(0) < 0x80) {
    return text.empty() ? 0 : 1;
  }
  const auto first = byte(0);
  if (first >= 0xc2 && first <= 0xdf) {
    return tails(1) ? 2 : 0;
  }
  if ((first & 0xf0U) == 0xe0) {
    const auto good =
        tails(2) && !(first == 0xe0 && byte(1) < 0xa0) && !(first == 0xed && byte(1) > 0x9f);
    return good ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const auto good =
        tails(3) && !(first == 0xf0 && byte(1) < 0x90) && !(first == 0xf4 && byte(1) > 0x8f);
    return good ? 4 : 0;
  }
  return 0;
}

auto is_utf8(std::string_view text) -> bool {
  while (!text.empty()) {
    const auto length = utf8_length(text);
    if (length == 0) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

auto as_utf8(std::string_view bytes) -> std::string {
  auto out = std::string();
  while (!bytes.empty()) {
    const auto length = utf8_length(bytes);
    if (length == 0) {
      append_utf8(out, 0xfffd);
    } else {
      out += bytes.substr(0, length);
    }
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto half = is_high_half(code) || is_low_half(code);
  code = half || code > 0x10ffff ? 0xfffd : code;
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

auto to_utf16(std::string_view text, byte_order order) -> std::string {
  auto out = std::string();
  while (!text.empty()) {
    const auto length = utf8_length(text);
    const auto code = length == 0 ? 0xfffdU : code_of(text.substr(0, length));
    if (code >= 0x10000) {
      append_unit(out, 0xd800U + ((code - 0x10000U) >> 10U), order);
      append_unit(out, 0xdc00U + ((code - 0x10000U) & 0x3ffU), order);
    } else {
      append_unit(out, code, order);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

auto from_utf16(std::string_view bytes, byte_order order) -> std::optional<std::string> {
  if (bytes.size() % 2 != 0) {
    return std::nullopt;
  }
  auto out = std::string();
  for (auto at = std::size_t{0}; at < bytes.size(); at += 2) {
    const auto unit = unit_at(bytes, at, order);
    if (!is_high_half(unit) && !is_low_half(unit)) {
      append_utf8(out, unit);
      continue;
    }
    const auto low = at + 4 <= bytes.size() ? unit_at(bytes, at + 2, order) : 0;
    if (!is_high_half(unit) || !is_low_half(low)) {
      return std::nullopt;
    }
    append_utf8(out, 0x10000U + ((unit - 0xd800U) << 10U) + (low - 0xdc00U));
    at += 2;
  }
  return out;
}

} // namespace replay::text
