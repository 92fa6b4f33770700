#pragma once
// A folder of its own for one test, removed with everything in it.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace test {

class temporary_folder {
public:
  temporary_folder() {
    auto name = (std::filesystem::temp_directory_path() / "offtenant-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) {
      path_ = name;
    }
  }
  temporary_folder(const temporary_folder&) = delete;
  auto operator=(const temporary_folder&) -> temporary_folder& = delete;
  ~temporary_folder() {
    auto ignored = std::error_code();
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] auto path() const -> const std::filesystem::path& { return path_; }
  /// The path of a file in it.
  [[nodiscard]] auto at(const std::string& name) const -> std::string {
    return (path_ / name).string();
  }
  [[nodiscard]] auto has(const std::string& name) const -> bool {
    return std::filesystem::exists(path_ / name);
  }
  [[nodiscard]] auto read(const std::string& name) const -> std::string {
    auto file = std::ifstream(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }

private:
  std::filesystem::path path_;
};

} // namespace test
