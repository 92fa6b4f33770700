#include "mock_graph/conditional_access/access_api.hpp"
#include "mock_graph/identity/identity_book.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace {

namespace tenant = mock_graph::tenant;
using nlohmann::json;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
const auto locations = std::string("namedLocations");
const auto policies = std::string("policies");

auto contoso() -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = start;
  state.users = {{"dana", "dana@contoso.com", "Dana", "id-dana"},
                 {"glass", "glass@contoso.com", "Break glass", "id-glass"}};
  return state;
}

auto sign_in(seams::duration at, const char* id, const char* user, const char* ip)
    -> tenant::event {
  auto what = tenant::sign_in();
  what.id = id;
  what.user = user;
  what.ip = ip;
  return {start + at, "t.toml:1", what};
}

auto range(const std::string& cidr) -> json {
  const auto* version = cidr.find(':') == std::string::npos ? "iPv4" : "iPv6";
  return {{"@odata.type", std::string("#microsoft.graph.") + version + "CidrRange"},
          {"cidrAddress", cidr}};
}

auto location(const std::vector<std::string>& ranges, bool trusted = false) -> json {
  auto out = json{{"@odata.type", "#microsoft.graph.ipNamedLocation"},
                  {"displayName", "Blocked by connector"},
                  {"isTrusted", trusted},
                  {"ipRanges", json::array()}};
  for (const auto& one : ranges) {
    out["ipRanges"].push_back(range(one));
  }
  return out;
}

auto blocking(const std::string& location_id, const std::string& state = "enabled") -> json {
  return {{"displayName", "Connector: block listed IPs"},
          {"state", state},
          {"conditions",
           {{"clientAppTypes", {"all"}},
            {"applications", {{"includeApplications", {"All"}}}},
            {"users", {{"includeUsers", {"All"}}, {"excludeUsers", {"id-glass"}}}},
            {"locations", {{"includeLocations", {location_id}}}}}},
          {"grantControls", {{"operator", "OR"}, {"builtInControls", {"block"}}}}};
}

/// Waits a second between calls unless a test asks at one moment.
struct access_world {
  explicit access_world(const std::vector<tenant::event>& events = {},
                        const tenant::standing& state = contoso())
      : owner(state, events) {
    owner.add(entra);
  }

  auto ask(const std::string& method, const std::string& path, const std::string& body = "")
      -> seams::response {
    owner.advance(now);
    const auto query = seams::request{
        method, "https://graph.microsoft.com/v1.0/identity/conditionalAccess/" + path, {}, body};
    auto target = mock_graph::odata::read_target(query.url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = now};
    what.route = api.route_of(what.target);
    what.roles = roles;
    what.caller = "app-1";
    what.request_id = "request-" + std::to_string(requests++);
    REQUIRE(!what.route.empty());
    return api.answer(what);
  }
  auto send(const std::string& method, const std::string& path, const json& body = nullptr)
      -> seams::response {
    now += 1s;
    return ask(method, path, body.is_null() ? "" : body.dump());
  }
  auto created(const std::string& path, const json& body) -> std::string {
    const auto answer = send("POST", path, body);
    CAPTURE(answer.body);
    CHECK(answer.status == 201);
    return json::parse(answer.body).value("id", "");
  }
  auto listed(const std::string& path) -> json {
    const auto answer = send("GET", path);
    CHECK(answer.status == 200);
    return json::parse(answer.body)["value"];
  }
  /// The AADSTS numbers of the sign-ins, in order.
  auto codes_of_sign_ins(seams::duration at) -> std::vector<int> {
    owner.advance(start + at);
    auto out = std::vector<int>();
    entra.sign_ins().visit(
        start + at + 1h, start, start + at, [&](const mock_graph::entity_version& one) {
          out.push_back(one.document["status"]["errorCode"].get<int>());
          return true;
        });
    return out;
  }

  mock_graph::ledger book;
  mock_graph::effect_log effects;
  tenant::tenant owner;
  mock_graph::identity::identity_book entra{owner, book};
  mock_graph::acts::performer acts{owner, effects};
  mock_graph::graph::throttle_bucket budget{1, 1s};
  mock_graph::conditional_access::access_api api{acts, budget};
  seams::instant now = start + 1h;
  std::vector<std::string> roles = {
      "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"};
  int requests = 0;
};

} // namespace

TEST_SUITE("access_api") {
  TEST_CASE("a location is made, listed by name, replaced as a whole, and deleted") {
    access_world world;
    const auto id = world.created(locations, location({"203.0.113.7/32"}));
    const auto by_name = world.listed(locations + "?$filter=displayName eq 'Blocked by connector'");
    REQUIRE(by_name.size() == 1);
    CHECK(by_name[0]["id"] == id);
    CHECK(by_name[0]["@odata.type"] == "#microsoft.graph.ipNamedLocation");
    const auto patch = location({"198.51.100.0/24", "2001:db8::/32"});
    const auto answer = world.send("PATCH", locations + "/" + id, patch);
    CHECK(answer.status == 204);
    CHECK(answer.body.empty());
    CHECK(world.listed(locations)[0]["ipRanges"] == patch["ipRanges"]);
    CHECK(world.send("DELETE", locations + "/" + id).status == 204);
    CHECK(world.send("DELETE", locations + "/" + id).status == 404);
    CHECK(world.effects.size() == 3);
  }

  TEST_CASE("a second POST makes a second location of the same name, a PATCH of the same is none") {
    access_world world;
    const auto id = world.created(locations, location({"203.0.113.7/32"}));
    (void)world.created(locations, location({"203.0.113.7/32"}));
    CHECK(world.listed(locations).size() == 2);
    CHECK(world.send("PATCH", locations + "/" + id, location({"203.0.113.7/32"})).status == 204);
    CHECK(world.effects.size() == 2);
  }

  TEST_CASE("a blocked address is kept out, others and the excluded account are not") {
    access_world world({sign_in(30min, "before", "dana", "203.0.113.7"),
                        sign_in(2h, "blocked", "dana", "203.0.113.7"),
                        sign_in(3h, "elsewhere", "dana", "203.0.113.8"),
                        sign_in(4h, "glass", "glass", "203.0.113.7")});
    const auto id = world.created(locations, location({"203.0.113.7/32"}));
    (void)world.created(policies, blocking(id));
    CHECK(world.codes_of_sign_ins(5h) == std::vector<int>{0, 53003, 0, 0});
  }

  TEST_CASE("a policy that only reports, or is disabled, keeps nobody out") {
    for (const auto* state : {"enabledForReportingButNotEnforced", "disabled"}) {
      access_world world({sign_in(2h, "in", "dana", "203.0.113.7")});
      const auto id = world.created(locations, location({"203.0.113.0/24"}));
      (void)world.created(policies, blocking(id, state));
      CHECK(world.codes_of_sign_ins(3h) == std::vector<int>{0});
    }
  }

  TEST_CASE("a policy is changed in parts, lists as wholes") {
    access_world world({sign_in(2h, "in", "dana", "198.51.100.9")});
    const auto first = world.created(locations, location({"203.0.113.7/32"}));
    const auto second = world.created(locations, location({"198.51.100.0/24"}));
    const auto policy = world.created(policies, blocking(first, "disabled"));
    const auto patch = json{{"state", "enabled"},
                            {"conditions", {{"locations", {{"includeLocations", {second}}}}}}};
    CHECK(world.send("PATCH", policies + "/" + policy, patch).status == 204);
    const auto now = world.listed(policies)[0];
    CHECK(now["conditions"]["locations"]["includeLocations"] == json::array({second}));
    CHECK(now["conditions"]["users"]["excludeUsers"] == json::array({"id-glass"}));
    CHECK(world.codes_of_sign_ins(3h) == std::vector<int>{53003});
  }

  TEST_CASE("a policy names people by the ids of accounts, and keeps those it had") {
    access_world world;
    const auto id = world.created(locations, location({"203.0.113.7/32"}));
    const auto sparing = [&](const json& who) {
      auto out = blocking(id);
      out["conditions"]["users"]["excludeUsers"] = who;
      return out;
    };
    for (const auto* nobody : {"glass@contoso.com", "glass", "id-nobody"}) {
      CAPTURE(nobody);
      CHECK(world.send("POST", policies, sparing({"id-glass", nobody})).status == 400);
    }
    CHECK(world.listed(policies).empty());
    const auto policy = world.created(policies, sparing({"id-glass", "GuestsOrExternalUsers"}));
    world.owner.schedule(
        {world.now, "t.toml:2", tenant::user_change{{"glass"}, tenant::user_change::act::deleted}});
    world.now += 1s;
    CHECK(world.send("PATCH", policies + "/" + policy, sparing({"id-dana", "id-glass"})).status ==
          204);
    CHECK(world.send("POST", policies, sparing({"id-glass"})).status == 400);
    CHECK(world.send("PATCH", policies + "/" + policy, sparing({"id-nobody"})).status == 400);
  }

  TEST_CASE("an address of version six is blocked by its range") {
    access_world world(
        {sign_in(2h, "in", "dana", "2001:db8:0:1::9"), sign_in(3h, "out", "dana", "2001:db9::9")});
    const auto id = world.created(locations, location({"2001:db8::/32"}));
    (void)world.created(policies, blocking(id));
    CHECK(world.codes_of_sign_ins(4h) == std::vector<int>{53003, 0});
  }

  TEST_CASE("what is used or trusted cannot be deleted") {
    access_world world;
    const auto used = world.created(locations, location({"203.0.113.7/32"}));
    const auto policy = world.created(policies, blocking(used));
    CHECK(world.send("DELETE", locations + "/" + used).status == 400);
    CHECK(world.send("DELETE", policies + "/" + policy).status == 204);
    CHECK(world.send("DELETE", locations + "/" + used).status == 204);
    const auto trusted = world.created(locations, location({"203.0.113.7/32"}, true));
    CHECK(world.send("DELETE", locations + "/" + trusted).status == 400);
  }

  TEST_CASE("ranges are of their type, longer than /8, and at most two thousand") {
    access_world world;
    for (const auto* wrong : {"203.0.113.7", "10.0.0.0/8", "203.0.113.7/33", "nonsense/24"}) {
      CAPTURE(wrong);
      CHECK(world.send("POST", locations, location({wrong})).status == 400);
    }
    auto mixed = location({"203.0.113.7/32"});
    mixed["ipRanges"][0]["@odata.type"] = "#microsoft.graph.iPv6CidrRange";
    CHECK(world.send("POST", locations, mixed).status == 400);
    CHECK(world.send("POST", locations, location(std::vector<std::string>(2001, "203.0.113.7/32")))
              .status == 400);
  }

  TEST_CASE("a tenant has at most 195 named locations") {
    auto state = contoso();
    for (auto i = 0; i < 195; ++i) {
      state.access.locations.push_back(
          {"l" + std::to_string(i), "Office", false, {"203.0.113.7/32"}, start, start});
    }
    access_world world({}, state);
    CHECK(world.send("POST", locations, location({"203.0.113.7/32"})).status == 400);
    CHECK(world.listed(locations).size() == 195);
  }

  TEST_CASE("a policy names what is there, and has all that it needs") {
    access_world world;
    CHECK(world.send("POST", policies, blocking("no-such-location")).status == 400);
    const auto id = world.created(locations, location({"203.0.113.7/32"}));
    for (const auto* member : {"displayName", "state", "conditions", "grantControls"}) {
      auto lacking = blocking(id);
      lacking.erase(member);
      CAPTURE(member);
      CHECK(world.send("POST", policies, lacking).status == 400);
    }
    CHECK(world.send("POST", policies, {{"displayName", 7}}).status == 400);
  }

  TEST_CASE("one request a second for the tenant, and no word about how long to wait") {
    access_world world;
    CHECK(world.ask("GET", locations).status == 200);
    const auto refused = world.ask("GET", policies);
    CHECK(refused.status == 429);
    CHECK_FALSE(refused.fields.find("Retry-After").has_value());
    world.now += 1s;
    CHECK(world.ask("GET", policies).status == 200);
  }

  TEST_CASE("reading takes one role, writing two, a policy a third, and a licence") {
    access_world world;
    world.roles = {"Policy.Read.All"};
    CHECK(world.listed(locations).empty());
    CHECK(world.send("POST", locations, location({"203.0.113.7/32"})).status == 403);
    world.roles = {"Policy.ReadWrite.ConditionalAccess"};
    CHECK(world.send("GET", locations).status == 403);
    world.roles = {"Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"};
    const auto id = world.created(locations, location({"203.0.113.7/32"}));
    const auto refused = world.send("POST", policies, blocking(id));
    CHECK(refused.status == 403);
    CHECK(json::parse(refused.body)["error"]["code"] == "AccessDenied");
    auto state = contoso();
    state.entra = tenant::entra_licence::free;
    access_world unlicensed({}, state);
    CHECK(unlicensed.send("POST", locations, location({"203.0.113.7/32"})).status == 403);
  }

  TEST_CASE("users are named by their ids: an address is nobody's, so no policy spares it") {
    auto world = access_world();
    auto body = blocking("All");
    body["conditions"]["users"]["excludeUsers"] = {"glass@contoso.com"};
    CHECK(world.send("POST", "policies", body).status == 400);
    body["conditions"]["users"]["excludeUsers"] = {"id-glass"};
    CHECK(world.send("POST", "policies", body).status == 201);
  }
}
