#include "core/auth/claims_challenge.hpp"

#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <cstdint>
#include <string_view>

namespace core::auth {
namespace {

constexpr auto claims_bytes_max = std::size_t{8} << 10U;

/// The value of a base64 digit of either alphabet, or -1.
auto digit_of(char c) -> int {
  constexpr auto digits =
      std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  const auto plain = c == '-' ? '+' : c == '_' ? '/' : c;
  const auto at = digits.find(plain);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

auto decoded(std::string_view text) -> std::optional<std::string> {
  auto out = std::string();
  auto bits = std::uint32_t{0};
  auto held = 0;
  for (const auto c : text.substr(0, text.find('='))) {
    const auto digit = digit_of(c);
    if (digit < 0) {
      return std::nullopt;
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xffU);
    }
  }
  return out;
}

} // namespace

auto claims_challenge(const seams::headers& fields) -> std::optional<std::string> {
  constexpr auto opening = std::string_view("claims=\"");
  const auto field = fields.find("WWW-Authenticate");
  if (!field) {
    return std::nullopt;
  }
  const auto start = field->find(opening);
  if (start == std::string_view::npos || start == 0) {
    return std::nullopt;
  }
  const auto before = (*field)[start - 1]; // not the end of error="insufficient_claims"
  const auto value = field->substr(start + opening.size());
  const auto length = value.find('"');
  if ((before != ' ' && before != ',') || length == std::string_view::npos ||
      length > claims_bytes_max) {
    return std::nullopt;
  }
  auto claims = decoded(value.substr(0, length));
  if (!claims || !json::check(*claims) || json::kind_of(*claims) != json::kind::object) {
    return std::nullopt;
  }
  return claims;
}

} // namespace core::auth
