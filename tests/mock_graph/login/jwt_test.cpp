#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/certificate.hpp"
#include "mock_graph/login/jwt.hpp"
#include "tests/mock_graph/login/login_world.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace login_tests;
using namespace mock_graph::login;
using namespace std::chrono_literals;

namespace {

using json = nlohmann::ordered_json;

auto made(const json& header, const json& claims, jws_algorithm how = jws_algorithm::rs256)
    -> std::string {
  return sign_jws(header, claims, how, the_key());
}

auto unsigned_token(const std::string& header, const std::string& claims) -> std::string {
  return base64url_encode(header) + '.' + base64url_encode(claims) + '.';
}

auto nested(int depth) -> std::string {
  return "{\"a\":" + std::string(static_cast<std::size_t>(depth - 1), '[') +
         std::string(static_cast<std::size_t>(depth - 1), ']') + '}';
}

} // namespace

TEST_SUITE("login/jwt") {
  TEST_CASE("both paddings verify with the right key and algorithm only") {
    for (const auto how : {jws_algorithm::rs256, jws_algorithm::ps256}) {
      const auto other = how == jws_algorithm::rs256 ? jws_algorithm::ps256 : jws_algorithm::rs256;
      const auto* name = how == jws_algorithm::rs256 ? "RS256" : "PS256";
      const auto token = parse_jws(made({{"alg", name}}, {{"sub", "x"}}, how)).value();
      CHECK(token.claims.at("sub") == "x");
      CHECK(verify(token, how, the_key().verification_key()));
      CHECK_FALSE(verify(token, other, the_key().verification_key()));
      CHECK_FALSE(verify(token, how, other_key().verification_key()));
    }
  }

  TEST_CASE("a signature made with one padding does not pass under the other's name") {
    const auto token = parse_jws(made({{"alg", "PS256"}}, {}, jws_algorithm::rs256));
    CHECK_FALSE(token.has_value()); // claims must be an object
    const auto confused =
        parse_jws(made({{"alg", "PS256"}}, json::object(), jws_algorithm::rs256)).value();
    CHECK_FALSE(verify(confused, jws_algorithm::ps256, the_key().verification_key()));
  }

  TEST_CASE("a good signature does not count under the name of another algorithm, or of none") {
    for (const auto* name : {"none", "HS256", "PS256", "rs256"}) {
      CAPTURE(name);
      const auto token = parse_jws(made({{"alg", name}}, json::object())).value();
      CHECK(the_key().verification_key().verifies(
          rsa_padding::pkcs1, token.signed_part, token.signature));
      CHECK_FALSE(verify(token, jws_algorithm::rs256, the_key().verification_key()));
    }
    const auto unnamed = parse_jws(made(json::object(), json::object())).value();
    CHECK_FALSE(verify(unnamed, jws_algorithm::rs256, the_key().verification_key()));
  }

  TEST_CASE("any changed character of the token breaks it") {
    const auto good = made({{"alg", "RS256"}}, {{"roles", {"A"}}});
    auto survivors = 0;
    for (auto at = std::size_t{0}; at < good.size(); at += 5) {
      auto bad = good;
      bad[at] = bad[at] == 'A' ? 'B' : 'A';
      const auto token = parse_jws(bad);
      survivors += token && verify(*token, jws_algorithm::rs256, the_key().verification_key());
    }
    auto last = good;
    last.back() = last.back() == 'A' ? 'B' : 'A';
    const auto token = parse_jws(last);
    survivors += token && verify(*token, jws_algorithm::rs256, the_key().verification_key());
    CHECK(survivors == 0);
  }

  TEST_CASE("algorithms are known by their exact names, and none is none of them") {
    for (const auto* name : {"none", "None", "HS256", "rs256", "RS512", "ES256", ""}) {
      CAPTURE(name);
      const auto header = "{\"alg\":\"" + std::string(name) + "\"}";
      const auto token = parse_jws(unsigned_token(header, "{}")).value();
      CHECK_FALSE(algorithm_of(token).has_value());
      CHECK_FALSE(verify(token, jws_algorithm::rs256, the_key().verification_key()));
    }
    CHECK_FALSE(algorithm_of(parse_jws(unsigned_token("{\"alg\":256}", "{}")).value()).has_value());
  }

  TEST_CASE("an empty signature is no signature") {
    const auto token = parse_jws(unsigned_token("{\"alg\":\"RS256\"}", "{}")).value();
    CHECK_FALSE(verify(token, jws_algorithm::rs256, the_key().verification_key()));
  }

  TEST_CASE("what is not three parts of JSON objects is malformed") {
    const auto good = unsigned_token("{}", "{}");
    CHECK(parse_jws(good).has_value());
    const auto object = base64url_encode("{}");
    for (const auto& text : {std::string(),
                             std::string("."),
                             std::string(".."),
                             object,
                             object + '.' + object,
                             good + ".",
                             good + "!",
                             unsigned_token("[]", "{}"),
                             unsigned_token("{}", "1"),
                             unsigned_token("{}", "{\"a\":"),
                             unsigned_token("{}", "{\"a\":\"\xff\"}"),
                             unsigned_token("{}", "{\"a\":1e999}"),
                             unsigned_token("{}", "{}{}")}) {
      CAPTURE(text);
      const auto token = parse_jws(text);
      REQUIRE_FALSE(token.has_value());
      CHECK(token.error().code == "jwt_malformed");
    }
  }

  TEST_CASE("depth and length are bounded") {
    CHECK(parse_jws(unsigned_token("{}", nested(8))).has_value());
    CHECK_FALSE(parse_jws(unsigned_token("{}", nested(10))).has_value());
    CHECK_FALSE(parse_jws(unsigned_token("{}", nested(5000))).has_value());
    CHECK_FALSE(parse_jws(unsigned_token("{}", "{\"a\":\"" + std::string(20'000, 'x') + "\"}"))
                    .has_value());
  }

  TEST_CASE("dates may have a fraction and must make sense") {
    const auto claims = nlohmann::json{{"whole", 1773129600},
                                       {"part", 1773129600.25},
                                       {"text", "1773129600"},
                                       {"past", -1},
                                       {"far", 1e18},
                                       {"huge", 18446744073709551615ULL}};
    CHECK(date_of(claims, "whole") == start() - 500ms);
    CHECK(date_of(claims, "part") == start() - 250ms);
    for (const auto* name : {"text", "past", "far", "huge", "absent"}) {
      CAPTURE(name);
      CHECK_FALSE(date_of(claims, name));
    }
  }
}

TEST_SUITE("login/keys") {
  TEST_CASE("a key survives PEM with the same id and certificate") {
    const auto pem = the_key().to_pem();
    CHECK(pem.starts_with("-----BEGIN PRIVATE KEY-----"));
    const auto back = signing_key::from_pem(pem).value();
    CHECK(back.kid() == the_key().kid());
    CHECK(back.certificate_der() == the_key().certificate_der());
    const auto signature = back.sign(rsa_padding::pkcs1, "text");
    CHECK(the_key().verification_key().verifies(rsa_padding::pkcs1, "text", signature));
    CHECK(signature == the_key().sign(rsa_padding::pkcs1, "text"));
  }

  TEST_CASE("what is not a private RSA key is refused with a code") {
    const auto* curve = "-----BEGIN PRIVATE KEY-----\n"
                        "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n"
                        "-----END PRIVATE KEY-----\n";
    for (const auto& text :
         {std::string(), std::string("no key"), the_key().certificate_pem(), std::string(curve)}) {
      const auto key = signing_key::from_pem(text);
      REQUIRE_FALSE(key.has_value());
      CHECK(key.error().code == "key_unreadable");
    }
  }

  TEST_CASE("the key set describes the key") {
    const auto text = key_set_json(the_key(), "https://login/{tenantid}/v2.0");
    const auto entry = nlohmann::json::parse(text).at("keys").at(0);
    CHECK(entry.at("kty") == "RSA");
    CHECK(entry.at("use") == "sig");
    CHECK(entry.at("e") == "AQAB");
    CHECK(entry.at("kid") == entry.at("x5t"));
    CHECK(entry.at("issuer") == "https://login/{tenantid}/v2.0");
    CHECK(base64_decode(entry.at("n").get<std::string>(), 1000)->size() == 256);
    const auto der = base64_decode(entry.at("x5c").at(0).get<std::string>(), 10'000).value();
    CHECK(base64url_encode(sha1(der)) == entry.at("x5t"));
  }

  TEST_CASE("two threads may sign with one key") {
    auto first = std::string();
    auto signer = std::thread([&] {
      for (auto i = 0; i < 10; ++i) {
        first = the_key().sign(rsa_padding::pkcs1, "shared");
      }
    });
    auto second = std::string();
    for (auto i = 0; i < 10; ++i) {
      second = the_key().sign(rsa_padding::pkcs1, "shared");
    }
    signer.join();
    CHECK(first == second);
  }
}

TEST_SUITE("login/certificate") {
  TEST_CASE("a self-signed certificate reads back with its dates and key") {
    const auto from = start() - 500ms;
    const auto der = self_signed_certificate(the_key().verification_key(), "app", from, from + 24h);
    const auto read = read_certificate(certificate_to_pem(der)).value();
    CHECK(read.not_before == from);
    CHECK(read.not_after == from + 24h);
    CHECK(read.key.bits() == 2048);
    CHECK(read.sha1 == sha1(der));
    CHECK(read.sha256.size() == 32);
    const auto signature = the_key().sign(rsa_padding::pss, "text");
    CHECK(read.key.verifies(rsa_padding::pss, "text", signature));
  }

  TEST_CASE("SHA-1 of nothing is the known value") {
    CHECK(base64url_encode(sha1("")) == "2jmj7l5rSw0yVb_vlWAYkK_YBwk");
  }

  TEST_CASE("what is no certificate is refused") {
    for (const auto& text : {std::string(), std::string("x"), the_key().to_pem()}) {
      const auto read = read_certificate(text);
      REQUIRE_FALSE(read.has_value());
      CHECK(read.error().code == "certificate_unreadable");
    }
  }
}
