#pragma once
// The exit codes, for commands.
#include "scenarios/exit_code.hpp"

namespace cli {

using scenarios::exit_code;
using enum scenarios::exit_code;

} // namespace cli
