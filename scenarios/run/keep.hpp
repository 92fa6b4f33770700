#pragma once
// Leaves a world behind for inspection: its store, its request journal, its trace.
#include "scenarios/run/world.hpp"

namespace scenarios::run {

/// Writes store.db, journal.jsonl and trace.txt into `folder`, making it. Gives "" or what could
/// not be written, for example on a full disk. No token and no secret is in any of them.
auto keep_world(const std::string& folder, const world& place, const std::string& trace_lines)
    -> std::string;

} // namespace scenarios::run
