#include "cli/suite_paths.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

TEST_SUITE("suite_paths_test") {
  TEST_CASE("an installed program finds the suites beside it") {
    const auto folder = fakes::scratch_folder();
    const auto suites = folder.path() / "share" / "offtenant" / "scenarios" / "suites";
    std::filesystem::create_directories(suites);
    CHECK(cli::shipped_suites(folder.path() / "bin" / "offtenant", "src") == suites.string());
  }

  TEST_CASE("a program in a build folder finds the suites of its source tree") {
    const auto folder = fakes::scratch_folder();
    CHECK(cli::shipped_suites(folder.path() / "bin" / "offtenant", "src") ==
          "src/scenarios/suites");
  }

  TEST_CASE("the shipped suites that are gone are named as such") {
    const auto paths = cli::existing_paths({}, "no/such/suites");
    REQUIRE_FALSE(paths.has_value());
    CHECK(paths.error().why ==
          "no such file or folder: 'no/such/suites' (the suites that come with offtenant)");
  }
}

} // namespace
