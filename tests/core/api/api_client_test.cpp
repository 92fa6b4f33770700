#include "tests/core/fakes/bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;
using core::workload;
using core::api::call;

namespace {

const auto url = std::string("https://graph.microsoft.com/v1.0/security/alerts_v2");
const auto empty_list = std::string(R"({"value":[]})");

struct api_bench : bench {
  auto get(const std::string& what = url, workload of = workload::graph)
      -> seams::result<seams::response> {
    auto query = call();
    query.of = of;
    query.url = what;
    return await(api.send(std::move(query)));
  }
  void graph(std::vector<answer> answers) { net.on("/v1.0/", std::move(answers)); }
  [[nodiscard]] auto calls() const -> int { return net.count("/v1.0/"); }
};

auto missing_roles() -> answer {
  return reply(403,
               R"({"error":{"code":"Forbidden","message":"Missing application roles. API required )"
               R"(roles: SecurityAlert.Read.All, application roles: ."}})");
}

} // namespace

TEST_SUITE("api_client") {
  TEST_CASE("a call carries the token, an id of its own and what Graph wants to hear") {
    api_bench world;
    world.graph({reply(200, empty_list)});
    CHECK(world.get().value().body == empty_list);
    const auto fields = world.net.to("/v1.0/").at(0).what.fields;
    CHECK(fields.find("Authorization") == "Bearer token-1");
    CHECK(fields.find("Accept") == "application/json");
    CHECK(fields.find("Prefer") == "include-unknown-enum-members");
    CHECK(fields.find("User-Agent").has_value());
    CHECK(fields.find("client-request-id").value().size() == 36);
  }

  TEST_CASE("the Management API gets a token of its own audience and no Prefer") {
    api_bench world;
    world.net.on("/api/v1.0/", {reply(200, "[]")});
    CHECK(world.get("https://manage.office.com/api/v1.0/x", workload::management).has_value());
    CHECK_FALSE(world.net.to("/api/v1.0/").at(0).what.fields.find("Prefer"));
    CHECK(world.net.to("/oauth2").at(0).what.body.find("manage.office.com") != std::string::npos);
  }

  TEST_CASE("a refused token is renewed and the same call repeated once") {
    api_bench world;
    world.net.on("/oauth2", {token_reply("old"), token_reply("new")});
    world.graph({reply(401, R"({"error":{"code":"InvalidAuthenticationToken","message":"x"}})"),
                 reply(200, empty_list)});
    CHECK(world.get(url + "?$skiptoken=abc").has_value());
    const auto sent = world.net.to("/v1.0/");
    REQUIRE(sent.size() == 2);
    CHECK(sent[0].what.url == sent[1].what.url);
    CHECK(sent[1].what.fields.find("Authorization") == "Bearer new");
  }

  TEST_CASE("a token refused twice is diagnosed, not asked for again and again") {
    api_bench world;
    world.net.on("/oauth2", {token_reply("old"), token_reply("new")});
    world.graph({reply(401, R"({"error":{"code":"AF20010","message":"No permission."}})")});
    const auto got = world.get();
    CHECK(got.error().code == "AF20010");
    CHECK(got.error().next == seams::reaction::stop_and_diagnose);
    CHECK(world.calls() == 2);
    CHECK(world.net.count("/oauth2") == 2);
  }

  TEST_CASE("a claims challenge is passed on to the login") {
    api_bench world;
    world.net.on("/oauth2", {token_reply("old"), token_reply("new")});
    world.graph({reply(401, "", {{"WWW-Authenticate", "Bearer claims=\"eyJhIjoxfQ==\""}}),
                 reply(200, empty_list)});
    CHECK(world.get().has_value());
    CHECK(world.net.to("/oauth2").at(1).what.body.ends_with("&claims=%7B%22a%22%3A1%7D"));
  }

  TEST_CASE("a missing permission is told at once, and the next call has a new token") {
    api_bench world;
    world.net.on("/oauth2", {token_reply("without"), token_reply("with")});
    world.graph({missing_roles(), reply(200, empty_list)});
    const auto got = world.get();
    CHECK(got.error().code == "Forbidden");
    CHECK(got.error().next == seams::reaction::stop_and_diagnose);
    CHECK(got.error().why.find("SecurityAlert.Read.All") != std::string::npos);
    CHECK(world.calls() == 1);
    CHECK(world.get().has_value());
    CHECK(world.net.to("/v1.0/").at(1).what.fields.find("Authorization") == "Bearer with");
  }

  TEST_CASE("what may heal is tried five times with growing pauses, then told") {
    const auto troubles = std::vector<std::pair<answer, std::string>>{
        {reply(503, "<html>busy</html>"), "503"},
        {reply(500, R"({"error":{"code":"AF50000","message":"internal"}})"), "500"},
        {reply(200, "<html>log in to the proxy</html>"), "answer_malformed"},
        {reply(200, R"({"value":[{"id":"a"},{"id"{"error":{"code":"UnknownError"}})"),
         "answer_malformed"},
        {reply(200, std::string("{\"value\":\"\0\"}", 12)), "answer_malformed"},
        {reply(200, std::string(2000, '[') + std::string(2000, ']')), "answer_malformed"},
        {broken("answer_cut"), "answer_cut"},
        {broken("connection_reset"), "connection_reset"}};
    for (const auto& [trouble, code] : troubles) {
      CAPTURE(code);
      api_bench world;
      world.graph({trouble});
      const auto got = world.get();
      CHECK(got.error().code == code);
      CHECK(got.error().next == seams::reaction::retry_later);
      CHECK(world.calls() == 5);
      CHECK(world.time.elapsed() >= 7s);
      CHECK(world.time.elapsed() <= 60s);
    }
  }

  TEST_CASE("one bad answer among good ones costs one more try") {
    api_bench world;
    auto garbled = seams::response();
    garbled.status = 200;
    garbled.body = empty_list;
    garbled.body_undecodable = true;
    world.graph({answer(garbled), broken("answer_cut"), reply(200, empty_list)});
    CHECK(world.get().has_value());
    CHECK(world.calls() == 3);
  }

  TEST_CASE("an answer that does not come is given up after the limit") {
    api_bench world;
    world.config.answer_limit = 30s;
    world.graph({reply(scripted_transport::never, ""), reply(200, empty_list)});
    CHECK(world.get().has_value());
    CHECK(world.time.elapsed() >= 30s);
    CHECK(world.time.elapsed() <= 33s);
  }

  TEST_CASE("trouble of the login is waited out like trouble of the API") {
    api_bench world;
    world.net.on("/oauth2", {reply(503, ""), token_reply("a")});
    world.graph({reply(200, empty_list)});
    CHECK(world.get().has_value());
  }

  TEST_CASE("a refused login ends the call without asking the API") {
    api_bench world;
    world.net.on("/oauth2",
                 {reply(401, R"({"error":"invalid_client","error_description":"AADSTS7000222"})")});
    CHECK(world.get().error().code == "AADSTS7000222");
    CHECK(world.calls() == 0);
  }

  TEST_CASE("a redirect is not followed, so the token goes nowhere else") {
    api_bench world;
    world.graph({reply(302, "", {{"Location", "https://evil.example/"}})});
    CHECK(world.get().error().code == "302");
    CHECK(world.net.count("evil") == 0);
  }

  TEST_CASE("a 404 is one whatever the body calls it, save for AF numbers") {
    api_bench world;
    world.graph({reply(404, R"({"error":{"code":"ResourceNotFound","message":""}})"),
                 reply(404, R"({"error":{"code":"AF20050","message":""}})")});
    CHECK(world.get().error().code == "404");
    CHECK(world.get().error().code == "AF20050");
  }

  TEST_CASE("a service that echoes the token does not get it into the failure") {
    for (const auto& body : {std::string(R"({"error":{"code":"x","message":"bad canary-token"}})"),
                             std::string(R"({"error":{"code":"canary-token","message":""}})"),
                             std::string("<html>canary-token</html>")}) {
      for (const auto status : {400, 401, 403, 500}) {
        api_bench world;
        world.net.on("/oauth2", {token_reply("canary-token")});
        world.graph({reply(status, body)});
        const auto got = world.get();
        REQUIRE(got.has_error());
        CHECK((got.error().why + got.error().code).find("canary") == std::string::npos);
      }
    }
  }

  TEST_CASE("the service's clock is known from its Date, small and absurd differences aside") {
    api_bench world;
    world.net.latency = {};
    const auto dated = [&](const char* date) {
      world.graph({reply(200, empty_list, {{"Date", date}})});
      CHECK(world.get().has_value());
      return world.api.clock_offset(workload::graph);
    };
    CHECK(dated("Tue, 10 Mar 2026 07:54:00 GMT") == -seams::duration{6min});
    CHECK(dated("Tue, 10 Mar 2026 08:00:20 GMT") == seams::duration{});
    CHECK(dated("Thu, 01 Jan 1970 00:00:00 GMT") == seams::duration{});
    CHECK(dated("Tue, 10 Mar 2026 08:06:00 GMT") == seams::duration{6min});
    CHECK(world.api.clock_offset(workload::management) == seams::duration{});
  }
}
