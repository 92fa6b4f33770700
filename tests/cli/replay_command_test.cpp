#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using scenarios::replaying::tape_mode;
using test::contains;

namespace {

/// `offtenant replay a.cassette` with more arguments.
auto replay_with(test::fake_engine& fake, std::vector<std::string> more) -> int {
  const auto folder = fakes::scratch_folder();
  folder.write("a.cassette", "x");
  more.insert(more.begin(), {"replay", folder.at("a.cassette")});
  return fake.run(more);
}

} // namespace

TEST_SUITE("replay_command_test") {
  TEST_CASE("by default a tape is played once, as it was recorded") {
    auto fake = test::fake_engine();
    fake.variables["HOME"] = "/dana";
    CHECK(replay_with(fake, {}) == 0);
    REQUIRE(fake.replayed);
    CHECK(fake.replayed->mode == tape_mode::once);
    CHECK(!fake.replayed->start);
    CHECK(!fake.replayed->period);
    CHECK(fake.replayed->seed == 1);
    CHECK(fake.replayed->key_cache == "/dana/.cache/offtenant/signing-key.pem");
  }

  TEST_CASE("mode, start, period, seed and files are read") {
    auto fake = test::fake_engine();
    CHECK(replay_with(fake,
                      {"--mode=fill",
                       "--start=2029-03-10T08:00:00Z",
                       "--period=10m",
                       "--seed=77",
                       "--keep=out",
                       "--json=r.json"}) == 0);
    REQUIRE(fake.replayed);
    CHECK(fake.replayed->mode == tape_mode::fill);
    CHECK(fake.replayed->start.has_value());
    CHECK(fake.replayed->period == 10min);
    CHECK(fake.replayed->seed == 77);
    CHECK(fake.replayed->keep == "out");
    CHECK(fake.replayed->json == "r.json");
  }

  TEST_CASE("what cannot be used is named, with what was expected") {
    const auto complaint = [](const std::string& argument) {
      auto fake = test::fake_engine();
      CHECK(replay_with(fake, {argument}) == 2);
      CHECK(!fake.replayed);
      return fake.err.str();
    };
    CHECK(contains(complaint("--mode=twice"), "expected once, loop or fill"));
    CHECK(contains(complaint("--start=noon"), "expected a time such as 2026-03-10T08:00:00Z"));
    CHECK(contains(complaint("--period=0s"), "expected a span from 1s to 7d"));
    CHECK(contains(complaint("--period=often"), "expected a span from 1s to 7d"));
    CHECK(contains(complaint("--seed=x"), "--seed"));
  }

  TEST_CASE("serve plays a cassette in place of a scenario, without what needs one") {
    const auto folder = fakes::scratch_folder();
    folder.write("a.cassette", "x");
    const auto serve = [&](test::fake_engine& fake, std::vector<std::string> more) {
      more.insert(more.begin(), {"serve", "--cassette", folder.at("a.cassette")});
      return fake.run(more);
    };
    auto fake = test::fake_engine();
    CHECK(serve(fake, {"--mode=loop"}) == 0);
    REQUIRE(fake.served);
    CHECK(fake.served->cassette == folder.at("a.cassette"));
    CHECK(fake.served->scenario.empty());
    CHECK(fake.served->mode == tape_mode::loop);
    for (const auto* more : {"--audit=a.json", "--control=127.0.0.1:9000", "--until=all fetched"}) {
      CAPTURE(more);
      auto other = test::fake_engine();
      CHECK(serve(other, {more}) == 2);
      CHECK(contains(other.err.str(), "need a SCENARIO"));
    }
    auto both = test::fake_engine();
    CHECK(serve(both, {folder.at("a.cassette")}) == 2);
    CHECK(contains(both.err.str(), "only one of them"));
    auto neither = test::fake_engine();
    CHECK(neither.run({"serve"}) == 2);
    CHECK(contains(neither.err.str(), "a SCENARIO or a --cassette is needed"));
  }
}
