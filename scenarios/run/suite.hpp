#pragma once
// Runs a suite of scenarios: finds them, runs each in worlds of its own, reports what held.
#include "scenarios/run/suite_options.hpp"

#include <atomic>
#include <iosfwd>

namespace scenarios::run {

/// The scenario files that `paths` mean: a file is itself, a folder all `*.toml` below it, in order
/// of name.
[[nodiscard]] auto scenario_files(const std::vector<std::string>& paths)
    -> std::vector<std::string>;

/// Finds the scenarios under `options.paths`, runs this shard of them and writes the verdicts to
/// `out` and the reports to the files named. Diagnostics (a scenario that cannot be read, a report
/// that cannot be written) go to `err`. Once `interrupted` is true no further world is started,
/// running worlds stop at their next turn, and what is known so far is reported.
///
/// Gives back the exit code of the process: 0 all held, 1 a scenario failed, 2 a path, filter or
/// scenario is wrong, 3 the environment refused (a file, a socket), 130 interrupted.
[[nodiscard]] auto run_suite(const suite_options& options,
                             std::ostream& out,
                             std::ostream& err,
                             const std::atomic<bool>& interrupted) -> int;

} // namespace scenarios::run
