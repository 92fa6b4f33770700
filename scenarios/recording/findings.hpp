#pragma once
// Tells people what a leak check found.
#include "replay/leak/leak_check.hpp"
#include "scenarios/recording/redaction_setup.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace scenarios::recording {

/// What is left in `tape` of what is known, of what was learned while it was redacted, and of what
/// the policy takes out.
auto leaks_left(const replay::cassette& tape, const redaction_setup& with)
    -> std::vector<replay::leak>;

/// One line each, and how many there are; nothing of what was found is quoted.
void print_leaks(const std::vector<replay::leak>& found, const std::string& path, std::ostream& to);

/// "offtenant 1.2.3": who writes a cassette.
auto program_name() -> std::string;

/// "3 exchanges".
auto count_text(std::size_t count, const std::string& what) -> std::string;

} // namespace scenarios::recording
