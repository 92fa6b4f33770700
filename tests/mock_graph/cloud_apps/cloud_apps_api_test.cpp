#include "mock_graph/cloud_apps/cloud_apps_api.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace std::chrono_literals;

namespace {

namespace tenant = mock_graph::tenant;
namespace cloud_apps = mock_graph::cloud_apps;
using nlohmann::json;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

auto contoso() -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = start;
  state.users.push_back({"dana", "dana@contoso.com", "Dana", "id-dana"});
  state.delays.cloud_apps = {};
  return state;
}

auto alerts(seams::duration at, std::uint64_t count, seams::duration over) -> tenant::event {
  auto what = tenant::cloud_app_alert();
  what.id = "a" + std::to_string(at.count());
  what.user = "dana";
  what.policy = "Mass download";
  what.count = count;
  what.over = over;
  return {start + at, "t.toml:1", what};
}

auto activities(seams::duration at, std::uint64_t count, seams::duration over) -> tenant::event {
  auto what = tenant::cloud_app_activity();
  what.id = "l" + std::to_string(at.count());
  what.user = "dana";
  what.count = count;
  what.over = over;
  return {start + at, "t.toml:2", what};
}

/// Asks with a minute between calls, so that the budget is no matter unless a test makes it one.
struct investigator {
  mock_graph::ledger book;
  tenant::tenant owner;
  cloud_apps::cloud_app_book seen{owner, book};
  cloud_apps::cloud_apps_api api{seen};
  std::vector<std::string> roles = {"Investigation.Read"};
  seams::headers fields;

  explicit investigator(const std::vector<tenant::event>& events) : owner(contoso(), events) {
    owner.add(seen);
  }

  auto ask(seams::duration at,
           const std::string& path,
           const std::string& body = "",
           const std::string& host = "contoso.us3.portal.cloudappsecurity.com") -> seams::response {
    owner.advance(start + at);
    const auto query =
        seams::request{body.empty() ? "GET" : "POST", "https://" + host + path, fields, body};
    auto target = mock_graph::odata::read_target(query.url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.route = api.route_of(what.target);
    what.roles = roles;
    REQUIRE(!what.route.empty());
    return api.answer(what);
  }
  auto list(seams::duration at, const std::string& path, const std::string& body = "") -> json {
    const auto answer = ask(at, path, body);
    CHECK(answer.status == 200);
    return json::parse(answer.body);
  }
};

} // namespace

TEST_SUITE("cloud_apps_api") {
  TEST_CASE("alerts come newest first, a hundred at a time, with counts in milliseconds") {
    auto client = investigator({alerts(1h, 130, 130min)});
    const auto page = client.list(5h, "/api/v1/alerts/");
    CHECK(page["data"].size() == 100);
    CHECK(page["hasNext"] == true);
    CHECK(page["total"] == 130);
    CHECK(page["data"][0]["timestamp"] == cloud_apps::milliseconds(start + 1h + 129min));
    const auto rest = client.list(6h, "/api/v1/alerts/", R"({"skip":100,"limit":100})");
    CHECK(rest["data"].size() == 30);
    CHECK(rest["hasNext"] == false);
  }

  TEST_CASE("what arrives on top shifts the pages") {
    auto client = investigator({alerts(1h, 3, 3min), alerts(3h, 1, 0h)});
    const auto first = client.list(2h, "/api/v1/alerts/", R"({"limit":2})");
    const auto second = client.list(4h, "/api/v1/alerts/", R"({"limit":2,"skip":2})");
    CHECK(first["data"][1]["_id"] == second["data"][0]["_id"]);
  }

  TEST_CASE("filters, fields to sort by and forms are read, and what is unknown is refused") {
    auto client = investigator({alerts(1h, 4, 4min), activities(1h, 4, 4min)});
    const auto from = std::to_string(cloud_apps::milliseconds(start + 1h + 2min));
    const auto later = client.list(2h,
                                   "/api/v1/alerts/",
                                   R"({"filters":{"date":{"gte":)" + from +
                                       R"(}},"sortField":"date","sortDirection":"asc"})");
    CHECK(later["data"].size() == 2);
    CHECK(later["data"][0]["timestamp"] < later["data"][1]["timestamp"]);
    client.fields.set("Content-Type", "application/x-www-form-urlencoded");
    const auto form =
        client.list(3h,
                    "/api/v1/activities/",
                    "limit=1&filters=%7B%22created%22%3A%7B%22gte%22%3A" + from + "%7D%7D");
    CHECK(form["data"].size() == 1);
    CHECK(form["total"] == 2);
    client.fields = {};
    CHECK(client.ask(4h, "/api/v1/alerts/", R"({"filters":{"colour":{"eq":1}}})").status == 400);
    CHECK(client.ask(5h, "/api/v1/alerts/", R"({"sortField":"created"})").status == 400);
    CHECK(client.ask(6h, "/api/v1/alerts/", R"({"limit":101})").status == 400);
    CHECK(client.ask(7h, "/api/v1/alerts/", "{").status == 400);
  }

  TEST_CASE("thirty calls a minute for the tenant, then 429 with a pause and no words") {
    auto client = investigator({});
    for (auto i = 0; i < 30; ++i) {
      CHECK(client.ask(1h, "/api/v1/alerts/").status == 200);
    }
    const auto answer = client.ask(1h, "/api/v1/activities/");
    CHECK(answer.status == 429);
    CHECK(answer.fields.find("Retry-After").has_value());
    CHECK(answer.body.empty());
    CHECK(client.ask(1h + 2min, "/api/v1/activities/").status == 200);
  }

  TEST_CASE("the permission counts in any spelling of its case, and no other does") {
    auto client = investigator({});
    client.roles = {"Investigation.read"};
    CHECK(client.ask(1h, "/api/v1/alerts/").status == 200);
    client.roles = {"Discovery.Read"};
    CHECK(client.ask(2h, "/api/v1/alerts/").status == 403);
  }

  TEST_CASE("a tenant has a host of its own, and the generic portal serves it too") {
    auto client = investigator({});
    CHECK(client.ask(1h, "/api/v1/alerts/", "", "fabrikam.eu.portal.cloudappsecurity.com").status ==
          404);
    CHECK(client.ask(2h, "/cas/api/v1/alerts/", "", "portal.cloudappsecurity.com").status == 200);
  }

  TEST_CASE("one alert is found by its id once it shows") {
    auto client = investigator({alerts(1h, 1, 0h)});
    const auto id = client.list(2h, "/api/v1/alerts/")["data"][0]["_id"].get<std::string>();
    CHECK(id.size() == 24);
    CHECK(client.list(3h, "/api/v1/alerts/" + id + "/")["_id"] == id);
    CHECK(client.ask(4h, "/api/v1/alerts/000000000000000000000000/").status == 404);
  }

  TEST_CASE("a scan lists every activity once and goes on with the filters it is given") {
    auto client = investigator({activities(1h, 700, 350s), activities(2h, 300, 1s)});
    auto seen = std::set<std::string>();
    auto body = json({{"isScan", true}, {"limit", 500}});
    for (auto round = 0; round < 5; ++round) {
      const auto page = client.list(3h + round * 1min, "/api/v1/activities/", body.dump());
      for (const auto& one : page["data"]) {
        CHECK(seen.insert(one["_id"].get<std::string>()).second);
      }
      CHECK(page.contains("nextQueryFilters") == page["hasNext"].get<bool>());
      if (!page["hasNext"].get<bool>()) {
        break;
      }
      body["filters"] = page["nextQueryFilters"];
    }
    CHECK(seen.size() == 1000);
    CHECK(client.ask(4h, "/api/v1/activities/", R"({"isScan":true,"limit":100})").status == 400);
  }

  TEST_CASE("an activity is listed from the moment it was saved") {
    auto late = activities(1h, 1, 0h);
    std::get<tenant::cloud_app_activity>(late.what).visible_after = 5h;
    auto client = investigator({late});
    CHECK(client.list(5h, "/api/v1/activities/")["data"].empty());
    const auto found = client.list(6h, "/api/v1/activities/")["data"];
    REQUIRE(found.size() == 1);
    CHECK(found[0]["created"] == cloud_apps::milliseconds(start + 6h));
    CHECK(found[0]["timestamp"] == cloud_apps::milliseconds(start + 1h));
  }

  TEST_CASE("the ledger has the bytes that are served") {
    auto client = investigator({alerts(1h, 1, 0h)});
    const auto body = client.ask(2h, "/api/v1/alerts/").body;
    const auto raw = body.substr(9, body.find("],\"hasNext\"") - 9);
    REQUIRE(client.book.entries().size() == 1);
    CHECK(client.book.entries()[0].bytes == seams::sha256(raw));
  }
}
