#include "mock_graph/login/credentials.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/certificate.hpp"
#include "mock_graph/login/jwt.hpp"
#include "mock_graph/login/request_parts.hpp"

#include <openssl/crypto.h>

#include <algorithm>

namespace mock_graph::login {
namespace {

using namespace std::chrono_literals;

constexpr auto leeway = 5min;

/// Digests have one length, so neither the length nor the place of a difference shows in the time.
auto same_secret(const seams::digest& a, std::string_view b) -> bool {
  const auto other = seams::sha256(b);
  return CRYPTO_memcmp(a.data(), other.data(), a.size()) == 0;
}

auto upper_hex(std::string_view bytes) -> std::string {
  constexpr auto digits = std::string_view("0123456789ABCDEF");
  auto out = std::string();
  for (const auto c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

/// What the header says of the certificate; raw bytes, empty where it says nothing.
struct thumbprints {
  std::string sha1;
  std::string sha256;

  [[nodiscard]] auto shown() const -> std::string {
    return upper_hex(sha1.empty() ? sha256 : sha1);
  }
};

auto thumbprint(const jws& token, const char* name, std::size_t size) -> granted<std::string> {
  constexpr auto longest = std::size_t{64};
  if (!token.header.contains(name)) {
    return std::string();
  }
  const auto text = text_of(token.header, name);
  auto bytes = text ? base64_decode(*text, longest) : std::nullopt;
  if (!bytes || bytes->size() != size) {
    return errors::invalid_assertion(
        "The certificate thumbprint in the token header is not valid.");
  }
  return std::move(*bytes);
}

auto thumbprints_of(const jws& token) -> granted<thumbprints> {
  const auto by_sha1 = thumbprint(token, "x5t", 20);
  const auto by_sha256 = thumbprint(token, "x5t#S256", 32);
  if (!by_sha1 || !by_sha256) {
    return by_sha1 ? by_sha256.error() : by_sha1.error();
  }
  if (by_sha1->empty() && by_sha256->empty()) {
    return errors::invalid_assertion("No certificate thumbprint specified in token header.");
  }
  return thumbprints{*by_sha1, *by_sha256};
}

auto registered(const tenant::application& app, const thumbprints& wanted, seams::instant now)
    -> std::optional<certificate> {
  for (const auto& each : app.certificates) {
    auto known = read_certificate(each.certificate_pem);
    if (known && each.registered_from <= now && now < each.registered_until &&
        known->key.is_rsa() && known->key.bits() >= shortest_key_bits &&
        (wanted.sha1.empty() || wanted.sha1 == known->sha1) &&
        (wanted.sha256.empty() || wanted.sha256 == known->sha256)) {
      return *known;
    }
  }
  return std::nullopt;
}

using verdict = std::optional<sts_error>;

auto check_dates(const nlohmann::json& claims, seams::instant now) -> verdict {
  const auto until = date_of(claims, "exp");
  const auto from = date_of(claims, "nbf");
  if (!until || (claims.contains("nbf") && !from)) {
    return errors::invalid_assertion("The token's lifetime is missing or is not valid.");
  }
  if (now >= *until + leeway || (from && now < *from - leeway)) {
    const auto start = from ? "assertion valid from " + seams::to_rfc3339(*from) + ", " : "";
    return errors::assertion_out_of_date(
        now, start + "expiry time of assertion " + seams::to_rfc3339(*until));
  }
  return std::nullopt;
}

auto is_client(const nlohmann::json& claims, const char* name, const tenant::application& app)
    -> bool {
  return seams::equal_ignoring_case(text_of(claims, name).value_or(""), app.client_id);
}

auto names_audience(const nlohmann::json& claims,
                    const std::function<bool(std::string_view)>& is_audience) -> bool {
  const auto found = claims.find("aud");
  if (found == claims.end()) {
    return false;
  }
  const auto good = [&](const nlohmann::json& one) {
    return one.is_string() && is_audience(one.get_ref<const std::string&>());
  };
  return found->is_array() ? std::ranges::any_of(*found, good) : good(*found);
}

auto check_key(const tenant::application& app,
               const jws& token,
               jws_algorithm algorithm,
               seams::instant now) -> verdict {
  const auto wanted = thumbprints_of(token);
  if (!wanted) {
    return wanted.error();
  }
  const auto known = registered(app, *wanted, now);
  if (!known) {
    return errors::unknown_certificate(wanted->shown(), app.client_id);
  }
  if (!verify(token, algorithm, known->key)) {
    return errors::wrong_signature(wanted->shown());
  }
  return now < known->not_before || now > known->not_after
             ? verdict(errors::certificate_out_of_date())
             : std::nullopt;
}

} // namespace

auto check_secret(const tenant::application& app, std::string_view secret, seams::instant now)
    -> granted<client_proof> {
  const auto sent = seams::sha256(secret);
  auto valid = false;
  auto run_out = false;
  auto all_run_out = !app.secrets.empty();
  for (const auto& known : app.secrets) {
    const auto same = same_secret(sent, known.value) && !known.value.empty();
    valid = valid || (same && known.from <= now && now < known.until);
    run_out = run_out || (same && now >= known.until);
    all_run_out = all_run_out && now >= known.until;
  }
  if (valid) {
    return client_proof::secret;
  }
  return run_out || all_run_out ? errors::expired_secret(app.client_id)
                                : errors::wrong_secret(app.client_id);
}

auto check_assertion(const tenant::application& app,
                     std::string_view assertion,
                     seams::instant now,
                     const std::function<bool(std::string_view)>& is_audience)
    -> granted<client_proof> {
  const auto token = parse_jws(assertion);
  if (!token) {
    return errors::invalid_assertion("The token is not a signed JWT in compact form.");
  }
  const auto algorithm = algorithm_of(*token);
  if (!algorithm) {
    return errors::invalid_assertion("The signature algorithm of the token is not supported.");
  }
  if (const auto refused = check_key(app, *token, *algorithm, now)) {
    return *refused;
  }
  if (!is_client(token->claims, "iss", app) || !is_client(token->claims, "sub", app)) {
    return errors::invalid_assertion("The token's issuer and subject must be the client.");
  }
  if (!names_audience(token->claims, is_audience)) {
    return errors::invalid_assertion("The token's audience must be the token endpoint.");
  }
  if (const auto refused = check_dates(token->claims, now)) {
    return *refused;
  }
  return client_proof::certificate;
}

} // namespace mock_graph::login
