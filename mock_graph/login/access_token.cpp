#include "mock_graph/login/access_token.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/jwt.hpp"

#include <algorithm>

namespace mock_graph::login {
namespace {

constexpr auto dated_back = std::int64_t{300};

/// The claims of a published role-less token, then `roles` and `idtyp`.
auto claims_of(const token_order& order, const issued_token& token, const auto& draw)
    -> nlohmann::ordered_json {
  const auto issuer = "https://sts.windows.net/" + order.tenant.id + '/';
  auto out = nlohmann::ordered_json();
  out["aud"] = order.audience;
  out["iss"] = issuer;
  out["iat"] = token.not_before;
  out["nbf"] = token.not_before;
  out["exp"] = token.expires_on;
  out["aio"] = draw("aio", 30);
  out["appid"] = order.app->client_id;
  out["appidacr"] = std::to_string(static_cast<int>(order.proof));
  out["idp"] = issuer;
  out["oid"] = order.app->service_principal_id;
  out["rh"] = "1." + draw("rh", 24) + '.';
  out["sub"] = order.app->service_principal_id;
  out["tid"] = order.tenant.id;
  out["uti"] = draw("uti", 16);
  out["ver"] = "1.0";
  if (!token.roles.empty()) {
    out["roles"] = token.roles;
  }
  out["idtyp"] = "app";
  return out;
}

} // namespace

auto opaque(std::uint64_t seed, std::string_view name, std::size_t bytes) -> std::string {
  auto out = std::string();
  for (auto i = 0; out.size() < bytes; ++i) {
    auto part = seams::mix(seed, std::string(name) + '.' + std::to_string(i));
    for (auto k = 0; k < 8; ++k, part >>= 8U) {
      out += static_cast<char>(part & 255U);
    }
  }
  out.resize(bytes);
  return base64url_encode(out);
}

auto granted_roles(const tenant::application& app, api resource, seams::instant now)
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& grant : app.grants) {
    if (grant.from <= now && now < grant.until && resolve_anywhere(grant.resource) == resource &&
        std::ranges::find(out, grant.role) == out.end()) {
      out.push_back(grant.role);
    }
  }
  return out;
}

auto issue_token(const token_order& order,
                 const signing_key& key,
                 seams::instant now,
                 std::int64_t lifetime,
                 std::uint64_t seed,
                 std::uint64_t serial) -> issued_token {
  const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  auto out = issued_token{};
  out.roles = granted_roles(*order.app, order.resource, now);
  out.expires_in = lifetime;
  out.not_before = second - dated_back;
  out.expires_on = second + lifetime + 1;
  auto header = nlohmann::ordered_json();
  header["typ"] = "JWT";
  header["alg"] = "RS256";
  header["x5t"] = key.kid();
  header["kid"] = key.kid();
  const auto draw = [&](const char* claim, std::size_t bytes) {
    return opaque(seed, std::string(claim) + ' ' + std::to_string(serial), bytes);
  };
  out.jwt = sign_jws(header, claims_of(order, out, draw), jws_algorithm::rs256, key);
  return out;
}

} // namespace mock_graph::login
