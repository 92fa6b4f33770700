#pragma once
// From a scenario to the worlds that prove it.
#include "scenarios/model/scenario.hpp"
#include "scenarios/run/world.hpp"

namespace scenarios::run {

/// The plan of the scenario's world without deaths that need counting. Feeds take what the
/// scenario leaves open from the connector's own table.
auto plan_of(const model::scenario& what, std::uint64_t seed, wire_kind wire) -> world_plan;

/// Every death that a scenario asks for by port and call; for `everywhere`, one before and one
/// after each call that the quiet world made (disks: before only, they cannot fail afterwards).
struct fate {
  death_point where;
  seams::duration down_for{};
};
auto fates_of(const model::scenario& what, const port_calls& quiet) -> std::vector<fate>;

/// "before call 3 of commit", as reports name it.
auto to_text(const death_point& where) -> std::string;

} // namespace scenarios::run
