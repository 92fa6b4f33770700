#pragma once
// The whole program but its process: reads the arguments, chooses the command, gives an exit code.
#include "cli/command.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Runs `offtenant` with `arguments` (without the program's own name). Help and version go to
/// `around.out`, complaints to `around.err`. Throws nothing on bad arguments: that is exit code 2.
[[nodiscard]] auto program(const std::vector<std::string>& arguments,
                           std::string_view version,
                           const surroundings& around) -> int;

} // namespace cli
