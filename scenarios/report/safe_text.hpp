#pragma once
// Text from hostile answers, made harmless for what shows it.
#include <string>
#include <string_view>

namespace scenarios::report {

/// For XML 1.0, in elements and in attributes: markup is escaped; what XML forbids and bytes that
/// are no UTF-8 become U+FFFD.
auto for_xml(std::string_view text) -> std::string;

/// For a terminal: control characters, which could move the cursor or hide text, become '?';
/// tabs and line ends stay.
auto for_terminal(std::string_view text) -> std::string;

} // namespace scenarios::report
