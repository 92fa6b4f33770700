#pragma once
// Splits C++ text into what the compiler sees and what people read, keeping lines and columns.
#include <string>
#include <string_view>
#include <vector>

namespace structure {

/// Three copies of one text. Each has the lines and columns of the original; what does not belong
/// to the copy is blank.
struct source_text {
  std::vector<std::string> raw;
  std::vector<std::string> code;     ///< without comments and without the insides of literals
  std::vector<std::string> comments; ///< the comments alone
};

/// Understands // and /* */ comments, string, character and raw string literals.
auto read_source(std::string_view text) -> source_text;

/// The lines of `text`, without their line ends.
auto lines_of(std::string_view text) -> std::vector<std::string>;

/// Whether `c` may stand in an identifier.
auto is_word(char c) -> bool;

} // namespace structure
