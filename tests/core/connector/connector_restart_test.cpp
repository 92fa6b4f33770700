#include "tests/core/connector/connector_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

struct killed {};

/// Runs to the end of the first poll of each feed and gives what it took.
struct cost {
  cost() {
    connector_bench world;
    world.begin();
    world.run(1min);
    commits = world.records.applies;
    exchanges = static_cast<int>(world.net.asked.size());
  }
  int commits = 0;
  int exchanges = 0;
};

} // namespace

TEST_SUITE("connector_restart") {
  TEST_CASE("killed before or after any commit, it converges on the same store") {
    const auto whole = cost();
    REQUIRE(whole.commits > 8);
    for (auto fatal = 1; fatal <= whole.commits; ++fatal) {
      CAPTURE(fatal);
      connector_bench world;
      world.records.before_apply = [&] {
        if (world.records.applies == fatal) {
          throw killed();
        }
      };
      world.begin();
      world.run(1min);
      CHECK(world.ended);
      world.forget_lives();
      world.records.before_apply = nullptr;
      world.begin();
      world.run(1min);
      CHECK(world.is_complete());
      world.forget_lives();
    }
  }

  TEST_CASE("killed at any exchange, it converges and reads no blob twice that it has stored") {
    const auto whole = cost();
    for (auto fatal = 1; fatal <= whole.exchanges; ++fatal) {
      CAPTURE(fatal);
      connector_bench world;
      auto calls = 0;
      world.net.respond = [&](const seams::request& what) -> answer {
        return ++calls < fatal ? world.serve(what) : reply(scripted_transport::never, "");
      };
      world.begin();
      world.run(1min);
      CHECK_FALSE(world.is_complete());
      world.forget_lives();
      calls = -1'000'000;
      auto unread = 0; // the clicks of the same blobs have a reader of their own
      for (const auto* reader : {"audit_general", "safe_links/audit"}) {
        unread += world.records.marks.contains({reader, "b1"}) ? 0 : 1;
      }
      const auto before = world.net.count("/audit/b1");
      world.begin();
      world.run(1min);
      CHECK(world.is_complete());
      CHECK(world.net.count("/audit/b1") == before + unread);
      world.forget_lives();
    }
  }

  TEST_CASE("the cursor never passes what is not stored") {
    connector_bench world;
    world.records.before_apply = [&] {
      const auto has = [&](const char* feed) { return world.records.cursors.contains(feed); };
      CHECK((!has("alerts") || world.records.of("alerts").size() == 2));
      CHECK((!has("audit_general") || world.records.of("audit_general").size() == 3));
    };
    world.begin();
    world.run(20min);
    CHECK(world.is_complete());
  }

  TEST_CASE("health is remembered over a restart") {
    connector_bench world;
    world.begin();
    world.run(1min);
    world.forget_lives();
    world.begin();
    world.run(1min);
    CHECK(world.states("alerts") == std::vector<std::string>{"ok"});
  }

  TEST_CASE("the same seed and the same answers make the same requests") {
    const auto trace = [] {
      connector_bench world;
      world.faults.emplace("/runHuntingQuery", reply(503, ""));
      world.begin();
      world.run(30min);
      auto out = std::string();
      for (const auto& one : world.net.asked) {
        out += std::to_string(one.at.count()) + " " + one.what.url + " " +
               std::string(one.what.fields.find("client-request-id").value()) + "\n";
      }
      return out;
    };
    CHECK(trace() == trace());
  }
}
