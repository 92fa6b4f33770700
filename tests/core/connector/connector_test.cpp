#include "tests/core/connector/connector_bench.hpp"

#include <boost/system/system_error.hpp>
#include <doctest/doctest.h>

#include <algorithm>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

struct noting_observer final : core::observer {
  void on_commit(const core::commit& step, const core::commit_outcome& outcome) override {
    stored += outcome.stored;
    cursors += step.cursor ? 1 : 0;
  }
  void on_health(const core::health_entry& entry) override { states.push_back(entry.state); }

  std::size_t stored = 0;
  int cursors = 0;
  std::vector<std::string> states;
};

} // namespace

TEST_SUITE("connector") {
  TEST_CASE("every feed is polled at once and stored, with one login per audience") {
    connector_bench world;
    world.begin();
    world.run(1min);
    CHECK(world.is_complete());
    CHECK(world.net.count("/oauth2") == 2);
    CHECK(world.states("alerts") == std::vector<std::string>{"ok"});
  }

  TEST_CASE("what tokens carry is remembered, and written again only when it changes") {
    connector_bench world;
    world.faults.emplace(
        "/oauth2",
        token_reply("e30.eyJhdWQiOiJ4Iiwicm9sZXMiOlsiU2VjdXJpdHlBbGVydC5SZWFkLkFsbCJdfQ.x"));
    world.begin();
    world.run(1min);
    CHECK(world.records.cursors.at("grants") ==
          "https://graph.microsoft.com SecurityAlert.Read.All\n"
          "https://manage.office.com SecurityAlert.Read.All\n");
    world.records.cursors.erase("grants");
    world.run(30min);
    CHECK_FALSE(world.records.cursors.contains("grants"));
  }

  TEST_CASE("periods count from the start of a poll and do not drift") {
    connector_bench world;
    world.net.latency = 7s;
    world.config.feeds = {};
    world.add("safe_links");
    world.begin();
    world.run(51min);
    const auto polls = world.net.to("/runHuntingQuery");
    REQUIRE(polls.size() == 11);
    for (auto i = std::size_t{2}; i < polls.size(); ++i) {
      CHECK(polls[i].at - polls[i - 1].at == 5min);
    }
  }

  TEST_CASE("a feed that is throttled for long says until when, and holds back no other") {
    connector_bench world;
    world.faults.emplace("/runHuntingQuery", reply(429, "", {{"Retry-After", "3600"}}));
    world.begin();
    world.run(1min);
    world.faults.clear();
    world.run(54min);
    CHECK(world.net.count("/runHuntingQuery") == 1);
    CHECK(world.net.count("/alerts_v2?p=2") == 11);
    CHECK(world.net.count("/subscriptions/content") > 11);
    CHECK(world.states("safe_links") == std::vector<std::string>{"throttled"});
    const auto told = std::ranges::find(
        world.records.history, std::string("throttled"), &core::health_entry::state);
    REQUIRE(told != world.records.history.end());
    CHECK(told->text == "POST https://graph.microsoft.com/v1.0/security/runHuntingQuery is "
                        "throttled; it may go on at 2026-03-10T09:00:01Z");
    world.run(10min);
    CHECK(world.states("safe_links") == std::vector<std::string>{"throttled", "ok"});
    CHECK(world.states("alerts") == std::vector<std::string>{"ok"});
    CHECK(world.states("audit_general").back() == "ok");
  }

  TEST_CASE("a feed that is asked for rarely tells of a pause that it sleeps through") {
    connector_bench world;
    world.config.feeds.clear();
    world.add("alerts", 1h);
    world.faults.emplace("/alerts_v2", reply(429, "", {{"Retry-After", "1800"}}));
    world.begin();
    world.run(1min);
    CHECK(world.states("alerts") == std::vector<std::string>{"throttled"});
    world.faults.clear();
    world.run(30min);
    CHECK(world.states("alerts") == std::vector<std::string>{"throttled", "ok"});
    CHECK(world.net.count("/alerts_v2") == 3);
  }

  TEST_CASE("short pauses show in health once they add up to a period") {
    for (const auto pauses : {4, 6}) {
      CAPTURE(pauses);
      connector_bench world;
      world.faults.emplace("/alerts_v2", reply(429, "", {{"Retry-After", "59"}}));
      world.begin();
      world.run(pauses * 59s - 10s);
      world.faults.clear();
      world.run(2min);
      const auto states = world.states("alerts");
      CHECK((std::ranges::find(states, "throttled") != states.end()) == (pauses == 6));
      CHECK(states.back() == "ok");
    }
  }

  TEST_CASE("a feed that fails stops no other, and says so once") {
    connector_bench world;
    world.faults.emplace("/alerts_v2",
                         reply(403, R"({"error":{"code":"Forbidden","message":"Missing"}})"));
    world.begin();
    world.run(31min);
    CHECK(world.states("alerts") == std::vector<std::string>{"insufficient_permissions"});
    CHECK(world.states("safe_links") == std::vector<std::string>{"ok"});
    CHECK(world.net.count("/runHuntingQuery") == 7);
    world.faults.clear();
    world.run(6min);
    CHECK(world.states("alerts") == std::vector<std::string>{"insufficient_permissions", "ok"});
    CHECK(world.is_complete());
  }

  TEST_CASE("a service that never answers one feed does not slow down another") {
    connector_bench world;
    world.faults.emplace("/alerts_v2", reply(scripted_transport::never, ""));
    world.begin();
    world.run(31min);
    CHECK(world.net.count("/runHuntingQuery") == 7);
    CHECK(world.states("alerts") == std::vector<std::string>{"service_unavailable"});
  }

  TEST_CASE("a refused login is told by every feed and asked once a minute at most") {
    connector_bench world;
    world.faults.emplace(
        "/oauth2", reply(401, R"({"error":"invalid_client","error_description":"AADSTS7000222"})"));
    world.begin();
    world.run(2h);
    for (const auto* feed : {"alerts", "safe_links", "audit_general"}) {
      CHECK(world.states(feed) == std::vector<std::string>{"authentication_failed"});
    }
    const auto sent = world.net.to("/oauth2");
    for (auto i = std::size_t{1}; i < sent.size(); ++i) {
      CHECK(sent[i].at - sent[i - 1].at >= 1min);
    }
    world.faults.clear();
    world.run(6min);
    CHECK(world.is_complete());
  }

  TEST_CASE("cancelling ends it with operation_aborted") {
    connector_bench world;
    world.begin();
    world.run(12min);
    CHECK_FALSE(world.ended);
    world.stop.emit(boost::asio::cancellation_type::terminal);
    world.run(1s);
    REQUIRE(world.ended);
    REQUIRE(world.ended_by != nullptr);
    const auto asked = world.net.asked.size();
    world.run(1h);
    CHECK(world.net.asked.size() == asked);
  }

  TEST_CASE("cancelling in the middle of an exchange ends it as well") {
    connector_bench world;
    world.net.latency = 10s;
    world.begin();
    world.run(15s);
    world.stop.emit(boost::asio::cancellation_type::terminal);
    world.run(1s);
    CHECK(world.ended);
  }

  TEST_CASE("without feeds it ends by itself, unknown and repeated names are left out") {
    connector_bench world;
    world.config.feeds = {};
    world.begin();
    world.run(1s);
    CHECK(world.ended);
    world.add("nobody");
    world.add("alerts");
    world.add("alerts");
    world.begin();
    world.run(1min);
    CHECK(world.net.count("alerts_v2?$filter") == 1);
  }

  TEST_CASE("a feed without a period gets that of the table, not a storm") {
    connector_bench world;
    world.config.feeds = {};
    world.add("safe_links", 0s);
    world.begin();
    world.run(11min);
    CHECK(world.net.count("/runHuntingQuery") == 3);
  }

  TEST_CASE("an observer hears of commits and of health") {
    connector_bench world;
    noting_observer watcher;
    world.begin(&watcher);
    world.run(1min);
    CHECK(watcher.stored == 6);
    CHECK(watcher.cursors == 4);
    // Its audit record has no RecordType, which is told once.
    auto states = std::string();
    for (const auto& state : watcher.states) {
      states += state + " ";
    }
    CHECK(states == "ok schema_drift ok ok ");
  }

  TEST_CASE("a record that comes again with another body under its Id is named in health") {
    connector_bench world;
    world.config.feeds = {};
    world.add("safe_links");
    world.begin();
    world.run(1min);
    world.faults.emplace(
        "/runHuntingQuery",
        reply(200,
              R"({"results":[{"ReportId":"c1","Timestamp":"2026-03-10T07:30:00Z","Url":"u"}]})"));
    world.run(11min);
    CHECK(world.states("safe_links") == std::vector<std::string>{"ok", "schema_drift", "ok"});
    REQUIRE(world.records.history.size() == 3);
    CHECK(world.records.history[1].code == "id_reused");
    CHECK(world.records.history[1].text.find("c1") != std::string::npos);
  }

  TEST_CASE("a state that the store could not take is recorded when it can") {
    connector_bench world;
    world.records.failing =
        seams::failure(seams::reaction::retry_later, "store_full", "no room left");
    world.begin();
    world.run(12min);
    CHECK(world.records.history.empty());
    world.records.failing.reset();
    world.run(10min);
    CHECK(world.states("alerts") == std::vector<std::string>{"ok"});
    CHECK(world.is_complete());
  }

  TEST_CASE("neither secret nor token reaches the store, whoever echoes them") {
    const auto echo = std::string("sent: ") + canary_secret;
    for (const auto* part : {"/oauth2", "/alerts_v2", "/runHuntingQuery", "/subscriptions"}) {
      for (const auto status : {400, 401, 403, 429, 500}) {
        connector_bench world;
        world.faults.emplace(part,
                             reply(status,
                                   part == std::string("/oauth2")
                                       ? R"({"error":"x","error_description":")" + echo + "\"}"
                                       : R"({"error":{"code":"canary-token","message":")" +
                                             std::string("canary-token") + "\"}}"));
        world.begin();
        world.run(11min);
        REQUIRE_FALSE(world.records.history.empty());
        for (const auto& entry : world.records.history) {
          CHECK((entry.code + entry.text).find("canary") == std::string::npos);
        }
      }
    }
  }
}
