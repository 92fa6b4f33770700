#pragma once
// Tells people what a leak check found.
#include "replay/leak/leak_check.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace scenarios::recording {

/// One line each, and how many there are; nothing of what was found is quoted.
void print_leaks(const std::vector<replay::leak>& found, const std::string& path, std::ostream& to);

/// "offtenant 1.2.3": who writes a cassette.
auto program_name() -> std::string;

/// "3 exchanges".
auto count_text(std::size_t count, const std::string& what) -> std::string;

} // namespace scenarios::recording
