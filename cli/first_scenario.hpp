#pragma once
// The two files that `offtenant init` writes: a first scenario to run and change, and its README.
#include <string_view>

namespace cli {

constexpr std::string_view first_scenario_name = "first.toml";
constexpr std::string_view first_readme_name = "README.md";

/// A scenario that runs as it is: a person clicks through a Safe Links warning in Teams.
auto first_scenario() -> std::string_view;

/// What to do with the folder next.
auto first_readme() -> std::string_view;

} // namespace cli
