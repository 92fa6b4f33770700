#pragma once
// What came of a replay, for people and for programs.
#include "scenarios/replaying/replay_run.hpp"

#include <iosfwd>
#include <string>

namespace scenarios::replaying {

/// Exchanges, what fits nothing and why, what was never asked for, records, cases, health. Long
/// lists are cut, and say so.
void print_report(const replay_outcome& what, std::ostream& out);

/// Its part about the tape alone.
void print_use(const tape_use& what, std::ostream& out);

/// All of it, as one JSON document; docs/replay.md has the keys.
auto json_report(const replay_outcome& what) -> std::string;

} // namespace scenarios::replaying
