#include "cli/import_files.hpp"

#include "cli/exit_code.hpp"
#include "core/adapters/files/text_file.hpp"
#include "core/adapters/socket/entropy_choices.hpp"
#include "replay/import/fixture_text.hpp"
#include "replay/import/read_export.hpp"
#include "replay/import/stand_ins.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr auto export_bytes_max = std::size_t{256} << 20U;

/// Nobody can tell what a key that nobody kept stands for.
auto fresh_key() -> std::string {
  auto chance = core::adapters::entropy_choices();
  return seams::draw_guid(chance, "key of stand-ins") + seams::draw_guid(chance, "and more of it");
}

auto is_free(const fs::path& folder) -> bool {
  auto error = std::error_code();
  return !fs::exists(fs::symlink_status(folder, error)) ||
         (fs::is_directory(folder, error) && fs::is_empty(folder, error));
}

auto write_fixture(const fs::path& folder, const replay::fixture_files& files)
    -> std::optional<std::string> {
  auto error = std::error_code();
  fs::create_directories(folder / "records", error);
  if (error) {
    return fmt::format("cannot make the folder '{}': {}", folder.string(), error.message());
  }
  for (const auto& [name, text] : files) {
    auto file = std::ofstream(folder / name, std::ios::binary);
    file << text;
    file.close();
    if (!file) {
      return fmt::format("cannot write '{}'", (folder / name).string());
    }
  }
  return std::nullopt;
}

/// The records of all files; tells on `err` what cannot be taken, and then gives nothing.
auto read_exports(const import_options& options, std::ostream& err, int& code)
    -> std::optional<std::vector<replay::export_file>> {
  auto out = std::vector<replay::export_file>();
  code = exit_held;
  for (const auto& path : options.files) {
    auto text = core::adapters::read_text_file(path, export_bytes_max);
    if (!text.wrong.empty()) {
      err << fmt::format("offtenant import: {} {}\n", path, text.wrong);
      code = exit_environment;
      return std::nullopt;
    }
    auto read = replay::read_export(
        fs::path(path).filename().string(), std::move(text.text), {options.feed, {}});
    if (!read) {
      err << fmt::format("offtenant import: {} {}\n", path, read.error().why);
      code = exit_usage;
      continue;
    }
    out.push_back(std::move(*read));
  }
  if (code == exit_usage) {
    err << "What is taken:\n" << replay::taken_formats();
    return std::nullopt;
  }
  return out;
}

} // namespace

auto import_files(const import_options& options, std::ostream& out, std::ostream& err) -> int {
  const auto folder = fs::path(options.folder);
  if (!is_free(folder)) {
    err << fmt::format("offtenant import: '{}' is already there, and import overwrites nothing\n",
                       options.folder);
    return exit_usage;
  }
  auto code = static_cast<int>(exit_held);
  auto files = read_exports(options, err, code);
  if (!files) {
    return code;
  }
  auto names = replay::stand_ins(options.key.empty() ? fresh_key() : options.key);
  auto title = folder.filename().string();
  const auto made = replay::build_fixture(title.empty() ? "Imported records" : title,
                                          std::move(*files),
                                          options.keep_names ? nullptr : &names);
  if (made.groups.empty()) {
    err << "offtenant import: no record can be served\n" << replay::summary_of(made);
    return exit_usage;
  }
  if (const auto problem = write_fixture(folder, replay::files_of(made))) {
    err << fmt::format("offtenant import: {}\n", *problem);
    return exit_environment;
  }
  out << replay::summary_of(made)
      << fmt::format("wrote {}\nnext: offtenant run {}\n", options.folder, options.folder);
  return exit_held;
}

} // namespace cli
