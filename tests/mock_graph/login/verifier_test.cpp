#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/verifier.hpp"
#include "tests/mock_graph/login/login_world.hpp"

#include <doctest/doctest.h>

using namespace login_tests;
using namespace std::chrono_literals;
using login::token_fault;

namespace {

const auto graph =
    std::vector<std::string>{"https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"};

struct checker {
  auto token() -> std::string {
    return body_of(world.v2(usual_fields())).at("access_token").get<std::string>();
  }
  auto check(const std::string& jwt, seams::instant now = start()) {
    return verifier.verify("Bearer " + jwt, graph, contoso, now);
  }
  auto fault(const std::string& jwt, seams::instant now = start()) -> std::optional<token_fault> {
    const auto found = check(jwt, now);
    return found ? std::nullopt : std::optional(found.error().kind);
  }

  asker world;
  login::token_verifier verifier{the_key()};
};

auto parts_of(const std::string& jwt) -> std::vector<std::string> {
  const auto first = jwt.find('.');
  const auto second = jwt.find('.', first + 1);
  return {jwt.substr(0, first), jwt.substr(first + 1, second - first - 1), jwt.substr(second + 1)};
}

auto header_with(const std::string& algorithm) -> nlohmann::ordered_json {
  return {{"typ", "JWT"}, {"alg", algorithm}, {"kid", the_key().kid()}};
}

} // namespace

TEST_SUITE("login/verifier") {
  TEST_CASE("a token of the login is good and shows its claims") {
    auto api = checker();
    const auto found = api.check(api.token());
    REQUIRE(found.has_value());
    CHECK(found->app_id == connector);
    CHECK(found->tenant_id == contoso);
    CHECK(found->object_id == principal);
    CHECK(found->has_role("SecurityAlert.Read.All"));
    CHECK_FALSE(found->has_role("securityalert.read.all"));
    CHECK(found->expires == start() - 500ms + 3600s);
  }

  TEST_CASE("the signature is checked once, the rest at each call") {
    auto api = checker();
    const auto jwt = api.token();
    for (auto i = 0; i < 5; ++i) {
      CHECK(api.check(jwt).has_value());
    }
    CHECK(api.verifier.signature_checks() == 1);
    CHECK(api.fault(jwt, start() + 2h) == token_fault::expired);
    CHECK(api.verifier.signature_checks() == 1);
  }

  TEST_CASE("the oldest token is forgotten when the memory is full") {
    auto api = checker();
    auto small = login::token_verifier(the_key(), 2);
    const auto ask = [&](const std::string& jwt) {
      CHECK(small.verify("Bearer " + jwt, graph, contoso, start()).has_value());
    };
    const auto tokens = std::vector{api.token(), api.token(), api.token()};
    for (const auto& jwt : tokens) {
      ask(jwt);
    }
    CHECK(small.signature_checks() == 3);
    ask(tokens[2]);
    ask(tokens[1]);
    CHECK(small.signature_checks() == 3);
    ask(tokens[0]);
    CHECK(small.signature_checks() == 4);
  }

  TEST_CASE("it expires in the very second that exp names") {
    auto api = checker();
    const auto jwt = api.token();
    const auto end = start() - 500ms + 3600s;
    CHECK(api.check(jwt, end - seams::duration(1)).has_value());
    CHECK(api.fault(jwt, end) == token_fault::expired);
  }

  TEST_CASE("nbf has five minutes of leeway") {
    auto api = checker();
    const auto jwt = api.token();
    const auto first = start() - 500ms - 300s;
    CHECK(api.check(jwt, first - 5min).has_value());
    CHECK(api.fault(jwt, first - 5min - seams::duration(1)) == token_fault::not_yet_valid);
  }

  TEST_CASE("a tampered token fails, whichever part was touched") {
    auto api = checker();
    const auto parts = parts_of(api.token());
    const auto claims = login::base64_decode(parts[1], 10'000).value();
    auto richer = nlohmann::json::parse(claims);
    richer["roles"].push_back("Mail.ReadWrite");
    const auto forged = parts[0] + '.' + login::base64url_encode(richer.dump()) + '.' + parts[2];
    CHECK(api.fault(forged) == token_fault::bad_signature);
    auto signature = parts[2];
    signature[10] = signature[10] == 'A' ? 'B' : 'A';
    CHECK(api.fault(parts[0] + '.' + parts[1] + '.' + signature) == token_fault::bad_signature);
    CHECK(api.fault(parts[0] + '.' + parts[1] + '.') == token_fault::bad_signature);
    CHECK(api.check(parts[0] + '.' + parts[1] + '.' + parts[2]).has_value());
  }

  TEST_CASE("alg none and a confused algorithm are rejected") {
    auto api = checker();
    const auto parts = parts_of(api.token());
    for (const auto* name : {"none", "HS256", "PS256"}) {
      const auto header = login::base64url_encode(header_with(name).dump());
      CHECK(api.fault(header + '.' + parts[1] + '.' + parts[2]) == token_fault::bad_signature);
      CHECK(api.fault(header + '.' + parts[1] + '.') == token_fault::bad_signature);
    }
    const auto claims = nlohmann::ordered_json::parse(*login::base64_decode(parts[1], 10'000));
    const auto misnamed =
        login::sign_jws(header_with("none"), claims, login::jws_algorithm::rs256, the_key());
    CHECK(api.fault(misnamed) == token_fault::bad_signature);
    const auto pss =
        login::sign_jws(header_with("PS256"), claims, login::jws_algorithm::ps256, the_key());
    CHECK(api.fault(pss) == token_fault::bad_signature);
  }

  TEST_CASE("a token signed by another key fails, even under our key id") {
    auto api = checker();
    const auto parts = parts_of(api.token());
    const auto claims = nlohmann::ordered_json::parse(*login::base64_decode(parts[1], 10'000));
    const auto foreign =
        login::sign_jws(header_with("RS256"), claims, login::jws_algorithm::rs256, other_key());
    CHECK(api.fault(foreign) == token_fault::bad_signature);
    const auto ours =
        login::sign_jws(header_with("RS256"), claims, login::jws_algorithm::rs256, the_key());
    CHECK(api.check(ours).has_value());
  }

  TEST_CASE("audience and tenant must fit, the audience with or without slash") {
    auto api = checker();
    const auto jwt = "Bearer " + api.token();
    const auto management = std::vector<std::string>{"https://manage.office.com"};
    CHECK(api.verifier.verify(jwt, management, contoso, start()).error().kind ==
          token_fault::wrong_audience);
    CHECK(api.verifier.verify(jwt, {}, contoso, start()).error().kind ==
          token_fault::wrong_audience);
    CHECK(api.verifier.verify(jwt, graph, gcc_tenant, start()).error().kind ==
          token_fault::wrong_tenant);
    const auto slashed = std::vector<std::string>{"https://graph.microsoft.com/"};
    CHECK(api.verifier.verify(jwt, slashed, contoso, start()).has_value());
  }

  TEST_CASE("the issuer must be the tenant's, not only the tid") {
    auto api = checker();
    const auto claims_text = login::base64_decode(parts_of(api.token())[1], 10'000).value();
    auto claims = nlohmann::ordered_json::parse(claims_text);
    claims["iss"] = "https://sts.windows.net/" + std::string(gcc_tenant) + "/";
    const auto jwt =
        login::sign_jws(header_with("RS256"), claims, login::jws_algorithm::rs256, the_key());
    CHECK(api.fault(jwt) == token_fault::wrong_tenant);
  }

  TEST_CASE("no token is missing, nonsense is malformed") {
    auto api = checker();
    const auto kind = [&](std::optional<std::string_view> field) {
      return api.verifier.verify(field, graph, contoso, start()).error().kind;
    };
    CHECK(kind(std::nullopt) == token_fault::missing);
    CHECK(kind("") == token_fault::missing);
    CHECK(kind("Bearer") == token_fault::missing);
    CHECK(kind("Bearer   ") == token_fault::missing);
    CHECK(kind("Basic YTpi") == token_fault::malformed);
    CHECK(kind("Bearer abc") == token_fault::malformed);
    CHECK(kind("Bearer a.b.c") == token_fault::malformed);
    CHECK(api.verifier.verify("bearer " + api.token(), graph, contoso, start()).has_value());
  }

  TEST_CASE("a token of ours without dates is malformed") {
    auto api = checker();
    const auto claims = nlohmann::ordered_json{{"aud", graph.front()}, {"tid", contoso}};
    const auto jwt =
        login::sign_jws(header_with("RS256"), claims, login::jws_algorithm::rs256, the_key());
    CHECK(api.fault(jwt) == token_fault::malformed);
  }
}
