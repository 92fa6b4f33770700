#include "cli/suite_paths.hpp"

#include <fmt/format.h>

#include <system_error>

namespace cli {

namespace fs = std::filesystem;

auto existing_paths(const std::vector<std::string>& typed, const std::string& shipped)
    -> parsed<std::vector<std::string>> {
  const auto paths = typed.empty() ? std::vector{shipped} : typed;
  for (const auto& path : paths) {
    auto ignored = std::error_code();
    if (!fs::exists(path, ignored)) {
      return usage_error(
          fmt::format("no such file or folder: '{}'{}",
                      path,
                      typed.empty() ? " (the suites that come with offtenant)" : ""));
    }
  }
  return paths;
}

auto shipped_suites(const fs::path& executable, const fs::path& source) -> std::string {
  const auto installed =
      executable.parent_path().parent_path() / "share" / "offtenant" / "scenarios" / "suites";
  auto ignored = std::error_code();
  if (fs::is_directory(installed, ignored)) {
    return installed.string();
  }
  return (source / "scenarios" / "suites").string();
}

} // namespace cli
