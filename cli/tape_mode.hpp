#pragma once
// What `--mode` means for a cassette.
#include "cli/usage.hpp"
#include "scenarios/replaying/taped_tenant.hpp"

#include <string_view>

namespace cli {

/// "once", "loop" or "fill".
auto parse_tape_mode(std::string_view text) -> parsed<scenarios::replaying::tape_mode>;

} // namespace cli
