#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

using test::contains;

namespace {

/// `offtenant scrub one.cassette` with more arguments.
auto scrub_with(test::fake_engine& fake, std::vector<std::string> more) -> int {
  const auto folder = fakes::scratch_folder();
  const auto file = folder.path() / "one.cassette";
  std::ofstream(file) << "{}";
  more.insert(more.begin(), {"scrub", file.string()});
  return fake.run(more);
}

TEST_SUITE("scrub_command_test") {
  TEST_CASE("files are passed on, and keys are kept where serve keeps them") {
    auto fake = test::fake_engine();
    fake.variables["HOME"] = "/dana";
    CHECK(scrub_with(fake, {"-o", "x.har", "--policy=p.toml", "--key=k", "--known=s"}) == 0);
    REQUIRE(fake.scrubbed);
    CHECK(fake.scrubbed->output == "x.har");
    CHECK(fake.scrubbed->files.policy == "p.toml");
    CHECK(fake.scrubbed->files.key == "k");
    CHECK(fake.scrubbed->files.known == "s");
    CHECK(fake.scrubbed->state == "/dana/.cache/offtenant/serve");
  }

  TEST_CASE("verify looks and writes nothing") {
    auto fake = test::fake_engine();
    CHECK(scrub_with(fake, {"--verify", "--known=s"}) == 0);
    REQUIRE(fake.scrubbed);
    CHECK(fake.scrubbed->verify);
  }

  TEST_CASE("what cannot be used is named, with what was expected") {
    const auto complaint = [](const std::vector<std::string>& arguments) {
      auto fake = test::fake_engine();
      CHECK(scrub_with(fake, arguments) == 2);
      CHECK(!fake.scrubbed);
      return fake.err.str();
    };
    CHECK(contains(complaint({}), "where to? -o OUT writes"));
    CHECK(contains(complaint({"--verify", "-o", "x"}), "--verify writes nothing"));
    CHECK(contains(complaint({"--verify", "--key=k"}), "--verify makes no stand-ins"));
    auto fake = test::fake_engine();
    CHECK(fake.run({"scrub", "/no/such/file", "-o", "x"}) == 2);
  }

  TEST_CASE("the exit code is the engine's") {
    auto fake = test::fake_engine();
    fake.code = 1;
    CHECK(scrub_with(fake, {"--verify"}) == 1);
  }
}

} // namespace
