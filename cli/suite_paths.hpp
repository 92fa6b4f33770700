#pragma once
// Finds the scenarios that a command is about: the paths that were typed, or the shipped suites.
#include "cli/usage.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cli {

/// `typed` if it holds anything, else just `shipped`; an error names the first that is not there.
auto existing_paths(const std::vector<std::string>& typed, const std::string& shipped)
    -> parsed<std::vector<std::string>>;

/// The folder of the suites that come with the program at `executable`:
/// `../share/offtenant/scenarios/suites` beside an installed program, else `scenarios/suites` of
/// the `source` tree it was built from.
auto shipped_suites(const std::filesystem::path& executable, const std::filesystem::path& source)
    -> std::string;

} // namespace cli
