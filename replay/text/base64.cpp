#include "replay/text/base64.hpp"

#include <array>
#include <cstdint>

namespace replay::text {
namespace {

constexpr auto plain_digits =
    std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
constexpr auto url_digits =
    std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
constexpr auto no_digit = std::uint8_t{64};

constexpr auto digit_values() -> std::array<std::uint8_t, 256> {
  auto out = std::array<std::uint8_t, 256>{};
  out.fill(no_digit);
  for (auto i = std::size_t{0}; i < 64; ++i) {
    out[static_cast<unsigned char>(plain_digits[i])] = static_cast<std::uint8_t>(i);
    out[static_cast<unsigned char>(url_digits[i])] = static_cast<std::uint8_t>(i);
  }
  return out;
}

constexpr auto values = digit_values();

auto value_of_digit(char c) -> std::uint8_t {
  return values[static_cast<unsigned char>(c)];
}

auto without_padding(std::string_view text) -> std::optional<std::string_view> {
  const auto size = text.size();
  while (text.ends_with('=') && size - text.size() < 2) {
    text.remove_suffix(1);
  }
  const auto padded_right = text.size() == size || size % 4 == 0;
  return padded_right && text.size() % 4 != 1 ? std::optional(text) : std::nullopt;
}

} // namespace

auto is_base64_digit(char c) -> bool {
  return value_of_digit(c) != no_digit;
}

auto to_base64(std::string_view bytes, base64_form how) -> std::string {
  const auto url = how == base64_form::url || how == base64_form::url_padded;
  const auto digits = url ? url_digits : plain_digits;
  auto out = std::string();
  out.reserve((bytes.size() + 2) / 3 * 4);
  auto bits = std::uint32_t{0};
  auto held = 0U;
  for (const auto byte : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(byte);
    for (held += 8; held >= 6; held -= 6) {
      out += digits[(bits >> (held - 6)) & 63U];
    }
  }
  if (held > 0) {
    out += digits[(bits << (6 - held)) & 63U];
  }
  if (how == base64_form::plain || how == base64_form::url_padded) {
    out.append((4 - out.size() % 4) % 4, '=');
  }
  return out;
}

auto from_base64(std::string_view text) -> std::optional<std::string> {
  const auto digits = without_padding(text);
  const auto mixed = text.find_first_of("+/") != std::string_view::npos &&
                     text.find_first_of("-_") != std::string_view::npos;
  if (!digits || mixed) {
    return std::nullopt;
  }
  auto out = std::string();
  out.reserve(digits->size() * 3 / 4);
  auto bits = std::uint32_t{0};
  auto held = 0U;
  for (const auto c : *digits) {
    const auto value = value_of_digit(c);
    if (value == no_digit) {
      return std::nullopt;
    }
    bits = (bits << 6U) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> held) & 0xffU);
    }
  }
  return out;
}

auto form_of(std::string_view text) -> base64_form {
  const auto url = text.find_first_of("-_") != std::string_view::npos;
  const auto padded = text.ends_with('=') || text.size() % 4 == 0;
  if (url) {
    return text.ends_with('=') ? base64_form::url_padded : base64_form::url;
  }
  return padded ? base64_form::plain : base64_form::plain_unpadded;
}

} // namespace replay::text
