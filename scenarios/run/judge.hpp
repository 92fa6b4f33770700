#pragma once
// The verdict on one world: the promises of every run, then the scenario's own expectations.
#include "scenarios/model/scenario.hpp"
#include "scenarios/report/outcome.hpp"
#include "scenarios/run/completeness.hpp"
#include "scenarios/run/world.hpp"

namespace scenarios::run {

/// Spans in which nobody could have read a feed: faults without a count, credentials that were
/// wrong, a connector that was down; each with time to recover.
auto outages_of(const model::scenario& what, const world_plan& plan) -> std::vector<outage>;

struct judgement {
  std::vector<report::check> checks;
  completeness records;
  std::vector<report::label> labels;
};

/// Judges a world that has ended with `how`.
auto judge(const model::scenario& what, const world_plan& plan, world& place, world_end how)
    -> judgement;

} // namespace scenarios::run
