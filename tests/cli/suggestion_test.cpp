#include "cli/suggestion.hpp"

#include <doctest/doctest.h>

namespace {

const auto commands = std::vector<std::string>{"run", "lint", "init", "report"};

TEST_SUITE("suggestion_test") {
  TEST_CASE("the distance counts inserted, removed, replaced and swapped letters") {
    CHECK(cli::edit_distance("", "") == 0);
    CHECK(cli::edit_distance("seed", "seed") == 0);
    CHECK(cli::edit_distance("sed", "seed") == 1);
    CHECK(cli::edit_distance("seeds", "seed") == 1);
    CHECK(cli::edit_distance("seat", "seed") == 2);
    CHECK(cli::edit_distance("esed", "seed") == 1);
    CHECK(cli::edit_distance("", "seed") == 4);
  }

  TEST_CASE("a slip finds the word that was meant") {
    CHECK(cli::nearest("rnu", commands) == "run");
    CHECK(cli::nearest("lnit", commands) == "lint");
    CHECK(cli::nearest("reprot", commands) == "report");
    CHECK(cli::nearest("--jbos", {"--json", "--jobs"}) == "--jobs");
  }

  TEST_CASE("the beginning of a word is enough from three letters on") {
    CHECK(cli::nearest("--time", {"--timeout", "--list"}) == "--timeout");
    CHECK(cli::nearest("ini", commands) == "init");
  }

  TEST_CASE("a word that resembles nothing gets no suggestion") {
    CHECK_FALSE(cli::nearest("deploy", commands));
    CHECK_FALSE(cli::nearest("x", {"a"}));
    CHECK_FALSE(cli::nearest(std::string(5000, 'r'), commands));
    CHECK_FALSE(cli::nearest("run", {}));
  }
}

} // namespace
