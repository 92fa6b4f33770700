#include "mock_graph/defender/workload_alerts.hpp"
#include "mock_graph/graph/security_api.hpp"
#include "tests/mock_graph/defender/model.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto on_vm(seams::duration at) -> tenant::event {
  auto what = tenant::cloud_workload_alert();
  what.id = "process";
  what.resource =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm";
  return {start + at, "t.toml:9", what};
}

struct watched {
  model world;
  defender::workload_alerts workloads{world.owner, world.alerts, world.book};
  mock_graph::graph::security_api api{world.alerts};

  explicit watched(const std::vector<tenant::event>& events) : world(contoso(), events) {
    world.owner.add(workloads);
  }

  auto list(seams::duration at, seams::headers fields) -> nlohmann::json {
    world.pass(at);
    const auto query =
        seams::request{"GET",
                       "https://graph.microsoft.com/v1.0/security/alerts_v2?$filter=serviceSource "
                       "eq 'microsoftDefenderForCloud'",
                       std::move(fields),
                       {}};
    auto target = mock_graph::odata::read_target(query.url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.route = api.route_of(what.target);
    what.roles = {"SecurityAlert.Read.All"};
    const auto answer = api.answer(what);
    REQUIRE(answer.status == 200);
    return nlohmann::json::parse(answer.body)["value"];
  }
};

} // namespace

TEST_SUITE("workload_alerts") {
  TEST_CASE("an alert shows after its delay and is in the ledger for both of its readers") {
    auto world = watched({on_vm(1h)});
    const auto prefer = seams::headers{{"Prefer", "include-unknown-enum-members"}};
    CHECK(world.list(1h + 1min, prefer).empty());
    const auto found = world.list(1h + 2min, prefer);
    REQUIRE(found.size() == 1);
    CHECK(found[0]["serviceSource"] == "microsoftDefenderForCloud");
    CHECK(found[0]["evidence"][0]["resourceName"] == "vm");
    auto feeds = std::set<std::string>();
    for (const auto& entry : world.world.book.entries()) {
      CHECK(entry.key == found[0]["id"]);
      feeds.insert(entry.feed);
    }
    CHECK(feeds == std::set<std::string>{"alerts", "defender_for_cloud"});
  }

  TEST_CASE("without the header the sources are values of the future") {
    auto world = watched({on_vm(1h)});
    const auto found = world.list(2h, {});
    REQUIRE(found.size() == 1);
    CHECK(found[0]["serviceSource"] == "unknownFutureValue");
    CHECK(found[0]["detectionSource"] == "unknownFutureValue");
  }
}
