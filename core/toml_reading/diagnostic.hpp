#pragma once
// What is wrong with a file that people write, where, and what would be right.
#include <cstdint>
#include <string>
#include <string_view>

namespace core::toml_reading {

/// A place in a file; both count from 1. Columns count characters, not bytes.
struct position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  auto operator<=>(const position&) const = default;
};

struct diagnostic {
  std::string file;
  position at;
  std::string message;
  std::string expected; ///< empty: goes without saying
  std::string nearest;  ///< the word that was probably meant; empty: none is near
};

/// "file:line:column: message; expected ...; did you mean "..."?" on one line.
auto to_text(const diagnostic& what) -> std::string;

/// `text` in double quotes, control characters as escapes, shortened beyond 80 bytes.
auto in_quotes(std::string_view text) -> std::string;

} // namespace core::toml_reading
