#pragma once
// When a world is over: late enough for everything to have become visible and been read.
#include "scenarios/run/world.hpp"

namespace scenarios::run {

/// Time from the start to the end of a world of that plan: after the last record becomes visible,
/// the last fault lifts and the last kill heals, plus a quiet span in which a connector must
/// converge; never less than `run_for`.
auto end_of(const world_plan& plan, const mock_graph::login::signing_key& key) -> seams::duration;

/// When the last record of that script becomes visible; nothing if none does.
auto last_visible(const mock_graph::server::script& what, const mock_graph::login::signing_key& key)
    -> std::optional<seams::instant>;

/// A well-behaved reader polls at least this often, counting the slowest enabled feed.
auto slowest_period(const world_plan& plan) -> seams::duration;

} // namespace scenarios::run
