#include "core/auth/base64.hpp"

#include <cstdint>

namespace core::auth {
namespace {

constexpr auto plain_digits =
    std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
constexpr auto url_digits =
    std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

/// The value of a digit of either alphabet, or -1.
auto base64_value(char c) -> int {
  const auto plain = c == '-' ? '+' : c == '_' ? '/' : c;
  const auto at = plain_digits.find(plain);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

} // namespace

auto to_base64(std::string_view bytes, base64_form how) -> std::string {
  const auto digits = how == base64_form::plain ? plain_digits : url_digits;
  auto out = std::string();
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
  if (how != base64_form::url) {
    out.append((4 - out.size() % 4) % 4, '=');
  }
  return out;
}

auto from_base64(std::string_view text) -> std::optional<std::string> {
  auto out = std::string();
  auto bits = std::uint32_t{0};
  auto held = 0U;
  for (const auto c : text.substr(0, text.find('='))) {
    const auto value = base64_value(c);
    if (value < 0) {
      return std::nullopt;
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> held) & 0xffU);
    }
  }
  return out;
}

} // namespace core::auth
