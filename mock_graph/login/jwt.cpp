#include "mock_graph/login/jwt.hpp"

#include "mock_graph/login/base64url.hpp"

#include <cmath>

namespace mock_graph::login {
namespace {

constexpr auto deepest_nesting = 8;
constexpr auto last_second = std::int64_t{253'402'300'799}; // 9999-12-31T23:59:59Z

auto malformed(const char* why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "jwt_malformed", why};
}

/// An object nested at most `deepest_nesting` deep, or nothing.
auto object_in(std::string_view text) -> std::optional<nlohmann::json> {
  auto too_deep = false;
  const auto watch = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    too_deep = too_deep || depth > deepest_nesting;
    return !too_deep;
  };
  auto parsed = nlohmann::json::parse(text, watch, false);
  return !too_deep && parsed.is_object() ? std::optional(std::move(parsed)) : std::nullopt;
}

auto padding_of(jws_algorithm algorithm) -> rsa_padding {
  return algorithm == jws_algorithm::rs256 ? rsa_padding::pkcs1 : rsa_padding::pss;
}

} // namespace

auto parse_jws(std::string_view token) -> seams::result<jws> {
  if (token.size() > longest_token) {
    return malformed("longer than a token may be");
  }
  const auto first = token.find('.');
  const auto second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) {
    return malformed("not three parts");
  }
  const auto header = base64_decode(token.substr(0, first), longest_token);
  const auto claims = base64_decode(token.substr(first + 1, second - first - 1), longest_token);
  auto signature = base64_decode(token.substr(second + 1), longest_token);
  if (!header || !claims || !signature) {
    return malformed("a part is not base64url");
  }
  auto header_object = object_in(*header);
  auto claims_object = object_in(*claims);
  if (!header_object || !claims_object) {
    return malformed("header or claims are no JSON object of moderate depth");
  }
  return jws{std::string(token.substr(0, second)),
             std::move(*header_object),
             std::move(*claims_object),
             std::move(*signature)};
}

auto algorithm_of(const jws& token) -> std::optional<jws_algorithm> {
  const auto name = text_of(token.header, "alg");
  if (name == "RS256") {
    return jws_algorithm::rs256;
  }
  return name == "PS256" ? std::optional(jws_algorithm::ps256) : std::nullopt;
}

auto verify(const jws& token, jws_algorithm algorithm, const public_key& key) -> bool {
  return algorithm_of(token) == algorithm &&
         key.verifies(padding_of(algorithm), token.signed_part, token.signature);
}

auto sign_jws(const nlohmann::ordered_json& header,
              const nlohmann::ordered_json& claims,
              jws_algorithm algorithm,
              const signing_key& key) -> std::string {
  const auto signed_part = base64url_encode(header.dump()) + '.' + base64url_encode(claims.dump());
  return signed_part + '.' + base64url_encode(key.sign(padding_of(algorithm), signed_part));
}

auto date_of(const nlohmann::json& object, const char* name) -> std::optional<seams::instant> {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) {
    return std::nullopt;
  }
  const auto rough = found->get<double>();
  if (!(rough >= 0 && rough <= static_cast<double>(last_second))) {
    return std::nullopt;
  }
  if (found->is_number_integer()) {
    return seams::instant(std::chrono::seconds(found->get<std::int64_t>()));
  }
  const auto whole = std::floor(rough);
  const auto ticks = static_cast<std::int64_t>((rough - whole) * seams::duration::period::den);
  return seams::instant(std::chrono::seconds(static_cast<std::int64_t>(whole))) +
         seams::duration(ticks);
}

auto text_of(const nlohmann::json& object, const char* name) -> std::optional<std::string> {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? std::optional(found->get<std::string>())
                                                     : std::nullopt;
}

} // namespace mock_graph::login
