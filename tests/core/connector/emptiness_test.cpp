#include "core/connector/emptiness.hpp"
#include "tests/core/fakes/fake_store.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace {

constexpr auto morning = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

void keep(fakes::fake_store& into, const std::string& feed, const std::string& raw) {
  auto step = core::commit();
  step.feed = feed;
  step.now = morning;
  auto one = core::record();
  one.feed = feed;
  one.key = raw;
  one.raw = raw;
  step.records.push_back(std::move(one));
  REQUIRE(into.apply(step).has_value());
}

auto said_after_two_days(fakes::fake_store& records, const std::string& feed) -> std::string {
  auto watched = core::watched_store(records, nullptr);
  auto watch = core::emptiness(watched);
  CHECK(!watch.judge(feed, morning));
  const auto said = watch.judge(feed, morning + 48h);
  return said ? said->state + ": " + said->text : std::string();
}

} // namespace

TEST_SUITE("emptiness") {
  TEST_CASE("a day without clicks is remarked, an hour is not") {
    auto records = fakes::fake_store();
    auto watched = core::watched_store(records, nullptr);
    auto watch = core::emptiness(watched);
    CHECK(!watch.judge("safe_links", morning));
    CHECK(!watch.judge("safe_links", morning + 1h));
    const auto said = watch.judge("safe_links", morning + 25h);
    REQUIRE(said.has_value());
    CHECK(said->state == "empty_results");
    CHECK(said->text.find("there may be no Safe Links policy") != std::string::npos);
  }

  TEST_CASE("feeds that are often silent are given a week") {
    auto records = fakes::fake_store();
    CHECK(said_after_two_days(records, "dlp").empty());
  }

  TEST_CASE("one record is enough to be at ease for ever") {
    auto records = fakes::fake_store();
    keep(records, "safe_links", "{}");
    CHECK(said_after_two_days(records, "safe_links").empty());
  }

  TEST_CASE("stored policies say whether Safe Links is off or does not track") {
    auto off = fakes::fake_store();
    keep(off,
         "safe_links_policies",
         R"({"EnableSafeLinksForEmail":false,"EnableSafeLinksForTeams":false})");
    CHECK(said_after_two_days(off, "safe_links").ends_with("switched on for mail or Teams"));
    auto blind = fakes::fake_store();
    keep(blind, "safe_links_policies", R"({"EnableSafeLinksForEmail":true,"TrackClicks":false})");
    CHECK(said_after_two_days(blind, "safe_links").ends_with("in 1 of 1 Safe Links policies"));
  }

  TEST_CASE("a policy counts by its latest state, and one of several that is off is told") {
    auto records = fakes::fake_store();
    const auto policy = [](const char* changed, const char* on) {
      auto one = core::record();
      one.feed = "safe_links_policies";
      one.key = "Get-SafeLinksPolicy/p";
      one.version = changed;
      one.raw = std::string(R"({"EnableSafeLinksForEmail":)") + on +
                R"(,"EnableSafeLinksForTeams":)" + on + R"(,"TrackClicks":true})";
      return one;
    };
    auto step = core::commit();
    step.feed = "safe_links_policies";
    step.now = morning;
    step.records = {policy("2026-03-01", "false"), policy("2026-03-02", "true")};
    REQUIRE(records.apply(step).has_value());
    CHECK(said_after_two_days(records, "safe_links").find("nobody in scope clicked") !=
          std::string::npos);
    keep(records,
         "safe_links_policies",
         R"({"EnableSafeLinksForEmail":false,"EnableSafeLinksForTeams":false})");
    CHECK(said_after_two_days(records, "safe_links")
              .ends_with("off for mail and Teams in 1 of 2 Safe Links policies"));
  }

  TEST_CASE("the wait for a first content counts as reading") {
    auto records = fakes::fake_store();
    records.history.push_back({"safe_links", "delayed", "waiting", "", morning - 30h});
    auto watched = core::watched_store(records, nullptr);
    auto watch = core::emptiness(watched);
    CHECK(watch.judge("safe_links", morning).has_value());
  }

  TEST_CASE("a feed that had a rhythm and falls silent is remarked after a day") {
    auto records = fakes::fake_store();
    auto watched = core::watched_store(records, nullptr);
    auto watch = core::emptiness(watched);
    for (auto i = 0; i < 30; ++i) {
      auto step = core::commit();
      step.feed = "alerts";
      step.now = morning + i * 10min;
      auto one = core::record();
      one.feed = "alerts";
      one.key = std::to_string(i);
      one.raw = "{}";
      one.event_time = step.now;
      step.records.push_back(std::move(one));
      REQUIRE(watched.apply(step).has_value());
      CHECK(!watch.judge("alerts", step.now));
    }
    CHECK(!watch.judge("alerts", morning + 5h + 23h));
    const auto said = watch.judge("alerts", morning + 5h + 24h);
    REQUIRE(said.has_value());
    CHECK(said->code == "gone_silent");
    CHECK(said->text.find("every 10 minutes") != std::string::npos);
  }

  TEST_CASE("few records make no rhythm, and lists of what there is are silent by nature") {
    auto records = fakes::fake_store();
    keep(records, "alerts", "{}");
    CHECK(said_after_two_days(records, "alerts").empty());
    for (auto i = 0; i < 30; ++i) {
      keep(records, "users", std::to_string(i));
    }
    CHECK(said_after_two_days(records, "users").empty());
  }

  TEST_CASE("the time before a restart counts") {
    auto records = fakes::fake_store();
    records.history.push_back({"safe_links", "ok", "", "reading", morning - 30h});
    auto watched = core::watched_store(records, nullptr);
    auto watch = core::emptiness(watched);
    CHECK(watch.judge("safe_links", morning).has_value());
  }
}
