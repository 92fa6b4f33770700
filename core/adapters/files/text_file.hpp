#pragma once
// Whole files: read under a bound, only plain ones, so that no pipe or device can hang a lint.
#include <cstddef>
#include <string>
#include <string_view>

namespace core::adapters {

struct text_file {
  std::string text;
  std::string wrong; ///< why there is no text; "" if there is
};

auto read_text_file(const std::string& path, std::size_t bytes_max) -> text_file;

/// Writes a file anew, with the folders above it. Gives back why it could not, or "".
[[nodiscard]] auto write_text_file(const std::string& path, std::string_view text) -> std::string;

} // namespace core::adapters
