#include "tests/mock_graph/endpoint/endpoint_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto block(const std::string& type, const std::string& value) -> json {
  return {{"indicatorValue", value},
          {"indicatorType", type},
          {"action", "Block"},
          {"title", "Blocked by connector"},
          {"description", "case 42"},
          {"severity", "High"}};
}

const auto sha256 = std::string(64, 'a');

/// Notes what users met who clicked.
struct click_endings final : tenant::listener {
  void on(const tenant::click_fact& what) override { met.push_back(what.outcome); }
  std::vector<tenant::click_outcome> met;
};

auto submit(endpoint_world& world, seams::duration at, const json& body) -> seams::response {
  return world.send(at, "POST", "/api/indicators", body.dump());
}

} // namespace

TEST_SUITE("indicators_api") {
  TEST_CASE("an indicator is made and updated by the same call, its value and type are the key") {
    endpoint_world world;
    const auto first = submit(world, 1h, block("FileSha256", sha256));
    CHECK(first.status == 200);
    auto changed = block("FileSha256", std::string(64, 'A'));
    CHECK(json::parse(submit(world, 2h, changed).body)["id"] == json::parse(first.body)["id"]);
    CHECK(world.effects.size() == 2);
    CHECK(submit(world, 3h, changed).status == 200);
    CHECK(world.effects.size() == 2);
    CHECK(world.fetch(4h, "/api/indicators")["value"].size() == 1);
  }

  TEST_CASE("no indicator changes a click: mail and links have a list of their own") {
    auto click = tenant::click();
    click.id = "c";
    click.user = "dana";
    click.url = "https://u.example/r";
    endpoint_world world({{start + 2h, "t.toml:1", click}});
    auto endings = click_endings();
    world.owner.add(endings);
    CHECK(submit(world, 1h, block("Url", "https://u.example/r")).status == 200);
    CHECK(submit(world, 1h, block("DomainName", "u.example")).status == 200);
    world.owner.advance(start + 3h);
    CHECK(endings.met == std::vector{tenant::click_outcome::allowed});
  }

  TEST_CASE("it is found by its value and deleted by its id, once") {
    endpoint_world world;
    (void)submit(world, 1h, block("DomainName", "fabrikam.example"));
    (void)submit(world, 1h, block("IpAddress", "203.0.113.7"));
    const auto hit =
        world.fetch(1h, "/api/indicators?$filter=indicatorValue eq 'fabrikam.example'")["value"];
    REQUIRE(hit.size() == 1);
    const auto path = "/api/indicators/" + hit[0]["id"].get<std::string>();
    CHECK(world.send(2h, "DELETE", path).status == 204);
    CHECK(world.send(2h, "DELETE", path).status == 404);
    CHECK(world.fetch(2h, "/api/indicators")["value"].size() == 1);
  }

  TEST_CASE("an indicator expires") {
    endpoint_world world;
    auto body = block("IpAddress", "203.0.113.7");
    body["expirationTime"] = "2026-03-10T02:00:00Z";
    (void)submit(world, 1h, body);
    CHECK(world.fetch(1h + 59min, "/api/indicators")["value"].size() == 1);
    CHECK(world.fetch(2h, "/api/indicators")["value"].empty());
  }

  TEST_CASE("values are checked by their type, each with its own code") {
    endpoint_world world;
    const auto refusal = [&](const char* type, const char* value) {
      return endpoint_world::code(submit(world, 1h, block(type, value)));
    };
    CHECK(refusal("FileSha256", "abc") == "400 InvalidHashValue");
    CHECK(refusal("FileMd5", "zz") == "400 InvalidHashValue");
    CHECK(refusal("IpAddress", "203.0.113.0/24") == "400 InvalidIpAddress");
    CHECK(refusal("DomainName", "no domain") == "400 InvalidDomainName");
    CHECK(refusal("Url", "http://no url") == "400 InvalidUrl");
    CHECK(refusal("Sha256", "abc") == "400 InvalidInput");
    CHECK(submit(world, 1h, block("IpAddress", "2001:db8::7")).status == 200);
  }

  TEST_CASE("what is required must be there, under its own spelling") {
    endpoint_world world;
    for (const auto* member :
         {"indicatorValue", "indicatorType", "action", "title", "description"}) {
      auto lacking = block("Url", "https://fabrikam.example/login");
      lacking.erase(member);
      CAPTURE(member);
      CHECK(endpoint_world::code(submit(world, 1h, lacking)) == "400 MissingRequiredParameter");
    }
    auto misspelt = block("Url", "https://fabrikam.example/login");
    misspelt["Severity"] = "High";
    CHECK(endpoint_world::code(submit(world, 1h, misspelt)) == "400 InvalidRequestBody");
    auto audit = block("Url", "https://fabrikam.example/login");
    audit["action"] = "Audit";
    CHECK(endpoint_world::code(submit(world, 1h, audit)) == "400 InvalidInput");
    audit["generateAlert"] = true;
    CHECK(submit(world, 1h, audit).status == 200);
  }

  TEST_CASE("the lesser role sees and touches what the app itself submitted") {
    endpoint_world world;
    (void)submit(world, 1h, block("IpAddress", "203.0.113.7"));
    const auto id = world.fetch(1h, "/api/indicators")["value"][0]["id"].get<std::string>();
    world.roles = {"Ti.ReadWrite"};
    CHECK(world.fetch(1h, "/api/indicators")["value"].size() == 1);
    world.caller = "app-2";
    CHECK(world.fetch(1h, "/api/indicators")["value"].empty());
    CHECK(world.send(1h, "DELETE", "/api/indicators/" + id).status == 404);
    CHECK(submit(world, 1h, block("IpAddress", "203.0.113.7")).status == 403);
    world.roles = {"Machine.Isolate"};
    CHECK(endpoint_world::code(world.send(1h, "GET", "/api/indicators")) == "403 Forbidden");
  }

  TEST_CASE("an import says of each what came of it, and takes five hundred") {
    endpoint_world world;
    const auto many = [&](const json& all) {
      return world.send(1h, "POST", "/api/indicators/import", json{{"Indicators", all}}.dump());
    };
    const auto answer = many({block("IpAddress", "203.0.113.7"), block("IpAddress", "nowhere")});
    CHECK(answer.status == 200);
    const auto results = json::parse(answer.body)["value"];
    REQUIRE(results.size() == 2);
    CHECK(results[0]["isFailed"] == false);
    CHECK(results[0]["failureReason"].is_null());
    CHECK(results[1]["isFailed"] == true);
    CHECK(results[1]["indicator"] == "nowhere");
    CHECK(world.effects.size() == 1);
    CHECK(endpoint_world::code(many(json(501, block("IpAddress", "203.0.113.7")))) ==
          "400 MaximumBatchSizeExceeded");
    CHECK(endpoint_world::code(world.send(1h, "POST", "/api/indicators/import", "{}")) ==
          "400 InvalidRequestBody");
  }

  TEST_CASE("imports have a limit of their own") {
    endpoint_world world;
    const auto empty = json{{"Indicators", json::array()}}.dump();
    for (auto i = 0; i < 30; ++i) {
      CHECK(world.send(1h, "POST", "/api/indicators/import", empty).status == 200);
    }
    CHECK(world.send(1h, "POST", "/api/indicators/import", empty).status == 429);
    CHECK(submit(world, 1h, block("IpAddress", "203.0.113.7")).status == 200);
  }
}
