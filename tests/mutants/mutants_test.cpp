#include "scenarios/model/scenario.hpp"
#include "scenarios/run/run_scenario.hpp"
#include "tests/mutants/mutants.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace scenarios;

namespace {

auto broken_promises(const mutants::mutant& who, bool planted) -> std::set<std::string> {
  const auto read = model::load(std::string(OFFTENANT_SOURCE_DIR) + "/" + who.scenario);
  REQUIRE(read.what.has_value());
  auto options = run::scenario_options();
  options.wire = run::wire_kind::memory;
  options.world.keys = &tests::keys(run::wire_kind::memory);
  if (planted) {
    options.world.tamper = who.tamper;
  }
  auto unkept = std::string();
  auto out = std::set<std::string>();
  for (const auto& one : run::run_scenario(*read.what, options, unkept).checks) {
    if (one.outcome != report::verdict::passed) {
      out.insert(one.name);
    }
  }
  return out;
}

} // namespace

TEST_SUITE("shipped scenarios") {
  TEST_CASE("every planted bug breaks the promise that is named after it and only with the bug") {
    for (const auto& who : mutants::all()) {
      CAPTURE(who.bug);
      CHECK(broken_promises(who, false) == std::set<std::string>());
      CHECK(broken_promises(who, true).contains(who.promise));
    }
  }
}
