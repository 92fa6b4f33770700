#pragma once
// Ledger against store for feeds that show how things are now.
#include "scenarios/run/completeness.hpp"

namespace scenarios::run {

/// Of every thing, each state is stored as often as the thing was in it, and the newest one stored
/// is the tenant's. Adds to `out`, but for `stored`. What it holds grows with the number of things.
void compare_states(const mock_graph::ledger& book,
                    const stored_records& stored,
                    const reader_terms& terms,
                    const std::vector<exchange_note>& exchanges,
                    completeness& out);

} // namespace scenarios::run
