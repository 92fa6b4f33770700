#pragma once
// The arguments of `offtenant scrub` as they were typed, and what they mean.
#include "cli/command.hpp"

namespace cli {

/// What to scrub or verify, or the first argument that cannot be used.
auto scrub_options_of(scenarios::recording::scrub_options typed, const environment& env)
    -> parsed<scenarios::recording::scrub_options>;

} // namespace cli
