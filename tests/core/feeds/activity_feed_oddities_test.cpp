#include "tests/core/feeds/activity_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

/// The health lines of one state, as their codes.
auto codes_of(const activity_bench& world, const std::string& state) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : world.records.history) {
    if (one.state == state) {
      out.push_back(one.code);
    }
  }
  return out;
}

using texts = std::vector<std::string>;

const auto nothing_listed = list_of("");

} // namespace

TEST_SUITE("activity_feed_oddities") {
  TEST_CASE("a list that lags behind an enabled subscription is no hole") {
    activity_bench world;
    world.cursor_at(start - 1h);
    world.net.on("subscriptions/list", {nothing_listed});
    world.net.on("subscriptions/start", {refused(400, "AF20024")});
    CHECK(world.poll().has_value());
    world.renew();
    CHECK(world.poll().has_value());
    CHECK(world.records.gaps().empty());
  }

  TEST_CASE("a start that is refused is not repeated with every poll, and its reason stays") {
    activity_bench world;
    world.net.on("subscriptions/list", {nothing_listed});
    world.net.on("subscriptions/start",
                 {refused(400,
                          "StartSubscription [CorrId=1]",
                          "Microsoft.Office.Compliance.Audit.DataServiceException: Tenant x does "
                          "not exist.")});
    for (auto i = 0; i < 4; ++i) {
      const auto outcome = world.poll();
      REQUIRE(outcome.has_error());
      CHECK(outcome.error().code == "audit_disabled");
      world.run(5min);
    }
    CHECK(world.net.count("subscriptions/start") == 1);
    world.run(15min);
    CHECK(world.poll().has_error());
    CHECK(world.net.count("subscriptions/start") == 2);
  }

  TEST_CASE("a start that is throttled waits for the end of the pause and no longer") {
    activity_bench world;
    world.net.on("subscriptions/list", {nothing_listed});
    world.net.on("subscriptions/start", {reply(429, "", {{"Retry-After", "600"}}), reply(200, "")});
    for (auto i = 0; i < 2; ++i) {
      const auto outcome = world.poll();
      REQUIRE(outcome.has_error());
      CHECK(outcome.error().why.find("may go on at 2026-03-10T08:10:0") != std::string::npos);
    }
    CHECK(world.net.count("subscriptions/start") == 1);
    world.run(10min);
    CHECK(world.poll().has_value());
    CHECK(world.net.count("subscriptions/start") == 2);
  }

  TEST_CASE("a new subscription waits half a day before its silence is worth a word") {
    activity_bench world;
    world.net.on(
        "subscriptions/list",
        {nothing_listed, list_of(R"({"contentType":"Audit.General","status":"enabled"})")});
    CHECK(world.poll().value().odd->code == "waiting_for_first_content");
    world.renew();
    world.run(11h);
    CHECK(world.poll().value().odd->state == "delayed");
    world.records.marks.erase({"audit_general", "awaiting first content"}); // as commits do, later
    CHECK(world.poll().value().odd->state == "empty_results");
    world.listing({list_of(content("one"))});
    world.blob("one", {list_of(audit("r1"))});
    CHECK_FALSE(world.poll().value().odd.has_value());
    world.renew();
    CHECK_FALSE(world.poll().value().odd.has_value());
  }

  TEST_CASE("a subscription that was there before is not waited for") {
    activity_bench world;
    CHECK_FALSE(world.poll().value().odd.has_value());
  }

  TEST_CASE("an element that does not parse is kept apart and the others are stored") {
    activity_bench world;
    const auto broken = std::string("{\"Id\":\"x\",\"Operation\":\"a\x01\"}");
    world.listing({list_of(content("one"))});
    world.blob("one", {list_of(audit("r1") + "," + broken + ",[1]," + audit("r2"))});
    CHECK(world.poll().has_value());
    const auto stored = world.stored();
    REQUIRE(stored.size() == 4);
    auto apart = texts();
    for (const auto& one : stored) {
      if (one.connector_type == "ms365_audit_general_quarantine") {
        apart.push_back(one.raw);
      }
    }
    std::ranges::sort(apart);
    CHECK(apart == texts{"[1]", broken});
    CHECK(codes_of(world, "schema_drift") == texts{"record_unparsable"});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 4);
  }

  TEST_CASE("a body that was cut is no blob with a broken record") {
    activity_bench world;
    world.listing({list_of(content("one"))});
    world.blob("one", {reply(200, "[" + audit("r1") + R"(,{"Id":"r2","a":[1])")});
    const auto got = world.poll();
    REQUIRE(got.has_value());
    CHECK(got->odd.value().code == "blobs_waiting");
    CHECK(world.stored().empty());
  }

  TEST_CASE("what is new about records is told once, over restarts too") {
    activity_bench world;
    const auto odd = std::string(R"({"Id":"o1","RecordType":9999,"Parameters":"text"})");
    world.listing({list_of(content("one") + "," + content("two"))});
    world.blob("one", {list_of(odd)});
    world.blob("two", {list_of(odd)});
    CHECK(world.poll().has_value());
    world.renew();
    world.listing({list_of(content("three"))});
    world.blob("three", {list_of(odd)});
    CHECK(world.poll().has_value());
    CHECK(codes_of(world, "schema_drift") == texts{"unknown_shape", "unknown_record_type"});
  }

  TEST_CASE("a large blob is committed in parts and counts as read with the last of them") {
    activity_bench world;
    auto many = std::string();
    for (auto i = 0; i < 4100; ++i) {
      many += (many.empty() ? "" : ",") + audit("r" + std::to_string(i));
    }
    world.listing({list_of(content("one"))});
    world.blob("one", {list_of(many)});
    auto applies = 0;
    world.records.before_apply = [&] {
      if (++applies == 2) {
        world.records.failing = seams::failure(seams::reaction::retry_later, "store_full", "x");
      }
    };
    CHECK(world.poll().has_error());
    CHECK(world.stored().size() == 2000);
    CHECK_FALSE(world.records.marks.contains({"audit_general", "one"}));
    world.records.failing.reset();
    world.records.before_apply = {};
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 4100);
    CHECK(world.records.marks.contains({"audit_general", "one"}));
  }
}
