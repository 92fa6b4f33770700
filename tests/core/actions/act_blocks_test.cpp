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
        if (polls_refused) {
          return reply(403, R"({"error":{"code":"Forbidden","message":"no"}})");
        }
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
  bool polls_refused = false;
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

  TEST_CASE("a state that may not be read is no device that is off") {
    auto world = device();
    world.polls_refused = true;
    const auto begun = world.time.wall();
    const auto done = world.perform(on("isolate_device", "machine_ids", {machine}));
    CHECK(done->steps.at(0).end->how == ending::pending);
    CHECK(done->steps.at(0).end->text.find("its state cannot be read") != std::string::npos);
    CHECK(done->steps.at(0).end->text.find("off") == std::string::npos);
    CHECK(world.time.wall() - begun < 1min);
  }

  TEST_CASE("an isolation that fails is a failure") {
    auto world = device();
    world.end = "TimeOut";
    const auto done = world.perform(on("isolate_device", "machine_ids", {machine}));
    CHECK(done->steps.at(0).end->how == ending::failed);
    CHECK(done->steps.at(0).end->code == "TimeOut");
  }

  TEST_CASE("a name that is as long as an id, with as many hyphens, is looked up as a name") {
    auto world = device();
    world.known = {{{"id", machine}}};
    const auto name = std::string("desk-of-adele-in-room-12.contoso.com");
    REQUIRE(name.size() == 36);
    const auto shown = world.propose(on("isolate_device", "machine_ids", {name}));
    REQUIRE(shown.has_value());
    const auto asked = world.net.to("/api/machines?");
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].what.url.ends_with("$filter=computerDnsName%20eq%20%27" + name + "%27"));
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
    const auto bad = world.perform(on("block_file", "entries", {"no-hash"}));
    CHECK(bad->steps.at(0).end->code == "no_hash");
  }
}

namespace {

const auto glass = std::string("glass@contoso.com");

/// Conditional Access; changes go to the first list and the first policy. Accounts are break-glass
/// ones, but for those called off (disabled) and gone.
struct access_rules : act_bench {
  access_rules() {
    tenant = [this](const seams::request& query) -> answer {
      if (holds(query, "/users/")) {
        return account(query.url);
      }
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
      list.front().merge_patch(body);
      return reply(204, "");
    };
  }

  static auto account(const std::string& url) -> answer {
    const auto from = url.find("/users/") + 7;
    const auto user = url.substr(from, url.find('?') - from);
    if (user.find("gone") != std::string::npos) {
      return reply(404, R"({"error":{"code":"Request_ResourceNotFound","message":"none"}})");
    }
    const auto id = user.starts_with("id-") ? user : "id-" + user.substr(0, user.find('@'));
    const auto enabled = user.find("off") == std::string::npos;
    return reply(200, json{{"id", id}, {"accountEnabled", enabled}}.dump());
  }

  auto block(std::vector<std::string> addresses, std::vector<std::string> spared = {glass}) {
    auto what = on("block_ip", "addresses", std::move(addresses));
    what.parameters.emplace_back("exclude_users", std::move(spared));
    return perform(std::move(what));
  }

  /// One policy, as Graph prints those that are made here, and a list that is empty.
  void add_policy(const std::string& state, std::vector<std::string> excluded) {
    locations = {{{"id", "id-list"}, {"displayName", "Blocked by offtenant"}, {"ipRanges", {}}}};
    policies = {json::parse(R"({"id":"id-policy",
        "displayName":"offtenant: block listed IP addresses","sessionControls":null,
        "conditions":{"clientAppTypes":["all"],"signInRiskLevels":[],"platforms":null,
          "applications":{"includeApplications":["All"],"excludeApplications":[]},
          "users":{"includeUsers":["All"],"excludeUsers":[],"excludeGroups":["id-group"],
            "includeGuestsOrExternalUsers":null},
          "locations":{"includeLocations":["id-other"],"excludeLocations":[]}},
        "grantControls":{"operator":"OR","builtInControls":["block"],"termsOfUse":[],
          "authenticationStrength@odata.context":"https://x","authenticationStrength":null}})")};
    policies[0]["state"] = state;
    policies[0]["conditions"]["users"]["excludeUsers"] = std::move(excluded);
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
    CHECK(conditions["users"]["excludeUsers"] == json::array({"id-glass"}));
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
    const auto wide = world.block({"203.0.113.7", "0.0.0.0/0"});
    CHECK(wide->steps.at(0).end->code == "range_too_wide");
    CHECK(world.changes.empty());
  }

  TEST_CASE("who is to be spared exists and can sign in") {
    for (const auto* unfit : {"gone@contoso.com", "off@contoso.com"}) {
      auto world = access_rules();
      const auto refused = world.block({"203.0.113.7"}, {glass, unfit});
      CHECK(refused->steps.at(0).end->code == "break_glass_unfit");
      CHECK(world.changes.empty());
    }
  }

  TEST_CASE("a policy that spares nobody who can sign in is not switched on") {
    for (const auto* state : {"disabled", "enabled"}) {
      for (const auto& excluded :
           std::vector<std::vector<std::string>>{{}, {"id-gone", "id-off"}}) {
        auto world = access_rules();
        world.add_policy(state, excluded);
        const auto refused = world.block({"203.0.113.7"}, {});
        REQUIRE(refused.has_value());
        CHECK(refused->steps.at(0).end->code == "no_break_glass");
        CHECK(refused->steps.at(1).end->code == "no_break_glass");
        CHECK(world.changes.empty());
      }
    }
  }

  TEST_CASE("a policy that spares somebody is switched on, and keeps all that it has") {
    auto world = access_rules();
    world.add_policy("disabled", {"id-gone", "id-chief"});
    const auto before = world.policies[0]["conditions"];
    const auto done = world.block({"203.0.113.7"});
    REQUIRE(done.has_value());
    CHECK(done->well());
    CHECK_FALSE(done->steps.at(1).what.notes.empty());
    CHECK(world.policies[0]["state"] == "enabled");
    const auto& now = world.policies[0]["conditions"];
    CHECK(now["locations"]["includeLocations"] == json::array({"id-other", "id-list"}));
    CHECK(now["users"]["excludeUsers"] == json::array({"id-gone", "id-chief", "id-glass"}));
    CHECK(now["users"]["excludeGroups"] == json::array({"id-group"}));
    const auto undo = json::parse(done->steps.at(1).what.undo);
    CHECK(undo == json{{"state", "disabled"}, {"conditions", before}});
  }

  TEST_CASE("somebody who is to be spared is added to a policy that blocks the list already") {
    auto world = access_rules();
    REQUIRE(world.block({"203.0.113.7"})->well());
    const auto more = world.block({"203.0.113.7"}, {"second@contoso.com", "Second@Contoso.com"});
    CHECK(more->steps.at(0).end->how == ending::already);
    CHECK(more->steps.at(1).end->how == ending::done);
    CHECK(world.policies[0]["conditions"]["users"]["excludeUsers"] ==
          json::array({"id-glass", "id-second"}));
    CHECK(world.block({"203.0.113.7"}, {})->steps.at(1).end->how == ending::already);
  }

  TEST_CASE("a policy of our name that does something else is left alone") {
    const auto changes = std::vector<std::pair<const char*, json>>{
        {"/grantControls/builtInControls", {"mfa"}},
        {"/grantControls", nullptr},
        {"/conditions/users/includeUsers", {"id-dana"}},
        {"/conditions/users/includeGroups", {"id-group"}},
        {"/conditions/applications/excludeApplications", {"id-app"}},
        {"/conditions/locations/includeLocations", {"All"}},
        {"/conditions/locations/excludeLocations", {"id-list"}},
        {"/conditions/signInRiskLevels", {"high"}},
        {"/conditions", json::array({1})}};
    for (const auto& [where, what] : changes) {
      CAPTURE(where);
      auto world = access_rules();
      world.add_policy("disabled", {"id-chief"});
      world.policies[0][json::json_pointer(where)] = what;
      const auto refused = world.block({"203.0.113.7"});
      REQUIRE(refused.has_value());
      CHECK(refused->steps.at(1).end->code == "policy_not_ours");
      CHECK(world.changes.empty());
    }
  }

  TEST_CASE("two spellings of an address are one range, also of one that is listed") {
    auto world = access_rules();
    REQUIRE(world.block({"2001:DB8::1", "2001:db8::1", "203.0.113.9/24"})->well());
    REQUIRE(world.locations[0]["ipRanges"].size() == 2);
    CHECK(world.locations[0]["ipRanges"][0]["cidrAddress"] == "2001:db8::1/128");
    world.locations[0]["ipRanges"][0]["cidrAddress"] = "2001:0DB8::1/128";
    CHECK(world.block({"2001:db8:0::1", "203.0.113.0/24"})->steps.at(0).end->how ==
          ending::already);
  }

  TEST_CASE("of two lists of that name the first is written to and both are blocked") {
    auto world = access_rules();
    world.add_policy("enabled", {"id-chief"});
    world.locations.push_back(world.locations[0]);
    world.locations[1]["id"] = "id-second";
    world.locations[1]["ipRanges"] = {{{"cidrAddress", "198.51.100.0/24"}}};
    const auto done = world.block({"203.0.113.7", "198.51.100.0/24"});
    REQUIRE(done.has_value());
    CHECK(done->well());
    CHECK(world.locations[0]["ipRanges"].size() == 1);
    CHECK(world.policies[0]["conditions"]["locations"]["includeLocations"] ==
          json::array({"id-other", "id-list", "id-second"}));
    CHECK(done->steps.at(0).what.notes.at(0).starts_with("2 named locations"));
  }

  TEST_CASE("without an address, or with something else, nothing is asked of the tenant") {
    auto world = access_rules();
    CHECK(world.block({""})->steps.at(0).end->code == "no_target");
    CHECK(world.block({"203.0.113.7", ""})->steps.at(0).end->code == "no_target");
    CHECK(world.block({"not-an-ip"})->steps.at(0).end->code == "unfit_target");
    CHECK(world.net.to("/identity/").empty());
  }

  TEST_CASE("a policy without an id is no answer to act on") {
    auto world = access_rules();
    world.add_policy("enabled", {"id-chief"});
    world.policies[0].erase("id");
    CHECK(world.block({"203.0.113.7"})->steps.at(0).end->code == "answer_malformed");
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
}
