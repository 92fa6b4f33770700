#include "scenarios/serve/control_api.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const auto quiet_tenant = std::string(R"(about = "a mail"
[connector]
feeds = ["alerts", "audit_general"]
[[user]]
name = "dana"
[[user]]
name = "robin"
[[verdict]]
at = "1m"
url = "https://bad.example/"
[[mail]]
id = "m"
at = "10m"
from = "a@b.example"
to = ["dana", "robin"]
urls = ["https://bad.example/"]
)");

auto controlled_scenario() -> scenarios::model::scenario {
  auto read = scenarios::model::load_text(quiet_tenant, "x.toml");
  REQUIRE(read.what);
  return *read.what;
}

auto control_key() -> const mock_graph::login::signing_key& {
  static const auto key = mock_graph::login::signing_key::generate().value();
  return key;
}

/// A stage whose clock stands still an hour after the start, and its control.
struct controlled {
  auto ask(const std::string& method, const std::string& path, const std::string& body = "")
      -> seams::response {
    return control.answer({method, "http://127.0.0.1:9000" + path, {}, body}).response;
  }
  auto list_alerts(const std::string& token) -> seams::response {
    return tenant
        .answer({"GET",
                 "https://graph.microsoft.com/v1.0/security/alerts_v2",
                 {{"Authorization", "Bearer " + token}},
                 ""})
        .response;
  }
  auto token(const std::string& kind) -> std::string {
    return json::parse(ask("POST", "/tokens", R"({"kind": ")" + kind + "\"}").body)["access_token"];
  }
  auto alerts() -> std::size_t {
    return json::parse(list_alerts(token("good")).body)["value"].size();
  }

  scenarios::model::scenario what = controlled_scenario();
  scenarios::serve::stage tenant{what, control_key(), what.standing.start + 1h, 0, true};
  scenarios::serve::control_api control{tenant, quiet_tenant, control_key()};
};

} // namespace

TEST_SUITE("control api") {
  TEST_CASE("the clock is read, advanced, set going and frozen") {
    auto with = controlled();
    const auto clock = json::parse(with.ask("GET", "/clock").body);
    CHECK(clock["since_start_seconds"] == 3600);
    CHECK(clock["speed"] == 0);
    const auto later = json::parse(with.ask("POST", "/clock", R"({"advance": "30m"})").body);
    CHECK(later["since_start_seconds"] == 5400);
    CHECK(json::parse(with.ask("POST", "/clock", R"({"speed": 60})").body)["speed"] == 60);
    CHECK(json::parse(with.ask("POST", "/clock", R"({"freeze": true})").body)["speed"] == 0);
    for (const auto* wrong : {"", "{}", R"({"speed": -1})", R"({"advance": "soon"})", "[1]"}) {
      CAPTURE(wrong);
      CHECK(with.ask("POST", "/clock", wrong).status == 400);
    }
  }

  TEST_CASE("an event happens now, whether it comes as JSON or as TOML") {
    auto with = controlled();
    CHECK(with.alerts() == 0);
    const auto added = with.ask("POST", "/events", R"({"click": [{"user": "dana", "in": "m"}]})");
    CHECK_MESSAGE(added.status == 200, added.body);
    with.ask("POST", "/clock", R"({"advance": "10m"})");
    CHECK(with.alerts() == 1);
    const auto again =
        with.ask("POST", "/events", "[[click]]\nat = \"now\"\nuser = \"robin\"\nin = \"m\"\n");
    CHECK_MESSAGE(again.status == 200, again.body);
    with.ask("POST", "/clock", R"({"advance": "10m"})");
    CHECK(with.alerts() == 2);
  }

  TEST_CASE("a later event may name an earlier one") {
    auto with = controlled();
    const auto mail = R"({"mail": {"id": "n", "from": "a@b.example", "to": ["dana"],
                                   "urls": ["https://bad.example/"]}})";
    CHECK(with.ask("POST", "/events", mail).status == 200);
    const auto click = R"({"click": {"user": "dana", "in": "n"}})";
    CHECK(with.ask("POST", "/events", click).status == 200);
  }

  TEST_CASE("what is wrong with an event is told with its place, and nothing happens") {
    auto with = controlled();
    const auto unknown = with.ask("POST", "/events", "[[click]]\nat = \"now\"\nuser = \"eve\"\n");
    CHECK(unknown.status == 400);
    CHECK(unknown.body.find("the request:3:") != std::string::npos);
    CHECK(with.ask("POST", "/events", "[[user]]\nname = \"eve\"\n").status == 400);
    CHECK(with.ask("POST", "/events", "[tenant]\n").status == 400);
    CHECK(with.ask("POST", "/events", "[[").status == 400);
    CHECK(with.ask("POST", "/events", "").status == 400);
  }

  TEST_CASE("a fault is added, meets calls, and is lifted") {
    auto with = controlled();
    const auto added = with.ask("POST", "/faults", R"({"on": "graph.alerts", "kind": "throttle"})");
    REQUIRE_MESSAGE(added.status == 200, added.body);
    const auto id = json::parse(added.body)["faults"][0].get<std::string>();
    CHECK(with.list_alerts(with.token("good")).status == 429);
    auto path = std::string("/faults/");
    for (const auto c : id) {
      path += c == ' ' ? std::string("%20") : std::string(1, c);
    }
    CHECK(with.ask("DELETE", path).status == 204);
    CHECK(with.list_alerts(with.token("good")).status == 200);
    CHECK(with.ask("DELETE", path).status == 404);
    const auto named = R"({"id": "storm", "on": "graph.alerts", "kind": "throttle"})";
    CHECK(with.ask("POST", "/faults", named).status == 200);
    CHECK(with.ask("POST", "/faults", named).status == 400);
    CHECK(with.ask("DELETE", "/faults/storm").status == 204);
    CHECK(with.ask("POST", "/faults", named).status == 200);
  }

  TEST_CASE("odd tokens are refused, each for what is wrong with it") {
    auto with = controlled();
    for (const auto& [kind, note] : {std::pair{"expired", "token expired"},
                                     {"wrong_audience", "token for another audience"},
                                     {"bad_signature", "token with a bad signature"}}) {
      CAPTURE(kind);
      CHECK(with.list_alerts(with.token(kind)).status == 401);
      const auto journal = json::parse(with.ask("GET", "/journal").body);
      CHECK(journal["requests"].back()["note"] == note);
    }
    CHECK(with.list_alerts(with.token("good")).status == 200);
    CHECK(with.ask("POST", "/tokens", R"({"kind": "odd"})").status == 400);
    CHECK(with.ask("POST", "/tokens", R"({"kind": "good", "api": "mail"})").status == 400);
  }

  TEST_CASE("effects tell what changed in the tenant, once, and nothing of what was so already") {
    auto with = controlled();
    const auto command =
        R"({"admin_command": {"cmdlet": "New-SafeLinksPolicy", "by": "ada@contoso.com",
      "parameters": {"Name": "staff"}}})";
    for (auto twice = 0; twice < 2; ++twice) {
      CHECK(with.ask("POST", "/events", command).status == 200);
      with.ask("POST", "/clock", R"({"advance": "1m"})");
    }
    const auto log = json::parse(with.ask("GET", "/effects").body);
    REQUIRE(log["total"] == 1);
    CHECK(log["effects"][0]["what"] == "New-SafeLinksPolicy");
    CHECK(log["effects"][0]["target"] == "staff");
    CHECK(log["effects"][0]["by"] == "ada@contoso.com");
    CHECK(json::parse(with.ask("GET", "/effects?from=2").body)["effects"].empty());
  }

  TEST_CASE("a reset forgets requests and events, and puts the clock back") {
    auto with = controlled();
    with.ask("POST", "/clock", R"({"advance": "1d"})");
    with.ask("POST", "/events", R"({"click": {"user": "dana", "in": "m"}})");
    with.ask("POST", "/clock", R"({"advance": "1h"})");
    CHECK(with.alerts() == 1);
    CHECK(with.ask("POST", "/reset").status == 204);
    CHECK(json::parse(with.ask("GET", "/clock").body)["since_start_seconds"] == 3600);
    CHECK(json::parse(with.ask("GET", "/journal").body)["total"] == 0);
    CHECK(with.alerts() == 0);
  }

  TEST_CASE("the audit of now can be had at any time") {
    auto with = controlled();
    with.ask("POST", "/events", R"({"click": {"user": "dana", "in": "m"}})");
    with.ask("POST", "/clock", R"({"advance": "10m"})");
    CHECK(json::parse(with.ask("GET", "/audit").body)["sources"]["alerts"]["never"] == 1);
    CHECK(with.alerts() == 1);
    CHECK(json::parse(with.ask("GET", "/audit").body)["sources"]["alerts"]["never"] == 0);
  }

  TEST_CASE("a web page cannot reach it") {
    auto with = controlled();
    auto query = seams::request{"GET", "http://attacker.example:9000/journal", {}, ""};
    CHECK(with.control.answer(query).response.status == 403);
    query.url = "http://127.0.0.1:9000/journal";
    query.fields.set("Origin", "https://attacker.example");
    CHECK(with.control.answer(query).response.status == 403);
  }

  TEST_CASE("docs/control-api.json has every operation, and no other") {
    auto file = std::ifstream(OFFTENANT_SOURCE_DIR "/docs/control-api.json");
    const auto document = json::parse(file);
    auto documented = std::set<std::pair<std::string, std::string>>();
    for (const auto& [path, operations] : document["paths"].items()) {
      for (const auto& [method, operation] : operations.items()) {
        documented.emplace(method, path);
      }
    }
    auto known = std::set<std::pair<std::string, std::string>>();
    auto with = controlled();
    for (const auto& [method, path] : scenarios::serve::control_routes()) {
      auto small = std::string(method);
      std::ranges::transform(
          small, small.begin(), [](char c) { return static_cast<char>(c | 0x20); });
      known.emplace(small, path);
      CAPTURE(path);
      const auto answered = with.ask(std::string(method), std::string(path));
      CHECK(answered.body.find("no such operation") == std::string::npos);
    }
    CHECK(documented == known);
    CHECK(with.ask("GET", "/other").status == 404);
  }
}
