#include "tests/core/actions/act_bench.hpp"

#include <doctest/doctest.h>

using namespace core::actions;
using namespace fakes;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const auto machine = std::string(40, 'a');

auto on(std::string name, std::string parameter, std::vector<std::string> targets) -> act_request {
  return {std::move(name), {{std::move(parameter), std::move(targets)}}, ""};
}

/// One device of Defender for Endpoint, whose actions take a while.
struct device : act_bench {
  device() {
    tenant = [this](const seams::request& query) -> answer {
      if (query.method == "POST") {
        for (const auto& one : known) {
          if (one["status"] == "Pending") {
            return reply(400, R"({"error":{"code":"ActiveRequestAlreadyExists","message":"is"}})");
          }
        }
        return start(holds(query, "/isolate") ? "Isolate" : "Unisolate");
      }
      if (holds(query, "/api/machineactions/")) {
        ++polls;
        if (polls >= ends_after) {
          known.back()["status"] = end;
        }
        return reply(200, known.back().dump());
      }
      return reply(200, json{{"value", known}}.dump());
    };
  }

  auto start(const char* type) -> answer {
    known.push_back({{"id", "act-" + std::to_string(known.size())},
                     {"type", type},
                     {"status", "Pending"},
                     {"creationDateTimeUtc", seams::to_rfc3339(time.wall())}});
    return reply(201, known.back().dump());
  }

  std::vector<json> known;
  int polls = 0;
  int ends_after = 3;
  std::string end = "Succeeded";
};

} // namespace

TEST_SUITE("actions/devices") {
  TEST_CASE("an isolation is followed to its end") {
    auto world = device();
    const auto done = world.perform(on("isolate_device", "machine_ids", {machine}));
    REQUIRE(done.has_value());
    CHECK(done->steps.at(0).end->how == ending::done);
    CHECK(world.polls == 3);
    CHECK(world.changes.at(0).body == R"({"Comment":"offtenant","IsolationType":"Full"})");
  }

  TEST_CASE("an isolated device is not isolated again, and can be released once") {
    auto world = device();
    REQUIRE(world.perform(on("isolate_device", "machine_ids", {machine})).has_value());
    const auto second = world.perform(on("isolate_device", "machine_ids", {machine}));
    CHECK(second->steps.at(0).end->how == ending::already);
    CHECK(world.changes.size() == 1);
    REQUIRE(world.perform(on("release_device", "machine_ids", {machine})).has_value());
    CHECK(world.sent("/unisolate") == 1);
  }

  TEST_CASE("a lost answer leads to the action that is under way, not to a second one") {
    auto world = device();
    world.lost = 1;
    const auto done = world.perform(on("isolate_device", "machine_ids", {machine}));
    CHECK(done->steps.at(0).end->how == ending::done);
    CHECK(world.sent("/isolate") == 1);
  }

  TEST_CASE("a device that is off stays pending, and the act is resumed when it is back") {
    auto world = device();
    world.ends_after = 1000;
    const auto waits = world.perform(on("isolate_device", "machine_ids", {machine}));
    REQUIRE(waits.has_value());
    CHECK(waits->steps.at(0).end->how == ending::pending);
    CHECK_FALSE(waits->well());
    world.ends_after = 1;
    const auto resumed = world.resume(waits->act);
    CHECK(resumed->steps.at(0).end->how == ending::done);
    CHECK(world.sent("/isolate") == 1);
  }

  TEST_CASE("an isolation that fails is a failure") {
    auto world = device();
    world.end = "TimeOut";
    const auto done = world.perform(on("isolate_device", "machine_ids", {machine}));
    CHECK(done->steps.at(0).end->how == ending::failed);
    CHECK(done->steps.at(0).end->code == "TimeOut");
  }
}

TEST_SUITE("actions/indicators") {
  TEST_CASE("a file is blocked by its hash, once") {
    auto world = act_bench();
    auto known = json::array();
    world.tenant = [&](const seams::request& query) -> answer {
      if (query.method == "POST") {
        known.push_back(json::parse(query.body));
        return reply(200, query.body);
      }
      return reply(200, json{{"value", known}}.dump());
    };
    const auto hash = std::string(64, 'b');
    CHECK(world.perform(on("block_file", "entries", {hash}))->well());
    CHECK(known.at(0)["indicatorType"] == "FileSha256");
    CHECK(known.at(0)["action"] == "Block");
    const auto second = world.perform(on("block_file", "entries", {hash}));
    CHECK(second->steps.at(0).end->how == ending::already);
    CHECK(world.changes.size() == 1);
    const auto bad = world.perform(on("block_file", "entries", {"no hash"}));
    CHECK(bad->steps.at(0).end->code == "no_hash");
  }
}

namespace {

const auto break_glass = std::string("7c1d9a52-0f3e-4b8a-a6d1-2e5f80c94b37");

/// Conditional Access with one list and one policy at most.
struct access_rules : act_bench {
  access_rules() {
    tenant = [this](const seams::request& query) -> answer {
      auto& list = holds(query, "namedLocations") ? locations : policies;
      if (query.method == "GET") {
        return reply(200, json{{"value", list}}.dump());
      }
      auto body = json::parse(query.body);
      if (query.method == "POST") {
        body["id"] = "id-" + std::to_string(list.size());
        list.push_back(body);
        return reply(201, body.dump());
      }
      list.front().update(body);
      return reply(204, "");
    };
  }

  auto block(std::vector<std::string> addresses) {
    auto what = on("block_ip", "addresses", std::move(addresses));
    what.parameters.emplace_back("exclude_users", std::vector<std::string>{break_glass});
    return perform(std::move(what));
  }

  std::vector<json> locations;
  std::vector<json> policies;
};

} // namespace

TEST_SUITE("actions/locations") {
  TEST_CASE("addresses go into one list that one policy blocks, break-glass accounts aside") {
    auto world = access_rules();
    const auto done = world.block({"203.0.113.7", "2001:db8::1"});
    REQUIRE(done.has_value());
    CHECK(done->well());
    REQUIRE(world.locations.size() == 1);
    CHECK(world.locations[0]["ipRanges"].size() == 2);
    REQUIRE(world.policies.size() == 1);
    const auto& conditions = world.policies[0]["conditions"];
    CHECK(conditions["locations"]["includeLocations"][0] == "id-0");
    CHECK(conditions["users"]["excludeUsers"][0] == break_glass);
  }

  TEST_CASE("a later address joins the list, and those of others stay in it") {
    auto world = access_rules();
    REQUIRE(world.block({"203.0.113.7"}).has_value());
    REQUIRE(world.block({"198.51.100.0/24"}).has_value());
    CHECK(world.locations.size() == 1);
    CHECK(world.locations[0]["ipRanges"].size() == 2);
    CHECK(world.policies.size() == 1);
    const auto changes = world.changes.size();
    CHECK(world.block({"203.0.113.7"})->well());
    CHECK(world.changes.size() == changes);
  }

  TEST_CASE("a list whose answer was lost is not made twice") {
    auto world = access_rules();
    world.lost = 1;
    CHECK(world.block({"203.0.113.7"})->well());
    CHECK(world.locations.size() == 1);
  }

  TEST_CASE("what another administrator writes over is written again") {
    auto world = access_rules();
    REQUIRE(world.block({"203.0.113.7"}).has_value());
    auto inner = world.tenant;
    auto overwritten = false;
    world.tenant = [&](const seams::request& query) {
      const auto out = inner(query);
      if (query.method == "PATCH" && !overwritten) {
        overwritten = true;
        world.locations[0]["ipRanges"] = {{{"cidrAddress", "192.0.2.0/24"}}};
      }
      return out;
    };
    CHECK(world.block({"198.51.100.9"})->well());
    const auto text = world.locations[0]["ipRanges"].dump();
    CHECK(text.find("192.0.2.0/24") != std::string::npos);
    CHECK(text.find("198.51.100.9/32") != std::string::npos);
  }

  TEST_CASE("nobody is locked out by a slip") {
    auto world = access_rules();
    const auto unsafe = world.perform(on("block_ip", "addresses", {"203.0.113.7"}));
    CHECK(unsafe->steps.at(0).end->code == "no_break_glass");
    auto by_address = on("block_ip", "addresses", {"203.0.113.7"});
    by_address.parameters.emplace_back("exclude_users",
                                       std::vector<std::string>{"glass@contoso.com"});
    CHECK(world.perform(std::move(by_address))->steps.at(0).end->code == "no_object_id");
    const auto wide = world.block({"0.0.0.0/0"});
    CHECK(wide->steps.at(0).end->code == "range_too_wide");
    CHECK(world.changes.empty());
  }
}

TEST_SUITE("actions/block list") {
  TEST_CASE("a URL is put on the Tenant Allow/Block List once, also after a lost answer") {
    auto world = act_bench();
    auto known = json::array();
    auto made = 0;
    world.tenant = [&](const seams::request& query) -> answer {
      const auto input = json::parse(query.body)["CmdletInput"];
      if (input["CmdletName"] == "New-TenantAllowBlockListItems") {
        ++made;
        known.push_back({{"Action", "Block"}, {"Value", input["Parameters"]["Entries"][0]}});
        CHECK(known.back()["Value"] == "login-contoso.example/r?x=1");
        return made == 1 ? broken("connection_reset") : reply(200, R"({"value":[]})");
      }
      return reply(200, json{{"value", known}}.dump());
    };
    const auto url = std::string("https://login-contoso.example:443/r?x=1#top");
    CHECK(world.perform(on("block_url", "entries", {url}))->well());
    CHECK(world.perform(on("block_url", "entries", {url}))->steps.at(0).end->how ==
          ending::already);
    CHECK(made == 1);
  }

  TEST_CASE("where Exchange hides the cmdlet, the directory role that shows it is named") {
    auto world = act_bench();
    world.tenant = [](const seams::request& query) -> answer {
      const auto reads = query.body.find("Get-TenantAllowBlockListItems") != std::string::npos;
      return reads ? reply(200, R"({"value":[]})") : reply(403, "");
    };
    const auto done = world.perform(on("block_sender", "entries", {"x@evil.example"}));
    const auto& end = done->steps.at(0).end.value();
    CHECK(end.how == ending::failed);
    CHECK(end.code == "directory_role_missing");
    CHECK(end.text.starts_with("block_sender needs the directory role Security Administrator or "));
  }
}
