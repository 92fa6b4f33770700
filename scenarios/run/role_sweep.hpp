#pragma once
// The same scenario once per missing permission: what breaks, what goes on, what an operator sees.
#include "scenarios/model/scenario.hpp"
#include "scenarios/report/outcome.hpp"
#include "scenarios/run/run_scenario.hpp"

namespace scenarios::run {

/// Runs `what` in one world for each role granted to its application, without that role. A world
/// holds if every enabled feed that cannot be read without the role ends in a state that is not
/// "ok" and whose text names the role, every other feed ends "ok", and all promises are kept. Gives
/// one check per world, and adds the table of what was seen to `out.notes`.
auto sweep_roles(const model::scenario& what, const scenario_options& options, report::outcome& out)
    -> std::vector<report::check>;

} // namespace scenarios::run
