#pragma once
// Reads exports, and writes the fixture made of them.
#include "cli/import_command.hpp"

#include <iosfwd>

namespace cli {

/// Nothing is written unless every file is an export that is taken. Gives back the exit code.
auto import_files(const import_options& options, std::ostream& out, std::ostream& err) -> int;

} // namespace cli
