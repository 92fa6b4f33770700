#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

constexpr auto alerts_path = "/api/v1/alerts/";
constexpr auto activities_path = "/api/v1/activities/";

auto item_of(int number, std::int64_t at) -> std::string {
  return R"({"_id":"id)" + std::to_string(number) + R"(","timestamp":)" + std::to_string(at) +
         R"(,"created":)" + std::to_string(at) + "}";
}

auto cloud_page(const std::vector<std::string>& items, bool more) -> answer {
  auto body = std::string(R"({"data":[)");
  for (const auto& one : items) {
    body += (body.back() == '[' ? "" : ",") + one;
  }
  return reply(200, body + R"(],"hasNext":)" + (more ? "true}" : "false}"));
}

auto milliseconds(seams::instant at) -> std::int64_t {
  return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

struct cloud_bench : feed_bench {
  cloud_bench() : feed_bench("cloud_apps") {
    net.on(alerts_path, {cloud_page({}, false)});
    net.on(activities_path, {cloud_page({}, false)});
  }
  [[nodiscard]] auto asked(const char* path, std::size_t call) const -> nlohmann::json {
    return nlohmann::json::parse(net.to(path).at(call).what.body);
  }
};

} // namespace

TEST_SUITE("cloud_apps_feed") {
  TEST_CASE("alerts are asked for by date and activities by when they were saved, oldest first") {
    cloud_bench world;
    CHECK(world.poll().has_value());
    const auto from = milliseconds(start - 26h);
    const auto alerts = world.asked(alerts_path, 0);
    CHECK(alerts["filters"]["date"]["gte"] == from);
    CHECK(alerts["sortDirection"] == "asc");
    CHECK(alerts["limit"] == 100);
    const auto activities = world.asked(activities_path, 0);
    CHECK(activities["filters"]["created"]["gte"] == from);
    CHECK(activities["sortField"] == "created");
    CHECK(world.cursor() == text(start));
  }

  TEST_CASE("items are known by list and id, and keep their bytes and time") {
    cloud_bench world;
    const auto raw = item_of(1, milliseconds(start - 1h));
    world.net.on(alerts_path, {cloud_page({raw}, false)});
    world.net.on(activities_path, {cloud_page({raw}, false)});
    CHECK(world.poll().has_value());
    REQUIRE(world.stored().size() == 2);
    CHECK(world.stored()[0].key == "activities/id1");
    CHECK(world.stored()[1].key == "alerts/id1");
    CHECK(world.stored()[1].raw == raw);
    CHECK(world.stored()[1].event_time == start - 1h);
  }

  TEST_CASE("pages go on while there is a next one, two seconds apart at least") {
    cloud_bench world;
    const auto at = milliseconds(start - 1h);
    world.net.on(
        alerts_path,
        {cloud_page({item_of(1, at), item_of(2, at)}, true), cloud_page({item_of(3, at)}, false)});
    CHECK(world.poll().has_value());
    const auto calls = world.net.to(alerts_path);
    REQUIRE(calls.size() == 2);
    CHECK(world.asked(alerts_path, 1)["skip"] == 2);
    CHECK(calls[1].at - calls[0].at >= 2s);
    CHECK(world.stored().size() == 3);
  }

  TEST_CASE("a promise of more with nothing in it ends the reading") {
    cloud_bench world;
    world.net.on(alerts_path, {cloud_page({}, true)});
    CHECK(world.poll().has_value());
    CHECK(world.net.count(alerts_path) == 1);
  }

  TEST_CASE("every thousand items the count starts anew at the newest one seen") {
    cloud_bench world;
    auto many = std::vector<std::string>();
    for (auto i = 0; i < 1000; ++i) {
      many.push_back(item_of(i, milliseconds(start - 2h) + i));
    }
    world.net.on(alerts_path, {cloud_page(many, true), cloud_page({}, false)});
    CHECK(world.poll().has_value());
    const auto next = world.asked(alerts_path, 1);
    CHECK(next["skip"] == 0);
    CHECK(next["filters"]["date"]["gte"] == milliseconds(start - 2h) + 999);
  }

  TEST_CASE("the cursor waits until both lists are read to the end") {
    cloud_bench world;
    world.net.on(alerts_path, {cloud_page({item_of(1, milliseconds(start))}, false)});
    world.net.on(activities_path, {reply(403, "")});
    const auto outcome = world.poll();
    REQUIRE_FALSE(outcome.has_value());
    CHECK(core::health::state_of(outcome.error()) == "insufficient_permissions");
    CHECK(world.stored().size() == 1);
    CHECK(world.cursor().empty());
  }

  TEST_CASE("items from before the filter are kept, and remarked on") {
    cloud_bench world;
    world.net.on(alerts_path, {cloud_page({item_of(1, milliseconds(start - 1000h))}, false)});
    const auto outcome = world.poll();
    REQUIRE(outcome.has_value());
    CHECK(outcome->odd->code == "filter_ignored");
    CHECK(world.stored().size() == 1);
  }
}
