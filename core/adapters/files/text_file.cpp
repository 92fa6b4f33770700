#include "core/adapters/files/text_file.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace core::adapters {
namespace {

auto in_words(std::size_t bytes) -> std::string {
  constexpr auto kibibyte = std::size_t{1} << 10U;
  constexpr auto mebibyte = std::size_t{1} << 20U;
  if (bytes < kibibyte) {
    return std::to_string(bytes) + " bytes";
  }
  return bytes < mebibyte ? std::to_string(bytes / kibibyte) + " KiB"
                          : std::to_string(bytes / mebibyte) + " MiB";
}

} // namespace

auto read_text_file(const std::string& path, std::size_t bytes_max) -> text_file {
  auto error = std::error_code();
  const auto kind = std::filesystem::status(path, error).type();
  if (kind == std::filesystem::file_type::none) {
    return {{}, "cannot be looked at: " + error.message()};
  }
  if (kind != std::filesystem::file_type::regular) {
    return {{},
            kind == std::filesystem::file_type::not_found ? "does not exist" : "is no plain file"};
  }
  const auto size = std::filesystem::file_size(path, error);
  auto file = std::ifstream(path, std::ios::binary);
  if (error || !file) {
    return {{}, "cannot be opened"};
  }
  if (size > bytes_max) {
    return {{}, "is larger than " + in_words(bytes_max)};
  }
  auto out = text_file();
  out.text.resize(static_cast<std::size_t>(size));
  file.read(out.text.data(), static_cast<std::streamsize>(out.text.size()));
  out.text.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad()) {
    return {{}, "cannot be read"};
  }
  return out;
}

auto write_text_file(const std::string& path, std::string_view text) -> std::string {
  auto error = std::error_code();
  if (const auto folder = std::filesystem::path(path).parent_path(); !folder.empty()) {
    std::filesystem::create_directories(folder, error);
  }
  if (error) {
    return "cannot make its folder: " + error.message();
  }
  auto file = std::ofstream(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  return file ? "" : "cannot be written: " + std::generic_category().message(errno);
}

} // namespace core::adapters
