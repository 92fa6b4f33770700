#include "mock_graph/login/jwt.hpp"
#include "tests/core/auth/test_pairs.hpp"
#include "tests/core/fakes/bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

const auto graph = std::string("https://graph.microsoft.com");
const auto management = std::string("https://manage.office.com");

auto refusal(const std::string& code, const std::string& word = "invalid_client") -> answer {
  return reply(401,
               R"({"error":")" + word + R"(","error_description":"AADSTS)" + code +
                   R"(: Text. Trace ID: 1 Correlation ID: 2"})");
}

/// An answer that says what the login's clock shows.
auto at_login(const std::string& time, answer what) -> answer {
  what->fields.set("Date", "Tue, 10 Mar 2026 " + time + " GMT");
  return what;
}

struct login_bench : bench {
  auto token(const std::string& audience = graph) -> seams::result<std::string> {
    return await(tokens.token(audience));
  }
  void login(std::vector<answer> answers) { net.on("/oauth2", std::move(answers)); }
  void sign() {
    config.credential = []() -> seams::result<core::auth::credential> {
      return auth_tests::the_pair().pair;
    };
  }
  /// The assertion of a request, which is the last field of its form.
  [[nodiscard]] auto assertion(std::size_t request) const -> mock_graph::login::jws {
    const auto& body = net.asked.at(request).what.body;
    return mock_graph::login::parse_jws(body.substr(body.find("client_assertion=") + 17)).value();
  }
  void pass(seams::duration span) { run(span); }
  [[nodiscard]] auto requests() const -> int { return net.count("/oauth2"); }
};

auto ask_twice(core::auth::token_source& tokens) -> boost::asio::awaitable<std::string> {
  const auto value = co_await tokens.token(graph);
  co_return *value;
}

} // namespace

TEST_SUITE("token_source") {
  TEST_CASE("the request is a v2 client-credentials form for one audience") {
    login_bench world;
    CHECK(world.token().value() == "token-1");
    const auto sent = world.net.asked.at(0).what;
    CHECK(sent.method == "POST");
    CHECK(sent.url ==
          "https://login.microsoftonline.com/" + std::string(tenant) + "/oauth2/v2.0/token");
    CHECK(sent.body == "grant_type=client_credentials&client_id=" + world.config.client_id +
                           "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
                           "&client_secret=canary~s3cr3t%2B%2F%3D%26");
    CHECK(sent.fields.find("client-request-id").value().size() == 36);
  }

  TEST_CASE("callers at the same time share one request") {
    login_bench world;
    auto got = std::vector<std::string>();
    for (auto i = 0; i < 5; ++i) {
      boost::asio::co_spawn(
          world.context,
          ask_twice(world.tokens),
          [&](const std::exception_ptr&, std::string value) { got.push_back(std::move(value)); });
    }
    world.run(10s);
    CHECK(got == std::vector<std::string>(5, "token-1"));
    CHECK(world.requests() == 1);
  }

  TEST_CASE("audiences have tokens of their own") {
    login_bench world;
    world.login({token_reply("for-graph"), token_reply("for-management")});
    CHECK(world.token(graph).value() == "for-graph");
    CHECK(world.token(management).value() == "for-management");
    CHECK(world.token(graph).value() == "for-graph");
    CHECK(world.requests() == 2);
  }

  TEST_CASE("a token is renewed five minutes before it ends") {
    login_bench world;
    world.login({token_reply("a", 3600), token_reply("b", 3600)});
    CHECK(world.token().value() == "a");
    world.pass(54min);
    CHECK(world.token().value() == "a");
    world.pass(70s);
    CHECK(world.token().value() == "b");
  }

  TEST_CASE("a token that lives shortly is renewed at half its life") {
    login_bench world;
    world.login({token_reply("a", 240), token_reply("b", 240)});
    CHECK(world.token().value() == "a");
    world.pass(115s);
    CHECK(world.token().value() == "a");
    world.pass(10s);
    CHECK(world.token().value() == "b");
  }

  TEST_CASE("while a renewal fails the old token serves until its last minute") {
    login_bench world;
    world.login({token_reply("a", 3600), refusal("7000222")});
    CHECK(world.token().value() == "a");
    world.pass(56min);
    CHECK(world.token().value() == "a");
    CHECK(world.requests() == 2);
    world.pass(3min + 30s);
    CHECK(world.token().error().code == "AADSTS7000222");
  }

  TEST_CASE("numbers written as strings are read") {
    login_bench world;
    world.login({reply(200, R"({"access_token":"a","expires_in":"1200"})"), token_reply("b")});
    CHECK(world.token().value() == "a");
    world.pass(16min);
    CHECK(world.token().value() == "b");
  }

  TEST_CASE("the secret is read anew before each request") {
    login_bench world;
    auto secret = std::string("first");
    world.config.credential = [&]() -> seams::result<core::auth::credential> {
      return core::auth::client_secret{secret};
    };
    world.login({refusal("7000215"), token_reply("good")});
    CHECK(world.token().has_error());
    secret = "second";
    world.pass(61s);
    CHECK(world.token().value() == "good");
    CHECK(world.net.asked.at(0).what.body.ends_with("client_secret=first"));
    CHECK(world.net.asked.at(1).what.body.ends_with("client_secret=second"));
  }

  TEST_CASE("a refused login is asked once a minute, whatever the audience") {
    login_bench world;
    world.login({refusal("7000222")});
    for (auto second = 0; second < 600; second += 5) {
      const auto got = world.token(second % 2 == 0 ? graph : management);
      REQUIRE(got.has_error());
      CHECK(got.error().code == "AADSTS7000222");
      CHECK(got.error().next == seams::reaction::stop_and_diagnose);
      world.pass(5s);
    }
    CHECK(world.requests() >= 9);
    const auto sent = world.net.to("/oauth2");
    for (auto i = std::size_t{1}; i < sent.size(); ++i) {
      CHECK(sent[i].at - sent[i - 1].at >= 60s);
    }
  }

  TEST_CASE("a login that has not yet been kind is asked by one audience at a time") {
    login_bench world;
    world.login({refusal("7000222")});
    for (const auto& audience : {graph, management}) {
      boost::asio::co_spawn(
          world.context, world.tokens.token(audience), [](const auto&, const auto&) {});
    }
    world.pass(30s);
    CHECK(world.requests() == 1);
  }

  TEST_CASE("an API that is not provisioned does not keep the other from its token") {
    login_bench world;
    world.login({refusal("500011", "invalid_resource"), token_reply("fine")});
    CHECK(world.token(management).error().code == "AADSTS500011");
    CHECK(world.token(graph).value() == "fine");
  }

  TEST_CASE("a plain-text 429 makes every audience wait for its Retry-After") {
    login_bench world;
    world.login({reply(429, "Too Many Requests", {{"Retry-After", "90"}}), token_reply("a")});
    const auto got = world.token(graph);
    CHECK(got.error().code == "429");
    CHECK(got.error().next == seams::reaction::retry_later);
    world.pass(80s);
    CHECK(world.token(management).error().code == "429");
    CHECK(world.requests() == 1);
    world.pass(11s);
    CHECK(world.token(management).value() == "a");
  }

  TEST_CASE("trouble without Retry-After is met with growing pauses of at most five minutes") {
    login_bench world;
    world.login({reply(503, "<html>busy</html>")});
    for (auto second = 0; second < 3600; ++second) {
      REQUIRE(world.token().has_error());
      world.pass(1s);
    }
    const auto sent = world.net.to("/oauth2");
    REQUIRE(sent.size() > 8);
    CHECK(sent.size() < 40);
    CHECK(sent[1].at - sent[0].at >= 2s);
    CHECK(sent.back().at - sent[sent.size() - 2].at >= 150s);
  }

  TEST_CASE("answers without a usable token are trouble, not tokens") {
    const auto bodies =
        std::vector<std::string>{"",
                                 "<html>proxy</html>",
                                 R"({"access_token":)",
                                 R"({"access_token":42,"expires_in":3599})",
                                 R"({"access_token":"","expires_in":3599})",
                                 R"({"access_token":"a\r\nX-Evil: 1","expires_in":3599})",
                                 std::string("{\"access_token\":\"a\0b\"}", 22),
                                 R"({"expires_in":3599})",
                                 R"(["access_token"])",
                                 std::string(5000, '[') + std::string(5000, ']')};
    for (const auto& body : bodies) {
      CAPTURE(body);
      login_bench world;
      world.login({reply(200, body)});
      const auto got = world.token();
      REQUIRE(got.has_error());
      CHECK(got.error().code == "login_unavailable");
      CHECK(got.error().next == seams::reaction::retry_later);
    }
  }

  TEST_CASE("a body with a byte order mark and an unbelievable life is read") {
    login_bench world;
    world.login(
        {reply(200, "\xef\xbb\xbf{\"access_token\":\"a\",\"expires_in\":9223372036854775807}")});
    CHECK(world.token().value() == "a");
    world.pass(1h);
    CHECK(world.token().value() == "a");
    CHECK(world.requests() == 1);
  }

  TEST_CASE("a code of passing trouble is not taken for wrong credentials") {
    login_bench world;
    world.login({refusal("90033", "temporarily_unavailable"), token_reply("a")});
    CHECK(world.token().error().next == seams::reaction::retry_later);
    world.pass(10s);
    CHECK(world.token().value() == "a");
  }

  TEST_CASE("no answer within the limit is trouble") {
    login_bench world;
    world.login({reply(scripted_transport::never, ""), token_reply("a")});
    CHECK(world.token().error().code == "no_answer");
    CHECK(world.time.elapsed() >= 100s);
    world.pass(10s);
    CHECK(world.token().value() == "a");
  }

  TEST_CASE("a login that echoes the secret does not get it into the failure") {
    const auto echoes = std::vector<std::string>{
        std::string(R"({"error":"invalid_request","error_description":"bad: )") + canary_secret +
            R"("})",
        R"({"error":"invalid_request","error_description":"canary~s3cr3t%2B%2F%3D%26"})",
        std::string(R"({"error":")") + canary_secret + R"("})",
        R"({"error":"x","error_description":")" + std::string(590, 'x') + canary_secret + "\"}",
        R"({"error":"x","error_description":"canary\u007es3cr3t+\/=&"})",
        std::string("<html>") + canary_secret + "</html>"};
    for (const auto& body : echoes) {
      CAPTURE(body);
      login_bench world;
      world.login({reply(400, body)});
      const auto got = world.token();
      REQUIRE(got.has_error());
      CHECK((got.error().why + got.error().code).find("canary") == std::string::npos);
    }
  }

  TEST_CASE("a secret that cannot be read is told without asking the login") {
    login_bench world;
    world.config.credential = []() -> seams::result<core::auth::credential> {
      return seams::failure(
          seams::reaction::stop_and_diagnose, "", "the variable SECRET is not set");
    };
    const auto got = world.token();
    CHECK(got.error().code == "secret_unavailable");
    CHECK(got.error().why == "the variable SECRET is not set");
    CHECK(world.requests() == 0);
  }

  TEST_CASE("a refused token is replaced, once, with the claims that were asked for") {
    login_bench world;
    world.login({token_reply("a"), token_reply("b"), token_reply("c")});
    CHECK(world.token().value() == "a");
    world.tokens.refused(graph, "a", R"({"x":1})");
    CHECK(world.token().value() == "b");
    CHECK(world.net.asked.at(1).what.body.ends_with("&claims=%7B%22x%22%3A1%7D"));
    world.tokens.refused(graph, "a");
    CHECK(world.token().value() == "b");
    world.tokens.refused(graph, "b");
    CHECK(world.token().value() == "c");
    CHECK(world.net.asked.at(2).what.body.find("claims") == std::string::npos);
  }

  TEST_CASE("a request whose caller was destroyed keeps nobody waiting") {
    login_bench world;
    world.login({reply(scripted_transport::never, ""), token_reply("a")});
    boost::asio::co_spawn(
        world.context, world.tokens.token(graph), [](const auto&, const auto&) {});
    world.run(1s);
    world.time.abandon_all();
    CHECK(world.token().value() == "a");
  }

  TEST_CASE("an answer that is neither JSON nor known is a refusal with its status") {
    login_bench world;
    world.login({reply(403, "<html>blocked by proxy</html>")});
    const auto got = world.token();
    CHECK(got.error().code == "login_refused");
    CHECK(got.error().why == "the login answered 403");
  }

  TEST_CASE("a certificate signs a fresh assertion for each request") {
    login_bench world;
    world.sign();
    world.login({refusal("700027"), token_reply("good")});
    CHECK(world.token().has_error());
    world.pass(61s);
    CHECK(world.token().value() == "good");
    const auto first = world.assertion(0);
    const auto second = world.assertion(1);
    CHECK(first.claims["aud"] == world.net.asked.at(0).what.url);
    CHECK(first.claims["iss"] == world.config.client_id);
    CHECK(first.claims["jti"] != second.claims["jti"]);
    CHECK(second.claims["nbf"].get<int>() - first.claims["nbf"].get<int>() >= 61);
    CHECK(world.net.asked.at(0).what.body.find(
              "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3A"
              "jwt-bearer&client_assertion=") != std::string::npos);
    CHECK(world.net.asked.at(0).what.body.find("client_secret") == std::string::npos);
  }

  TEST_CASE("an assertion refused for its time is made again by the login's clock, at once") {
    login_bench world;
    world.sign();
    world.login({at_login("08:11:00", refusal("700024")), token_reply("good")});
    CHECK(world.token().value() == "good");
    CHECK(world.time.elapsed() < 1s);
    const auto off =
        world.assertion(1).claims["nbf"].get<int>() - world.assertion(0).claims["nbf"].get<int>();
    CHECK(off >= 659);
    CHECK(off <= 661);
  }

  TEST_CASE(
      "an assertion that the login's clock does not mend is refused with the error measured") {
    login_bench world;
    world.sign();
    world.login({at_login("07:53:00", refusal("700024"))});
    const auto got = world.token();
    REQUIRE(got.has_error());
    CHECK(got.error().code == "AADSTS700024");
    CHECK(got.error().why.find("7 minutes ahead") != std::string::npos);
    CHECK(world.requests() == 2);
  }

  TEST_CASE("an assertion that the login echoes does not get into the failure") {
    login_bench world;
    world.sign();
    world.net.respond = [](const seams::request& query) {
      const auto text = query.body.substr(query.body.find("client_assertion=") + 17);
      return reply(400, R"({"error":"x","error_description":"bad: )" + text + "\"}");
    };
    const auto got = world.token();
    REQUIRE(got.has_error());
    CHECK(got.error().why.find("eyJ") == std::string::npos);
  }
}
