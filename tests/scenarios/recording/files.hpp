#pragma once
// Files of tests, read and written whole.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace test {

inline auto text_in(const std::filesystem::path& path) -> std::string {
  auto file = std::ifstream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

} // namespace test
