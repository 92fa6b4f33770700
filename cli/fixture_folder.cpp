#include "cli/fixture_folder.hpp"

#include "replay/import/fixture_text.hpp"

#include <fmt/format.h>

#include <fstream>

namespace cli {
namespace {

namespace fs = std::filesystem;

auto cannot(const std::string& what, const std::string& why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose,
          "unwritable",
          fmt::format("cannot {}{}", what, why.empty() ? "" : ": " + why)};
}

auto write_file(const fs::path& path, const auto& fill) -> seams::result<void> {
  auto file = std::ofstream(path, std::ios::binary);
  fill(file);
  file.close();
  return file ? seams::result<void>() : cannot(fmt::format("write '{}'", path.string()), "");
}

auto write_all(const fs::path& folder, const replay::fixture& what) -> seams::result<void> {
  for (const auto& [name, text] : replay::files_of(what)) {
    const auto done = write_file(folder / name, [&](std::ostream& to) { to << text; });
    if (!done) {
      return done;
    }
  }
  for (const auto& group : what.groups) {
    const auto done = write_file(folder / group.file, [&](std::ostream& to) {
      for (const auto& raw : group.raws) {
        to << raw << '\n';
      }
    });
    if (!done) {
      return done;
    }
  }
  return {};
}

/// Beside the folder, so that a rename is enough.
auto working_folder(const fs::path& folder) -> fs::path {
  auto out = folder.has_filename() ? folder : folder.parent_path();
  out += ".importing";
  return out;
}

auto make_fixture(const fs::path& work, const fs::path& folder, const replay::fixture& what)
    -> seams::result<void> {
  auto error = std::error_code();
  fs::create_directories(work / "records", error);
  if (error) {
    return cannot(fmt::format("make the folder '{}'", work.string()), error.message());
  }
  if (auto done = write_all(work, what); !done) {
    return done;
  }
  fs::remove(folder, error); // an empty folder, if any
  fs::rename(work, folder, error);
  return error ? cannot(fmt::format("make the folder '{}'", folder.string()), error.message())
               : seams::result<void>();
}

} // namespace

auto is_free(const fs::path& folder) -> bool {
  auto error = std::error_code();
  return !fs::exists(fs::symlink_status(folder, error)) ||
         (fs::is_directory(folder, error) && fs::is_empty(folder, error));
}

auto write_fixture(const fs::path& folder, const replay::fixture& what) -> seams::result<void> {
  const auto work = working_folder(folder);
  if (!is_free(work)) {
    return cannot(fmt::format("write '{}'", work.string()),
                  "an import that did not end left it there, or one is at work; remove it");
  }
  auto done = make_fixture(work, folder.has_filename() ? folder : folder.parent_path(), what);
  if (!done) {
    auto error = std::error_code();
    fs::remove_all(work, error);
  }
  return done;
}

} // namespace cli
