#include "scenarios/serve/odd_token.hpp"

#include "mock_graph/login/access_token.hpp"

#include <algorithm>
#include <array>

namespace scenarios::serve {
namespace {

namespace login = mock_graph::login;

constexpr auto kind_words = std::to_array<std::pair<std::string_view, token_kind>>(
    {{"good", token_kind::good},
     {"expired", token_kind::expired},
     {"wrong_audience", token_kind::wrong_audience},
     {"bad_signature", token_kind::bad_signature}});

constexpr auto token_seconds = std::int64_t{3599};
/// What a token is for that is for none of the APIs here.
constexpr auto other_audience = "https://vault.azure.net";

/// Another letter of base64url at the start of the signature.
void spoil_signature(std::string& jwt) {
  auto& letter = jwt[jwt.rfind('.') + 1];
  letter = letter == 'A' ? 'B' : 'A';
}

} // namespace

auto token_kind_of(std::string_view word) -> std::optional<token_kind> {
  const auto found = std::ranges::find(kind_words, word, [](const auto& one) { return one.first; });
  return found == kind_words.end() ? std::nullopt : std::optional(found->second);
}

auto odd_token(token_kind kind,
               login::api which,
               const mock_graph::tenant::standing& tenant,
               const login::signing_key& key,
               seams::instant now,
               std::uint64_t serial) -> std::string {
  const auto* cloud = login::find_cloud(tenant.cloud);
  auto order = login::token_order();
  order.app = &tenant.applications.front();
  order.tenant.id = tenant.tenant_id;
  order.resource = which;
  order.audience =
      kind == token_kind::wrong_audience
          ? other_audience
          : login::audiences(cloud == nullptr ? login::clouds().front() : *cloud, which).front();
  const auto issued_at =
      kind == token_kind::expired ? now - 2 * std::chrono::seconds{token_seconds} : now;
  auto out = login::issue_token(order, key, issued_at, token_seconds, tenant.seed, serial).jwt;
  if (kind == token_kind::bad_signature) {
    spoil_signature(out);
  }
  return out;
}

} // namespace scenarios::serve
