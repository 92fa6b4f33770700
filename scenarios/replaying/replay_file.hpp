#pragma once
// The work of `offtenant replay`: reads a recording, runs the connector against it, reports.
#include "scenarios/replaying/replay_run.hpp"

#include <iosfwd>

namespace scenarios::replaying {

/// Gives back an exit code: 0, 1 (something was asked for that was never recorded, or the connector
/// misbehaved), 2 (the recording cannot be used), 3 (files), 130 (interrupted).
[[nodiscard]] auto replay_file(const replay_options& options,
                               std::ostream& out,
                               std::ostream& err,
                               const std::atomic<bool>& interrupted) -> int;

} // namespace scenarios::replaying
