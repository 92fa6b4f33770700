#pragma once
// Runs one scenario on one seed, in as many worlds as its kills ask for, and says what held.
#include "scenarios/model/scenario.hpp"
#include "scenarios/report/outcome.hpp"
#include "scenarios/run/world.hpp"

namespace scenarios::run {

struct scenario_options {
  std::uint64_t seed = 1;
  wire_kind wire = wire_kind::tls;
  world_options world;
  /// Folder for store, journal and trace of the (first) world, "" = none.
  std::string keep;
};

/// An outcome that says what is run, and nothing yet of how it went.
auto begun_outcome(const model::scenario& what, const scenario_options& options) -> report::outcome;

/// The scenario's outcome; `error` where a world could not run to its end. Worlds in which the
/// connector is killed at a counted call run on the memory wire: the wire changes speed, never the
/// outcome, and there may be thousands. `kept` gets what could not be written for `keep`.
auto run_scenario(const model::scenario& what,
                  const scenario_options& options,
                  std::string& keep_error) -> report::outcome;

} // namespace scenarios::run
