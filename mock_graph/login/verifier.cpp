#include "mock_graph/login/verifier.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/login/clouds.hpp"
#include "mock_graph/login/jwt.hpp"

#include <algorithm>
#include <stdexcept>

namespace mock_graph::login {
namespace {

using namespace std::chrono_literals;

constexpr auto leeway = 5min;

/// The token of "Bearer <token>"; empty if there is none, nothing for another scheme.
auto bearer(std::string_view field) -> std::optional<std::string_view> {
  constexpr auto scheme = std::string_view("Bearer");
  const auto space = field.find(' ');
  if (!seams::equal_ignoring_case(field.substr(0, space), scheme)) {
    return std::nullopt;
  }
  const auto start = field.find_first_not_of(' ', scheme.size());
  return start == field.npos ? std::string_view() : field.substr(start);
}

auto roles_of(const nlohmann::json& claims) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto found = claims.find("roles");
  if (found != claims.end() && found->is_array()) {
    for (const auto& role : *found) {
      if (role.is_string()) {
        out.push_back(role.get<std::string>());
      }
    }
  }
  return out;
}

auto token_of(const nlohmann::json& claims) -> std::optional<verified_token> {
  const auto text = [&](const char* name) { return text_of(claims, name).value_or(""); };
  const auto from = date_of(claims, "nbf");
  const auto until = date_of(claims, "exp");
  auto out = verified_token{text("aud"),
                            text("iss"),
                            text("tid"),
                            text("appid"),
                            text("oid"),
                            text("uti"),
                            roles_of(claims),
                            from.value_or(seams::instant()),
                            until.value_or(seams::instant())};
  const auto whole =
      from && until && !out.audience.empty() && !out.tenant_id.empty() && !out.app_id.empty();
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

auto is_of_tenant(const verified_token& token, std::string_view tenant_id) -> bool {
  const auto issuer = "https://sts.windows.net/" + std::string(tenant_id) + '/';
  return seams::equal_ignoring_case(token.tenant_id, tenant_id) &&
         seams::equal_ignoring_case(token.issuer, issuer);
}

} // namespace

void throw_exception_from_error(const token_refusal& error, const boost::source_location&) {
  throw std::logic_error("value() of a refused token: fault " +
                         std::to_string(static_cast<int>(error.kind)));
}

auto verified_token::has_role(std::string_view role) const -> bool {
  return std::ranges::find(roles, role) != roles.end();
}

void token_verifier::remember(std::string jwt, verified_token token) {
  if (oldest_first_.size() >= remembered_) {
    tokens_.erase(oldest_first_.front());
    oldest_first_.pop_front();
  }
  oldest_first_.push_back(jwt);
  tokens_.emplace(std::move(jwt), std::move(token));
}

auto token_verifier::known(std::string_view jwt) -> reading {
  auto text = std::string(jwt);
  if (const auto found = tokens_.find(text); found != tokens_.end()) {
    return &found->second;
  }
  const auto parsed = parse_jws(jwt);
  if (!parsed) {
    return token_refusal(token_fault::malformed);
  }
  ++signature_checks_;
  if (text_of(parsed->header, "kid") != key_.kid() ||
      !login::verify(*parsed, jws_algorithm::rs256, key_.verification_key())) {
    return token_refusal(token_fault::bad_signature);
  }
  auto token = token_of(parsed->claims);
  if (!token) {
    return token_refusal(token_fault::malformed);
  }
  remember(text, std::move(*token));
  return &tokens_.at(text);
}

auto token_verifier::verify(std::optional<std::string_view> authorization,
                            std::span<const std::string> audiences,
                            std::string_view tenant_id,
                            seams::instant now) -> result {
  if (authorization.value_or("").empty()) {
    return token_refusal(token_fault::missing);
  }
  const auto jwt = bearer(*authorization);
  if (!jwt || jwt->empty()) {
    return token_refusal(jwt ? token_fault::missing : token_fault::malformed);
  }
  const auto token = known(*jwt);
  if (!token) {
    return token.error();
  }
  const auto& claims = **token;
  const auto is_ours = [&](const std::string& each) {
    return same_audience(each, claims.audience);
  };
  if (!std::ranges::any_of(audiences, is_ours)) {
    auto why = token_refusal(token_fault::wrong_audience);
    why.audience = claims.audience;
    return why;
  }
  if (!is_of_tenant(claims, tenant_id)) {
    auto why = token_refusal(token_fault::wrong_tenant);
    why.issuer = claims.issuer;
    return why;
  }
  if (now >= claims.expires) {
    auto why = token_refusal(token_fault::expired);
    why.expired_at = claims.expires;
    return why;
  }
  if (now < claims.not_before - leeway) {
    return token_refusal(token_fault::not_yet_valid);
  }
  return claims;
}

} // namespace mock_graph::login
