#include "core/auth/token_claims.hpp"

#include "core/auth/base64.hpp"
#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <algorithm>

namespace core::auth {
namespace {

constexpr auto token_bytes_max = std::size_t{64} << 10U;
constexpr auto roles_max = std::size_t{1000};
constexpr auto claim_bytes_max = std::size_t{256};
constexpr auto last_second = std::int64_t{253'402'300'799}; // 9999-12-31T23:59:59Z

/// A printable text of moderate length, or "".
auto claim_text(std::string_view slice) -> std::string {
  auto text = json::as_string(slice).value_or("");
  const auto fits = text.size() <= claim_bytes_max &&
                    std::ranges::all_of(text, [](char c) { return c >= ' ' && c != '\x7f'; });
  return fits ? text : std::string();
}

auto claim(std::string_view claims, std::string_view name) -> std::string {
  const auto slice = json::member(claims, name);
  return slice ? claim_text(*slice) : std::string();
}

auto roles_in(std::string_view claims) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  if (const auto list = json::member(claims, "roles")) {
    json::for_each_element(*list, [&](std::string_view element) {
      if (auto role = claim_text(element); !role.empty()) {
        out.push_back(std::move(role));
      }
      return out.size() < roles_max;
    });
  }
  return out;
}

auto expiry_in(std::string_view claims) -> std::optional<seams::instant> {
  const auto slice = json::member(claims, "exp");
  const auto second = slice ? json::as_int64(*slice) : std::nullopt;
  return second && *second >= 0 && *second <= last_second
             ? std::optional(seams::instant{std::chrono::seconds{*second}})
             : std::nullopt;
}

} // namespace

auto read_token(std::string_view jwt) -> std::optional<token_claims> {
  const auto first = jwt.find('.');
  const auto second = first == jwt.npos ? jwt.npos : jwt.find('.', first + 1);
  if (second == jwt.npos || jwt.size() > token_bytes_max) {
    return std::nullopt;
  }
  const auto claims = from_base64(jwt.substr(first + 1, second - first - 1));
  if (!claims || !json::check(*claims) || json::kind_of(*claims) != json::kind::object) {
    return std::nullopt;
  }
  const auto v1 = claim(*claims, "appid");
  return token_claims{claim(*claims, "aud"),
                      claim(*claims, "tid"),
                      v1.empty() ? claim(*claims, "azp") : v1,
                      roles_in(*claims),
                      json::member(*claims, "scp").has_value(),
                      expiry_in(*claims)};
}

} // namespace core::auth
