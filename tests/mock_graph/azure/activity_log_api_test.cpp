#include "mock_graph/azure/activity_log_api.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace std::chrono_literals;

namespace {

namespace tenant = mock_graph::tenant;
namespace azure = mock_graph::azure;
using nlohmann::json;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
const auto mine = std::string("11111111-0000-4000-8000-000000000001");

auto contoso() -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = start;
  state.users.push_back({"dana", "dana@contoso.com", "Dana", "id-dana"});
  state.pages.azure_activity = 2;
  state.delays.azure_activity = 5min;
  return state;
}

auto operation(const std::string& id, seams::duration at) -> tenant::event {
  auto what = tenant::azure_operation();
  what.id = id;
  what.subscription = mine;
  what.user = "dana";
  what.resource_group = id;
  what.entries = {{"Started", 0s, {}}, {"Accepted", 2s, 40min}, {"Succeeded", 1min, {}}};
  return {start + at, "t.toml:1", what};
}

struct reader {
  mock_graph::ledger book;
  tenant::tenant owner;
  azure::activity_log log{owner, book};
  azure::activity_log_api api{log};
  tenant::application app;

  explicit reader(const std::vector<tenant::event>& events) : owner(contoso(), events) {
    owner.add(log);
    app.client_id = "app";
    app.service_principal_id = "principal";
    app.azure_roles = {{mine}};
  }

  auto get(seams::duration at, const std::string& url) -> seams::response {
    owner.advance(start + at);
    const auto query = seams::request{"GET", url, {}, {}};
    auto target = mock_graph::odata::read_target(url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.route = api.route_of(what.target);
    what.app = &app;
    what.caller = app.client_id;
    REQUIRE(what.route == "arm.activity");
    return api.answer(what);
  }
  auto ask(seams::duration at, const std::string& rest, const std::string& subscription = mine)
      -> seams::response {
    return get(at,
               "https://management.azure.com/subscriptions/" + subscription +
                   "/providers/microsoft.insights/eventtypes/management/values?" + rest);
  }
  auto since(seams::duration at, seams::duration from, const std::string& more = "") -> json {
    const auto answer = ask(at,
                            "api-version=2015-04-01&$filter=eventTimestamp+ge+'" +
                                seams::to_rfc3339(start + from) + "'" + more);
    CHECK(answer.status == 200);
    return json::parse(answer.body);
  }
};

auto arm_code(const seams::response& answer) -> std::string {
  return json::parse(answer.body)["error"]["code"].get<std::string>();
}

} // namespace

TEST_SUITE("activity_log_api") {
  TEST_CASE("an operation leaves entries of one correlation id, each visible in its own time") {
    auto client = reader({operation("vm", 1h)});
    CHECK(client.since(1h + 4min, 0h)["value"].empty());
    const auto early = client.since(1h + 7min, 0h)["value"];
    REQUIRE(early.size() == 2);
    CHECK(early[0]["status"]["value"] == "Succeeded");
    CHECK(early[1]["status"]["value"] == "Started");
    CHECK(early[0]["correlationId"] == early[1]["correlationId"]);
    CHECK(early[0]["eventDataId"] != early[1]["eventDataId"]);
    CHECK(early[1]["eventTimestamp"] == "2026-03-10T01:00:00.0000000Z");
    CHECK(early[1]["submissionTimestamp"] == "2026-03-10T01:05:00.0000000Z");
    CHECK(early[1]["subStatus"]["value"] == "");
    CHECK(early[0]["caller"] == "dana@contoso.com");
    CHECK(client.book.entries().size() == 3);
    CHECK(client.book.entries()[0].scope == mine);
  }

  TEST_CASE(
      "pages follow nextLink to the end of what was there, whatever filter stands beside it") {
    auto client = reader({operation("a", 1h), operation("b", 2h), operation("c", 3h)});
    auto seen = std::set<std::string>();
    auto page = client.since(2h + 50min, 0h);
    for (auto i = 0; i < 10; ++i) {
      for (const auto& one : page["value"]) {
        CHECK(seen.insert(one["eventDataId"].get<std::string>()).second);
      }
      if (!page.contains("nextLink")) {
        break;
      }
      const auto link = page["nextLink"].get<std::string>();
      page = json::parse(client.get(5h, link + "&$filter=nonsense").body);
    }
    CHECK(seen.size() == 6);
  }

  TEST_CASE("ends are inclusive and the further fields narrow, whatever their case") {
    auto client = reader({operation("vm", 1h), operation("other", 1h)});
    CHECK(client.since(3h, 1h + 1min)["value"].size() == 2);
    CHECK(client.since(3h, 1h + 1min, "+and+resourceGroupName+eq+'VM'")["value"].size() == 1);
  }

  TEST_CASE("without a role on the subscription ARM refuses, and names client and scope") {
    auto client = reader({});
    client.app.azure_roles = {{mine, "Reader", start + 2h}};
    const auto answer = client.ask(1h, "api-version=2015-04-01");
    CHECK(answer.status == 403);
    CHECK(arm_code(answer) == "AuthorizationFailed");
    CHECK(answer.body.find("object id 'principal'") != std::string::npos);
    CHECK(answer.body.find(mine) != std::string::npos);
    CHECK(client.since(2h, 0h)["value"].empty());
    CHECK(client.ask(3h, "api-version=2015-04-01", "22222222-0000-4000-8000-000000000002").status ==
          403);
  }

  TEST_CASE("a version and a start time are asked for") {
    auto client = reader({});
    CHECK(client.ask(1h, "$filter=x").status == 400);
    CHECK(client.ask(1h, "api-version=2015-04-01").status == 400);
    CHECK(client.ask(1h, "api-version=2015-04-01&$skiptoken=abc").status == 400);
  }

  TEST_CASE("entries are kept for ninety days, and each read is counted down") {
    auto client = reader({operation("vm", 1h)});
    CHECK(client.since(24h * 91, 0h)["value"].empty());
    const auto url = "api-version=2015-04-01&$filter=eventTimestamp+ge+2026-03-10T00:00:00Z";
    const auto answer = client.ask(24h * 91, url);
    CHECK(answer.fields.find("x-ms-ratelimit-remaining-subscription-reads") == "11998");
  }

  TEST_CASE("$select keeps the fields named") {
    auto client = reader({operation("vm", 1h)});
    const auto page = client.since(2h, 0h, "&$select=eventDataId,level");
    CHECK(page["value"][0].size() == 2);
  }
}
