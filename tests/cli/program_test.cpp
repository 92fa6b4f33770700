#include "tests/cli/fake_engine.hpp"

#include <doctest/doctest.h>

namespace {

using test::contains;

const auto every_command = std::vector<std::vector<std::string>>{
    {}, {"run"}, {"lint"}, {"init"}, {"report"}, {"report", "merge"}};

TEST_SUITE("program_test") {
  TEST_CASE("--version prints the name and the version") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"--version"}) == 0);
    CHECK(fake.out.str() == "offtenant 1.2.3\n");
    CHECK(fake.err.str().empty());
  }

  TEST_CASE("the help of every command shows an example and goes to the output") {
    for (auto arguments : every_command) {
      CAPTURE(arguments.size());
      auto fake = test::fake_engine();
      arguments.emplace_back("--help");
      CHECK(fake.run(arguments) == 0);
      CHECK(contains(fake.out.str(), "Example"));
      CHECK(contains(fake.out.str(), "  offtenant "));
      CHECK(fake.err.str().empty());
    }
  }

  TEST_CASE("the help of a command names every exit code it may end with") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"run", "--help"}) == 0);
    for (const std::string part :
         {"Exit codes: 0", "1 a scenario", "2 an argument", "3 the", "130"}) {
      CAPTURE(part);
      CHECK(contains(fake.out.str(), part));
    }
  }

  TEST_CASE("'help run' is 'run --help'") {
    auto asked = test::fake_engine();
    auto flagged = test::fake_engine();
    CHECK(asked.run({"help", "run"}) == 0);
    CHECK(flagged.run({"run", "--help"}) == 0);
    CHECK(asked.out.str() == flagged.out.str());
  }

  TEST_CASE("no command at all is a usage error that lists them") {
    auto fake = test::fake_engine();
    CHECK(fake.run({}) == 2);
    CHECK(contains(fake.err.str(),
                   "a command is needed: run, lint, init, serve, record, scrub, connect, check, "
                   "permissions, records, triage, act, normalize, import, shrink, replay, "
                   "feeds, safelinks, cert, report"));
    CHECK(fake.out.str().empty());
  }

  TEST_CASE("a misspelled command is offered the nearest one") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"rnu"}) == 2);
    CHECK(contains(fake.err.str(), "unknown command 'rnu'; did you mean 'run'?"));
    CHECK_FALSE(fake.ran);
  }

  TEST_CASE("a command that resembles none gets the list") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"frobnicate"}) == 2);
    CHECK(contains(fake.err.str(),
                   "the commands are run, lint, init, serve, record, scrub, connect, check, "
                   "permissions, records, triage, act, normalize, import, shrink, replay, "
                   "feeds, safelinks, cert, report"));
  }

  TEST_CASE("a misspelled option is offered the nearest one, with or without a value") {
    for (const std::string typed : {"--jbos", "--jbos=4"}) {
      auto fake = test::fake_engine();
      CHECK(fake.run({"run", typed}) == 2);
      CHECK(contains(fake.err.str(), "offtenant run: unknown option '--jbos'"));
      CHECK(contains(fake.err.str(), "did you mean '--jobs'?"));
      CHECK(contains(fake.err.str(), "Try 'offtenant run --help'"));
      CHECK_FALSE(fake.ran);
    }
  }

  TEST_CASE("a misspelled option of a nested command names that command") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"report", "merge", "a.json", "--junti", "x"}) == 2);
    CHECK(contains(fake.err.str(), "offtenant report merge: unknown option '--junti'"));
    CHECK(contains(fake.err.str(), "'--junit'"));
  }

  TEST_CASE("a command that needs a nested one says which there are") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"report"}) == 2);
    CHECK(contains(fake.err.str(), "a command is needed: merge"));
    auto slip = test::fake_engine();
    CHECK(slip.run({"report", "mrege"}) == 2);
    CHECK(contains(slip.err.str(), "did you mean 'merge'?"));
  }

  TEST_CASE("an option without its value is a usage error that names the option") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"run", "--seed"}) == 2);
    CHECK(contains(fake.err.str(), "--seed"));
    CHECK_FALSE(fake.ran);
  }

  TEST_CASE("lint checks the shipped suites unless paths are given") {
    auto shipped = test::fake_engine();
    CHECK(shipped.run({"lint"}) == 0);
    CHECK(shipped.linted == std::vector<std::string>{"."});
    auto chosen = test::fake_engine();
    chosen.code = 1;
    CHECK(chosen.run({"lint", "..", "."}) == 1);
    CHECK(chosen.linted == std::vector<std::string>{"..", "."});
    auto missing = test::fake_engine();
    CHECK(missing.run({"lint", "no/such/file.toml"}) == 2);
    CHECK(contains(missing.err.str(), "no such file or folder: 'no/such/file.toml'"));
    CHECK_FALSE(missing.linted);
  }

  TEST_CASE("report merge hands over the reports and where to write") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"report", "merge", ".", "..", "--json", "all.json"}) == 0);
    REQUIRE(fake.merged);
    CHECK(fake.merged->reports == std::vector<std::string>{".", ".."});
    CHECK(fake.merged->json == "all.json");
    CHECK(fake.merged->junit.empty());
  }

  TEST_CASE("report merge writes to the output when no file is named") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"report", "merge", "."}) == 0);
    REQUIRE(fake.merged);
    CHECK(fake.merged->json.empty());
    CHECK(fake.merged->junit.empty());
  }

  TEST_CASE("report merge needs reports that exist") {
    auto missing = test::fake_engine();
    CHECK(missing.run({"report", "merge", "none.json"}) == 2);
    CHECK(contains(missing.err.str(), "'none.json'"));
    auto none = test::fake_engine();
    CHECK(none.run({"report", "merge"}) == 2);
    CHECK(contains(none.err.str(), "FILE"));
    CHECK_FALSE(missing.merged);
    CHECK_FALSE(none.merged);
  }
}

} // namespace
