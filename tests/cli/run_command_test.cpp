#include "cli/run_command.hpp"
#include "tests/cli/fake_engine.hpp"

#include <doctest/doctest.h>

namespace {

using scenarios::run::wire_kind;

using test::contains;

TEST_SUITE("run_command_test") {
  TEST_CASE("without arguments the shipped suites run over TLS on every core") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"run"}) == 0);
    REQUIRE(fake.ran);
    CHECK(fake.ran->paths == std::vector<std::string>{"."});
    CHECK(fake.ran->jobs == 6);
    CHECK(fake.ran->wire == wire_kind::tls);
    CHECK_FALSE(fake.ran->seeds);
    CHECK(fake.ran->part.index == 0);
    CHECK(fake.ran->part.count == 1);
    CHECK(fake.ran->timeout_s == 120);
    CHECK_FALSE(fake.ran->colour);
    CHECK_FALSE(fake.ran->fail_fast);
  }

  TEST_CASE("every option reaches the engine") {
    auto fake = test::fake_engine();
    CHECK(
        fake.run({"run",     "..",          ".",         "--filter", "teams",  "--jobs", "2",
                  "--seeds", "4..9",        "--wire",    "memory",   "--json", "r.json", "--junit",
                  "r.xml",   "--timeout",   "5",         "--shard",  "2/3",    "--keep", "out",
                  "--list",  "--fail-fast", "--timings", "--color",  "always"}) == 0);
    REQUIRE(fake.ran);
    CHECK(fake.ran->paths == std::vector<std::string>{"..", "."});
    CHECK(fake.ran->filter == "teams");
    CHECK(fake.ran->jobs == 2);
    CHECK(fake.ran->seeds->first == 4);
    CHECK(fake.ran->seeds->last == 9);
    CHECK(fake.ran->wire == wire_kind::memory);
    CHECK(fake.ran->json == "r.json");
    CHECK(fake.ran->junit == "r.xml");
    CHECK(fake.ran->timeout_s == 5);
    CHECK(fake.ran->part.index == 1);
    CHECK(fake.ran->part.count == 3);
    CHECK(fake.ran->keep == "out");
    CHECK(fake.ran->list);
    CHECK(fake.ran->fail_fast);
    CHECK(fake.ran->timings);
    CHECK(fake.ran->colour);
  }

  TEST_CASE("one seed is a range of one") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"run", "--seed", "77"}) == 0);
    CHECK(fake.ran->seeds->first == 77);
    CHECK(fake.ran->seeds->last == 77);
  }

  TEST_CASE("--seed and --seeds exclude each other") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"run", "--seed", "1", "--seeds", "1..2"}) == 2);
    CHECK(contains(fake.err.str(), "--seed"));
    CHECK_FALSE(fake.ran);
  }

  TEST_CASE("the exit code is the engine's") {
    for (const auto code : {0, 1, 3, 130}) {
      auto fake = test::fake_engine();
      fake.code = code;
      CHECK(fake.run({"run"}) == code);
    }
  }

  TEST_CASE("a value that cannot be used is refused before anything runs") {
    for (const auto& [option, value] :
         std::vector<std::pair<std::string, std::string>>{{"--jobs", "0"},
                                                          {"--jobs", "many"},
                                                          {"--seed", "-1"},
                                                          {"--seeds", "9..1"},
                                                          {"--wire", "udp"},
                                                          {"--timeout", "0"},
                                                          {"--shard", "0/2"},
                                                          {"--color", "maybe"}}) {
      CAPTURE(option);
      auto fake = test::fake_engine();
      CHECK(fake.run({"run", option + "=" + value}) == 2);
      CHECK(contains(fake.err.str(), "offtenant run: " + option + ": "));
      CHECK_FALSE(fake.ran);
    }
  }

  TEST_CASE("a path that is not there is refused by name") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"run", ".", "no/such"}) == 2);
    CHECK(contains(fake.err.str(), "no such file or folder: 'no/such'"));
    CHECK_FALSE(fake.ran);
  }

  TEST_CASE("the shard of the CI runner is taken, and --shard goes before it") {
    auto fake = test::fake_engine();
    fake.variables = {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "5"}};
    CHECK(fake.run({"run"}) == 0);
    CHECK(fake.ran->part.index == 1);
    CHECK(fake.ran->part.count == 5);
    CHECK(fake.run({"run", "--shard", "1/2"}) == 0);
    CHECK(fake.ran->part.index == 0);
    CHECK(fake.ran->part.count == 2);
  }

  TEST_CASE("a broken shard of the CI runner stops the run instead of running everything") {
    auto fake = test::fake_engine();
    fake.variables = {{"TEST_SHARD_INDEX", "x"}, {"TEST_TOTAL_SHARDS", "5"}};
    CHECK(fake.run({"run"}) == 2);
    CHECK_FALSE(fake.ran);
  }
}

} // namespace
