#pragma once
// Base64 as tokens, thumbprints and key sets write it (RFC 4648, sections 4 and 5).
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mock_graph::login {

namespace detail {

inline constexpr auto base64_plain =
    std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
inline constexpr auto base64_url =
    std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

inline auto base64_encode_with(std::string_view bytes, std::string_view alphabet) -> std::string {
  auto out = std::string();
  out.reserve((bytes.size() + 2) / 3 * 4);
  auto held = std::uint32_t{0};
  auto bits = 0U;
  for (const auto byte : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) {
      out += alphabet[(held >> (bits - 6)) & 63U];
    }
  }
  if (bits != 0) {
    out += alphabet[(held << (6 - bits)) & 63U];
  }
  return out;
}

/// The six bits that `c` stands for in either alphabet, or 64.
inline auto base64_value(char c) -> std::uint32_t {
  if (c == '-' || c == '_') {
    return c == '-' ? 62 : 63;
  }
  const auto at = base64_plain.find(c);
  return at == std::string_view::npos ? 64 : static_cast<std::uint32_t>(at);
}

} // namespace detail

/// The URL-safe alphabet without padding, as RFC 7515 wants it.
[[nodiscard]] inline auto base64url_encode(std::string_view bytes) -> std::string {
  return detail::base64_encode_with(bytes, detail::base64_url);
}

/// The ordinary alphabet with padding: `x5c` and HTTP Basic.
[[nodiscard]] inline auto base64_encode(std::string_view bytes) -> std::string {
  auto out = detail::base64_encode_with(bytes, detail::base64_plain);
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

/// Bytes of `text` in either alphabet, padded or not: MSAL Python pads its thumbprints, others do
/// not. Nothing if `text` is longer than `limit` characters, holds anything else (white space
/// too), or has spare bits set: one byte string has one spelling, or a changed last character of
/// a signature would go unseen.
[[nodiscard]] inline auto base64_decode(std::string_view text, std::size_t limit)
    -> std::optional<std::string> {
  if (text.size() > limit) {
    return std::nullopt;
  }
  for (auto padding = 0; padding < 2 && text.ends_with('='); ++padding) {
    text.remove_suffix(1);
  }
  auto out = std::string();
  out.reserve(text.size() * 3 / 4);
  auto held = std::uint32_t{0};
  auto bits = 0U;
  for (const auto c : text) {
    const auto value = detail::base64_value(c);
    if (value == 64) {
      return std::nullopt;
    }
    held = (held << 6U) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>((held >> bits) & 255U);
    }
  }
  const auto spare = held & ((1U << bits) - 1U);
  return bits < 6 && spare == 0 ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace mock_graph::login
