#include "core/auth/assertion.hpp"
#include "core/auth/base64.hpp"
#include "mock_graph/login/certificate.hpp"
#include "mock_graph/login/jwt.hpp"
#include "tests/core/auth/test_pairs.hpp"

#include <doctest/doctest.h>

using namespace core::auth;
using namespace auth_tests;
namespace login = mock_graph::login;

namespace {

const auto about = assertion_facts{"0b5e3a51-6f3e-4b6f-9a7d-2c9d6c2b8f10",
                                   "https://login.microsoftonline.com/t/oauth2/v2.0/token",
                                   "11111111-2222-4333-8444-555555555555",
                                   now()};

auto made(const assertion_form& how) -> login::jws {
  return login::parse_jws(make_assertion(the_pair().pair, how, about)).value();
}

auto public_half() -> login::public_key {
  return login::read_certificate(the_pair().certificate_pem).value().key;
}

} // namespace

TEST_SUITE("assertion") {
  TEST_CASE("a PS256 assertion names its certificate by SHA-256 and verifies") {
    const auto token = made({});
    CHECK(token.header.size() == 3);
    CHECK(token.header["alg"] == "PS256");
    CHECK(token.header["x5t#S256"] ==
          to_base64(the_pair().pair.certificate().sha256, base64_form::url));
    CHECK(login::verify(token, login::jws_algorithm::ps256, public_half()));
  }

  TEST_CASE("an RS256 assertion names its certificate by SHA-1 and verifies") {
    const auto token = made({signature_scheme::rs256, false});
    CHECK(token.header["alg"] == "RS256");
    CHECK(token.header["x5t"] == to_base64(the_pair().pair.certificate().sha1, base64_form::url));
    CHECK_FALSE(token.header.contains("x5t#S256"));
    CHECK(login::verify(token, login::jws_algorithm::rs256, public_half()));
  }

  TEST_CASE("only the thumbprint is padded, if at all") {
    const auto text = make_assertion(the_pair().pair, {signature_scheme::rs256, true}, about);
    CHECK(text.find('=') == std::string::npos);
    CHECK(std::string(login::parse_jws(text).value().header["x5t"]).ends_with("="));
  }

  TEST_CASE("it speaks for the client, to the endpoint, for five minutes from now") {
    const auto claims = made({}).claims;
    const auto second = now().time_since_epoch() / std::chrono::seconds{1};
    CHECK(claims["iss"] == about.client_id);
    CHECK(claims["sub"] == about.client_id);
    CHECK(claims["aud"] == about.audience);
    CHECK(claims["jti"] == about.id);
    CHECK(claims["nbf"] == second);
    CHECK(claims["iat"] == second);
    CHECK(claims["exp"] == second + 300);
  }

  TEST_CASE("an id that is no UTF-8 makes an assertion all the same") {
    auto odd = about;
    odd.client_id = "\xff\xfe\"";
    CHECK(login::parse_jws(make_assertion(the_pair().pair, {}, odd)).has_value());
  }
}
