#include "core/auth/assertion.hpp"

#include "core/auth/base64.hpp"

#include <nlohmann/json.hpp>

namespace core::auth {
namespace {

constexpr auto assertion_life = std::chrono::minutes{5};

auto header_of(const key_pair& pair, const assertion_form& how) -> nlohmann::ordered_json {
  const auto thumbprint_form = how.padded ? base64_form::url_padded : base64_form::url;
  const auto& certificate = pair.certificate();
  auto out = nlohmann::ordered_json();
  if (how.scheme == signature_scheme::ps256) {
    out["alg"] = "PS256";
    out["typ"] = "JWT";
    out["x5t#S256"] = to_base64(certificate.sha256, thumbprint_form);
  } else {
    out["alg"] = "RS256";
    out["typ"] = "JWT";
    out["x5t"] = to_base64(certificate.sha1, thumbprint_form);
  }
  return out;
}

auto claims_of(const assertion_facts& about) -> nlohmann::ordered_json {
  const auto seconds = [](seams::instant at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  };
  auto out = nlohmann::ordered_json();
  out["aud"] = about.audience;
  out["iss"] = about.client_id;
  out["sub"] = about.client_id;
  out["jti"] = about.id;
  out["nbf"] = seconds(about.now);
  out["iat"] = seconds(about.now);
  out["exp"] = seconds(about.now + assertion_life);
  return out;
}

/// A client id that is no UTF-8 must not throw: it is refused by the login like any other.
auto part(const nlohmann::ordered_json& what) -> std::string {
  const auto text = what.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return to_base64(text, base64_form::url);
}

} // namespace

auto make_assertion(const key_pair& pair, const assertion_form& how, const assertion_facts& about)
    -> std::string {
  const auto signed_part = part(header_of(pair, how)) + '.' + part(claims_of(about));
  return signed_part + '.' + to_base64(pair.sign(how.scheme, signed_part), base64_form::url);
}

} // namespace core::auth
