#include "core/auth/claims_challenge.hpp"

#include "core/auth/base64.hpp"
#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <string_view>

namespace core::auth {
namespace {

constexpr auto claims_bytes_max = std::size_t{8} << 10U;

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
  auto claims = from_base64(value.substr(0, length));
  if (!claims || !json::check(*claims) || json::kind_of(*claims) != json::kind::object) {
    return std::nullopt;
  }
  return claims;
}

} // namespace core::auth
