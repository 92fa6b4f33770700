#pragma once
// When a scenario's connector is configured so that it can read a feed, and when not.
#include "scenarios/model/scenario.hpp"
#include "scenarios/run/completeness.hpp"

namespace scenarios::run {

/// Spans in which what is configured keeps the feed from being read: a secret or certificate that
/// is wrong, not yet good, expired or not registered; ids that are not the app's and the tenant's;
/// a cloud whose hosts are not the tenant's; tokens asked for another API; an app that is disabled.
/// Each lasts `recovery` longer, the last one for ever if nothing mends it.
auto configuration_outages(const model::scenario& what,
                           const std::string& feed,
                           seams::duration recovery) -> std::vector<outage>;

} // namespace scenarios::run
