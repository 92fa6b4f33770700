#include "mock_graph/login/login_service.hpp"
#include "tests/mock_graph/login/login_world.hpp"

#include <doctest/doctest.h>

using namespace login_tests;

TEST_SUITE("login/login_service") {
  TEST_CASE("unknown paths are not found") {
    auto world = asker();
    for (const auto* path : {"",
                             "/",
                             "/contoso.com",
                             "/contoso.com/oauth2/v3.0/token",
                             "/contoso.com/oauth2/v2.0/token/x",
                             "/contoso.com/discovery/instance",
                             "/oauth2/token"}) {
      CAPTURE(path);
      const auto answer = world.visit("https://login.microsoftonline.com" + std::string(path));
      CHECK(answer.what.response.status == 404);
      CHECK(answer.note.outcome == "not_found");
    }
    CHECK(world.visit("no address").what.response.status == 404);
  }

  TEST_CASE("paths are read without regard to case") {
    auto world = asker();
    const auto query = token_request(
        "https://login.microsoftonline.com/Contoso.com/OAuth2/V2.0/Token", usual_fields());
    CHECK(world.send(query).what.response.status == 200);
  }

  TEST_CASE("documents are only read") {
    auto world = asker();
    auto query = seams::request{
        "POST",
        "https://login.microsoftonline.com/contoso.com/v2.0/.well-known/openid-configuration",
        {},
        ""};
    CHECK(world.send(query).what.response.status == 405);
    query.method = "GET";
    CHECK(world.send(query).what.response.status == 200);
  }

  TEST_CASE("the same requests with the same seed get the same bytes, another seed others") {
    auto first = asker({.seed = 7});
    auto again = asker({.seed = 7});
    auto other = asker({.seed = 8});
    for (auto i = 0; i < 2; ++i) {
      const auto bytes = first.v2(usual_fields()).what.response.body;
      CHECK(bytes == again.v2(usual_fields()).what.response.body);
      CHECK(bytes != other.v2(usual_fields()).what.response.body);
    }
    const auto wrong = with(usual_fields(), "client_secret", "x");
    CHECK(first.v2(wrong).what.response.body == again.v2(wrong).what.response.body);
  }

  TEST_CASE("each request has ids of its own") {
    auto world = asker();
    const auto one = world.v2(usual_fields());
    const auto two = world.v2(usual_fields());
    CHECK(one.note.trace_id != two.note.trace_id);
    CHECK(claims_of(one).at("uti") != claims_of(two).at("uti"));
    CHECK(claims_of(one).at("uti").get<std::string>().size() == 22);
  }
}
