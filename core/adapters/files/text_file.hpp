#pragma once
// Reads a whole file under a bound; only plain files, so that no pipe or device can hang a lint.
#include <cstddef>
#include <string>

namespace core::adapters {

struct text_file {
  std::string text;
  std::string wrong; ///< why there is no text; "" if there is
};

auto read_text_file(const std::string& path, std::size_t bytes_max) -> text_file;

} // namespace core::adapters
