#include "tests/structure/rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

namespace fs = std::filesystem;

const auto root = fs::path(OFFTENANT_SOURCE_DIR);
const auto code_folders =
    std::vector<std::string>{"core", "mock_graph", "replay", "scenarios", "cli", "tests", "bench"};

auto read_file(const fs::path& path) -> structure::source_file {
  auto file = std::ifstream(path, std::ios::binary);
  return {fs::relative(path, root).generic_string(), {std::istreambuf_iterator<char>(file), {}}};
}

/// The files under `folder` whose name ends with one of `ends`, in the order of their paths.
auto files_in(const std::string& folder, const std::vector<std::string>& ends)
    -> std::vector<structure::source_file> {
  auto files = std::vector<structure::source_file>();
  if (!fs::exists(root / folder)) {
    return files;
  }
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const auto name = entry.path().filename().string();
    const auto wanted = std::any_of(
        ends.begin(), ends.end(), [&](const std::string& end) { return name.ends_with(end); });
    if (entry.is_regular_file() && wanted) {
      files.push_back(read_file(entry.path()));
    }
  }
  std::sort(
      files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

auto files_in_code(const std::vector<std::string>& ends) -> std::vector<structure::source_file> {
  auto files = std::vector<structure::source_file>();
  for (const auto& folder : code_folders) {
    auto more = files_in(folder, ends);
    std::move(more.begin(), more.end(), std::back_inserter(files));
  }
  return files;
}

void expect_none(const structure::findings& found) {
  for (const auto& f : found) {
    FAIL_CHECK(structure::to_text(f));
  }
}

TEST_SUITE("structure_test") {
  TEST_CASE("the tree is where this program looks for it") {
    CHECK(files_in_code({".cpp"}).size() > 20);
    CHECK(files_in_code({".hpp"}).size() > 20);
  }

  TEST_CASE("every source file keeps the house rules") {
    for (const auto& file : files_in_code({".cpp", ".hpp"})) {
      expect_none(structure::check_source(file));
    }
  }

  TEST_CASE("every source file is listed in a CMakeLists.txt") {
    expect_none(structure::check_listed(files_in_code({".cpp", ".hpp"}),
                                        files_in_code({"CMakeLists.txt"})));
  }

  TEST_CASE("build files, scripts and scenarios hold no leftovers and no machine paths") {
    auto files = files_in_code({"CMakeLists.txt", ".toml", ".sh", ".py"});
    for (const auto* folder : {"tools", "cmake", ".ci"}) {
      auto more = files_in(folder, {""});
      std::move(more.begin(), more.end(), std::back_inserter(files));
    }
    for (const auto* name : {"CMakeLists.txt", "CMakePresets.json", "offtenant"}) {
      files.push_back(read_file(root / name));
    }
    for (const auto& file : files) {
      expect_none(structure::check_plain_text(file));
    }
  }
}

} // namespace
