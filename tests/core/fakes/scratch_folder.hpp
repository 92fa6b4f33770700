#pragma once
// A folder of its own for a test that needs real files: tests run beside each other.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fakes {

/// Made anew, and removed with all that is in it.
class scratch_folder {
public:
  scratch_folder() {
    auto name = (std::filesystem::temp_directory_path() / "offtenant-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("no folder for the test");
    }
    path_ = name;
  }
  scratch_folder(const scratch_folder&) = delete;
  auto operator=(const scratch_folder&) -> scratch_folder& = delete;
  ~scratch_folder() {
    auto ignored = std::error_code();
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] auto path() const -> const std::filesystem::path& { return path_; }
  /// The path of a file in it.
  [[nodiscard]] auto at(std::string_view name) const -> std::string {
    return (path_ / name).string();
  }
  [[nodiscard]] auto has(std::string_view name) const -> bool {
    return std::filesystem::exists(path_ / name);
  }
  /// Writes a file, with the folders on the way to it; gives back its path.
  auto write(std::string_view name, std::string_view text) const -> std::string {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return at(name);
  }
  [[nodiscard]] auto read(std::string_view name) const -> std::string {
    auto file = std::ifstream(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

private:
  std::filesystem::path path_;
};

} // namespace fakes
