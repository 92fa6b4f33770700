#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/certificate.hpp"
#include "mock_graph/login/credentials.hpp"
#include "tests/mock_graph/login/login_world.hpp"

#include <doctest/doctest.h>

#include <cstdio>

using namespace login_tests;
using namespace std::chrono_literals;

namespace {

using json = nlohmann::ordered_json;

const auto v2_url =
    "https://login.microsoftonline.com/" + std::string(contoso) + "/oauth2/v2.0/token";

auto with_secret(const std::string& value) -> fields {
  return with(usual_fields(), "client_secret", value);
}

auto code_of(const login::login_answer& answer) -> int {
  const auto body = body_of(answer);
  return body.contains("error_codes") ? body.at("error_codes").at(0).get<int>() : 0;
}

auto secrets(asker& world) -> std::vector<tenant::client_secret>& {
  return world.tenants.applications.at(connector).secrets;
}

auto certificate_of(const login::signing_key& key) -> login::certificate {
  return login::read_certificate(key.certificate_pem()).value();
}

auto epoch(seams::instant at) -> std::int64_t {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

/// What a client puts into an assertion; each test changes a part.
struct assertion {
  login::jws_algorithm how = login::jws_algorithm::rs256;
  const login::signing_key* signer = &other_key();
  json header{{"alg", "RS256"}, {"typ", "JWT"}};
  json claims{{"aud", v2_url},
              {"iss", connector},
              {"sub", connector},
              {"jti", correlation},
              {"nbf", epoch(start())},
              {"exp", epoch(start()) + 600}};

  assertion() { header["x5t"] = login::base64url_encode(certificate_of(other_key()).sha1); }
  [[nodiscard]] auto text() const -> std::string {
    return login::sign_jws(header, claims, how, *signer);
  }
};

auto assertion_fields(const std::string& text) -> fields {
  auto out = with(usual_fields(), "client_secret", "-");
  out.emplace_back("client_assertion_type",
                   "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  out.emplace_back("client_assertion", text);
  return out;
}

/// A world whose connector has two certificates registered.
struct registered {
  registered() {
    world.tenants.applications.at(connector).certificates = {
        {"other", the_key().certificate_pem()}, {"main", other_key().certificate_pem()}};
  }
  auto send(const assertion& what) -> login::login_answer {
    return world.v2(assertion_fields(what.text()));
  }

  asker world;
};

} // namespace

TEST_SUITE("login/credentials") {
  TEST_CASE("the secret must be the value, byte for byte") {
    auto world = asker();
    const auto value = std::string(secret);
    CHECK(code_of(world.v2(with_secret(value))) == 0);
    for (const auto& wrong : {value + ' ',
                              ' ' + value,
                              value + '\t',
                              std::string(secret_id),
                              value.substr(1),
                              value + value,
                              std::string("x")}) {
      CAPTURE(wrong);
      const auto answer = world.v2(with_secret(wrong));
      CHECK(code_of(answer) == (wrong.ends_with('\t') ? 9002313 : 7000215));
    }
  }

  TEST_CASE("a secret works from its first instant and no longer at its last") {
    auto world = asker();
    secrets(world) = {{"s", secret_id, secret, start(), start() + 60s}};
    world.now = start() - seams::duration(1);
    CHECK(code_of(world.v2(usual_fields())) == 7000215); // not replicated yet
    world.now = start();
    CHECK(code_of(world.v2(usual_fields())) == 0);
    world.now = start() + 60s - seams::duration(1);
    CHECK(code_of(world.v2(usual_fields())) == 0);
    world.now = start() + 60s;
    CHECK(summary(world.v2(usual_fields())) ==
          "401 invalid_client AADSTS7000222: The provided client secret keys for app '" +
              std::string(connector) +
              "' are expired. Visit the Azure portal to create new keys for your app: "
              "https://aka.ms/NewClientSecret, or consider using certificate credentials for "
              "added security: https://aka.ms/certCreds.");
  }

  TEST_CASE("during a rotation old and new work, afterwards the old is expired, a third wrong") {
    auto world = asker();
    secrets(world) = {{"old", secret_id, "old-value", start() - 24h, start() + 1h},
                      {"new", secret_id, "new-value", start() + 30min, start() + 48h}};
    CHECK(code_of(world.v2(with_secret("old-value"))) == 0);
    CHECK(code_of(world.v2(with_secret("new-value"))) == 7000215);
    world.now = start() + 45min;
    CHECK(code_of(world.v2(with_secret("old-value"))) == 0);
    CHECK(code_of(world.v2(with_secret("new-value"))) == 0);
    world.now = start() + 2h;
    CHECK(code_of(world.v2(with_secret("old-value"))) == 7000222);
    CHECK(code_of(world.v2(with_secret("new-value"))) == 0);
    CHECK(code_of(world.v2(with_secret("third"))) == 7000215);
    world.now = start() + 72h;
    CHECK(code_of(world.v2(with_secret("third"))) == 7000222);
  }

  TEST_CASE("an app without secrets knows no secret, not even an empty one") {
    auto world = asker();
    secrets(world).clear();
    CHECK(code_of(world.v2(usual_fields())) == 7000215);
    secrets(world) = {{"blank", secret_id, ""}};
    CHECK(code_of(world.v2(with_secret(" "))) == 7000215);
    CHECK(code_of(world.v2(with_secret(""))) == 7000218);
  }

  TEST_CASE("a missing credential is named") {
    auto world = asker();
    const auto none = with(usual_fields(), "client_secret", "-");
    CHECK(summary(world.v2(none)) ==
          "401 invalid_client AADSTS7000216: 'client_assertion', 'client_secret' or 'request' is "
          "required for the 'client_credentials' grant type");
    CHECK(summary(world.v2(with(none, "client_assertion_type", "x"))) ==
          "401 invalid_client AADSTS7000218: The request body must contain the following "
          "parameter: 'client_assertion' or 'client_secret'.");
    CHECK(code_of(world.v2(with(none, "client_assertion", "a.b.c"))) == 900144);
    const auto odd = with(assertion_fields("a.b.c"), "client_assertion_type", "saml");
    CHECK(code_of(world.v2(odd)) == 9002313);
  }

  TEST_CASE("no answer and no note ever repeats a secret or an assertion") {
    auto setup = registered();
    auto bad = assertion();
    bad.claims["aud"] = "https://elsewhere/";
    for (const auto& form : {with_secret("canary-7f3a"),
                             with(with_secret("canary-7f3a"), "grant_type", "x"),
                             with(with_secret("canary-7f3a"), "scope", "x"),
                             assertion_fields("canary-7f3a"),
                             assertion_fields(bad.text())}) {
      const auto answer = setup.world.v2(form);
      const auto& note = answer.note;
      const auto said = answer.what.response.body + note.outcome + note.client_id + note.resource;
      CHECK(said.find("canary") == std::string::npos);
      CHECK(said.find(bad.text().substr(20, 40)) == std::string::npos);
      CHECK(answer.what.response.status >= 400);
    }
  }
}

TEST_SUITE("login/client assertion") {
  TEST_CASE("RS256 with x5t is accepted and shows in appidacr") {
    auto setup = registered();
    const auto answer = setup.send(assertion());
    REQUIRE(answer.what.response.status == 200);
    CHECK(claims_of(answer).at("appidacr") == "2");
  }

  TEST_CASE("PS256 with x5t#S256 is accepted") {
    auto setup = registered();
    auto what = assertion();
    what.how = login::jws_algorithm::ps256;
    what.header = {{"alg", "PS256"}, {"typ", "JWT"}};
    what.header["x5t#S256"] = login::base64url_encode(certificate_of(other_key()).sha256);
    CHECK(setup.send(what).what.response.status == 200);
  }

  TEST_CASE("what MSAL Python sends is accepted: float dates, no nbf, padded thumbprint") {
    auto setup = registered();
    auto what = assertion();
    what.header["x5t"] = login::base64_encode(certificate_of(other_key()).sha1);
    what.claims.erase("nbf");
    what.claims["iat"] = static_cast<double>(epoch(start())) + 0.0653856;
    what.claims["exp"] = static_cast<double>(epoch(start())) + 600.0653856;
    CHECK(setup.send(what).what.response.status == 200);
  }

  TEST_CASE("the audience is any form of the tenant's token URL") {
    auto setup = registered();
    const auto code_for = [&](const json& audience) {
      auto what = assertion();
      what.claims["aud"] = audience;
      return code_of(setup.send(what));
    };
    for (const auto* good : {"https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token",
                             "https://login.microsoftonline.com/CONTOSO.com/oauth2/token",
                             "https://login.microsoftonline.com:443/contoso.com/oauth2/token",
                             "https://login.windows.net/contoso.com/oauth2/token"}) {
      CAPTURE(good);
      CHECK(code_for(good) == 0);
    }
    CHECK(code_for(json::array({"x", v2_url})) == 0);
    for (const auto* bad : {"https://login.microsoftonline.com/common/oauth2/v2.0/token",
                            "https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token",
                            "https://login.microsoftonline.com/contoso.com/v2.0",
                            "https://login.microsoftonline.com/",
                            "https://evil.example/contoso.com/oauth2/v2.0/token",
                            "contoso.com"}) {
      CAPTURE(bad);
      CHECK(code_for(bad) == 50027);
    }
    CHECK(code_for(nullptr) == 50027);
  }

  TEST_CASE("a mock on its own host accepts its own URL as audience") {
    auto setup = registered();
    auto what = assertion();
    const auto url = std::string("https://localhost:8443/contoso.com/oauth2/v2.0/token");
    what.claims["aud"] = url;
    const auto query = token_request(url, assertion_fields(what.text()));
    CHECK(setup.world.send(query).what.response.status == 200);
  }

  TEST_CASE("a certificate that is not on the app is named by its thumbprint") {
    auto setup = registered();
    setup.world.tenants.applications.at(connector).certificates.pop_back();
    auto hex = std::string();
    for (const auto c : certificate_of(other_key()).sha1) {
      char digits[3];
      std::snprintf(digits, sizeof digits, "%02X", static_cast<unsigned char>(c));
      hex += digits;
    }
    CHECK(summary(setup.send(assertion())) ==
          "401 invalid_client AADSTS700027: The certificate with identifier used to sign the "
          "client assertion is not registered on application. [Reason - The key was not found., "
          "Thumbprint of key used by client: '" +
              hex +
              "', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see "
              "configured keys for app Id '" +
              connector + "'.]");
  }

  TEST_CASE("a signature by another key is 700027 too") {
    auto setup = registered();
    auto what = assertion();
    what.signer = &the_key();
    const auto text = summary(setup.send(what));
    CHECK(text.starts_with("401 invalid_client AADSTS700027: Client assertion contains an invalid "
                           "signature. [Reason - The key was found"));
  }

  TEST_CASE("an assertion in another algorithm, or in none, is malformed") {
    auto setup = registered();
    for (const auto* name : {"none", "HS256", "RS512"}) {
      auto what = assertion();
      what.header["alg"] = name;
      CHECK(code_of(setup.send(what)) == 50027);
    }
    auto confused = assertion();
    confused.header["alg"] = "PS256"; // signed as RS256
    CHECK(code_of(setup.send(confused)) == 700027);
    auto tampered = assertion().text();
    tampered[tampered.size() - 40] = tampered[tampered.size() - 40] == 'A' ? 'B' : 'A';
    CHECK(code_of(setup.world.v2(assertion_fields(tampered))) == 700027);
  }

  TEST_CASE("an assertion without thumbprint, or with a bad one, is malformed") {
    auto setup = registered();
    auto what = assertion();
    what.header.erase("x5t");
    CHECK(summary(setup.send(what)) == "400 invalid_request AADSTS50027: Invalid JWT token. No "
                                       "certificate thumbprint specified in token header.");
    for (const auto& bad : {json("abc"), json(5), json("!!"), json(std::string(2000, 'A'))}) {
      what.header["x5t"] = bad;
      CHECK(code_of(setup.send(what)) == 50027);
    }
    CHECK(code_of(setup.world.v2(assertion_fields("not.a.jwt"))) == 50027);
  }

  TEST_CASE("issuer and subject must be the client") {
    auto setup = registered();
    for (const auto* name : {"iss", "sub"}) {
      auto what = assertion();
      what.claims[name] = orphan;
      CHECK(code_of(setup.send(what)) == 50027);
      what.claims.erase(name);
      CHECK(code_of(setup.send(what)) == 50027);
    }
  }

  TEST_CASE("dates have five minutes of leeway on both sides") {
    auto setup = registered();
    const auto whole = start() - 500ms;
    const auto code_at = [&](seams::instant now) {
      setup.world.now = now;
      return code_of(setup.send(assertion()));
    };
    CHECK(code_at(whole - 5min - seams::duration(1)) == 700024);
    CHECK(code_at(whole - 5min) == 0);
    CHECK(code_at(whole + 15min - seams::duration(1)) == 0);
    CHECK(code_at(whole + 15min) == 700024);
    CHECK(summary(setup.send(assertion())) ==
          "401 invalid_client AADSTS700024: Client assertion is not within its valid time range. "
          "Current time: 2026-03-10T08:15:00Z, assertion valid from 2026-03-10T08:00:00Z, expiry "
          "time of assertion 2026-03-10T08:10:00Z.");
    auto endless = assertion();
    endless.claims.erase("exp");
    CHECK(code_of(setup.send(endless)) == 50027);
    auto worded = assertion();
    worded.claims["nbf"] = "yesterday";
    CHECK(code_of(setup.send(worded)) == 50027);
  }

  TEST_CASE("a certificate outside its own dates is refused") {
    auto setup = registered();
    const auto whole = start() - 500ms;
    const auto der = login::self_signed_certificate(
        other_key().verification_key(), "app", whole - 24h, whole + 60s);
    setup.world.tenants.applications.at(connector).certificates = {
        {"short", login::certificate_to_pem(der)}};
    auto what = assertion();
    what.header["x5t"] = login::base64url_encode(login::sha1(der));
    CHECK(code_of(setup.send(what)) == 0);
    setup.world.now = whole + 60s;
    CHECK(code_of(setup.send(what)) == 0);
    setup.world.now = whole + 60s + seams::duration(1);
    CHECK(code_of(setup.send(what)) == 1000502);
  }

  TEST_CASE("the v1 endpoint takes assertions as well") {
    auto setup = registered();
    auto form = assertion_fields(assertion().text());
    form = with(with(form, "scope", "-"), "resource", "https://manage.office.com");
    CHECK(setup.world.v1(form).what.response.status == 200);
  }
}
