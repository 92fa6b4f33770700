#include "scenarios/model/scenario.hpp"
#include "scenarios/run/run_scenario.hpp"
#include "scenarios/run/suite.hpp"
#include "tests/core/fakes/scratch_folder.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace scenarios;

namespace {

const auto suites = std::string(OFFTENANT_SOURCE_DIR) + "/scenarios/suites";

auto outcome_of(const std::string& file, run::wire_kind wire) -> report::outcome {
  const auto read = model::load(file);
  REQUIRE(read.what.has_value());
  auto options = run::scenario_options();
  options.wire = wire;
  options.world.keys = &tests::keys(wire);
  auto unkept = std::string();
  return run::run_scenario(*read.what, options, unkept);
}

auto broken(const report::outcome& what) -> std::string {
  auto out = std::string();
  for (const auto& one : what.checks) {
    if (one.outcome != report::verdict::passed) {
      out += one.name + ": expected " + one.expected + ", got " + one.got + "\n";
      for (const auto& line : one.details) {
        out += "  " + line + "\n";
      }
    }
  }
  return out;
}

auto report_of(unsigned jobs) -> std::string {
  const auto folder = fakes::scratch_folder();
  auto options = run::suite_options();
  options.paths = {suites + "/clicks", suites + "/teams", suites + "/credentials"};
  options.jobs = jobs;
  options.wire = run::wire_kind::memory;
  options.json = folder.at("report.json");
  auto out = std::ostringstream();
  const auto never = std::atomic<bool>(false);
  CHECK(run::run_suite(options, out, out, never) == 0);
  return folder.read("report.json");
}

} // namespace

TEST_SUITE("shipped scenarios") {
  TEST_CASE("every shipped scenario holds with the same trace on every wire") {
    for (const auto& file : run::scenario_files({suites})) {
      CAPTURE(file);
      const auto memory = outcome_of(file, run::wire_kind::memory);
      CHECK(broken(memory) == "");
      if (memory.worlds > 1) {
        continue; // Its killed worlds run in memory anyway; its quiet one is like the others.
      }
      const auto tcp = outcome_of(file, run::wire_kind::tcp);
      const auto tls = outcome_of(file, run::wire_kind::tls);
      CHECK(memory.trace_hash == tcp.trace_hash);
      CHECK(memory.trace_hash == tls.trace_hash);
      CHECK((memory.labels == tcp.labels && memory.labels == tls.labels));
    }
  }

  TEST_CASE("two runs give the same report byte for byte whatever the number of jobs") {
    const auto one = report_of(1);
    CHECK(one.size() > 1000);
    CHECK(one == report_of(1));
    CHECK(one == report_of(4));
  }
}
