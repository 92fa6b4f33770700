#pragma once
// Ties the commands to the parts of the program that do their work.
#include "cli/command.hpp"

namespace cli {

/// The engine of the installed program; tests bring their own.
auto real_engine() -> engine;

} // namespace cli
