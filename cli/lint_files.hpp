#pragma once
// The work of `lint` and `report merge`, on files.
#include "cli/command.hpp"

namespace cli {

/// Reads every scenario and every connector config below `paths` and prints what is wrong to `err`,
/// one line each. Gives exit_held, or exit_usage if anything is wrong: a scenario is input.
auto lint_files(const std::vector<std::string>& paths, std::ostream& out, std::ostream& err) -> int;

} // namespace cli
