#pragma once
// The files of a fixture, as text.
#include "replay/import/build_fixture.hpp"

#include <string>
#include <utility>
#include <vector>

namespace replay {

/// Path below the fixture's folder, and content.
using fixture_files = std::vector<std::pair<std::string, std::string>>;

/// scenario.toml, README.md, and bad-rows.txt if a row was kept aside; files of records are made of
/// the groups: one raw record a line.
auto files_of(const fixture& from) -> fixture_files;

/// A few lines for the terminal: what was taken from where, and what was not.
auto summary_of(const fixture& from) -> std::string;

} // namespace replay
