#include "cli/import_files.hpp"

#include "cli/exit_code.hpp"
#include "cli/fixture_folder.hpp"
#include "core/adapters/files/text_file.hpp"
#include "replay/import/fixture_text.hpp"
#include "replay/import/read_export.hpp"
#include "scenarios/recording/stand_in_key.hpp"
#include "scenarios/tapes/disk_cassette.hpp"

#include <fmt/format.h>

#include <optional>
#include <ostream>

namespace cli {
namespace {

constexpr auto export_bytes_max = std::size_t{1} << 30U;

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
        path, std::move(text.text), {options.feed, scenarios::tapes::bodies_beside(path)});
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

auto name_of(const import_options& options) -> std::string {
  const auto folder = fs::path(options.folder);
  const auto last = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
  const auto plain = last == "." || last == ".." ? std::string() : last;
  return !options.name.empty() ? options.name : plain.empty() ? "Imported records" : plain;
}

/// Says what stands for names; nothing, with `code` set, if the key cannot be had.
auto redactor_for(const import_options& options, std::ostream& err, int& code)
    -> std::optional<replay::text_redactor> {
  auto key = scenarios::recording::stand_in_key(options.key);
  if (!key) {
    err << "offtenant import: " << key.error().why << '\n';
    code = key.error().code == "unwritable" ? exit_environment : exit_usage;
    return std::nullopt;
  }
  if (key->made_file) {
    err << fmt::format("made the key {}; who has it can find out who is behind a stand-in\n",
                       options.key);
  }
  return replay::text_redactor({}, std::move(key->text));
}

} // namespace

auto import_files(const import_options& options, std::ostream& out, std::ostream& err) -> int {
  if (!is_free(options.folder)) {
    err << fmt::format("offtenant import: '{}' is already there, and import overwrites nothing\n",
                       options.folder);
    return exit_usage;
  }
  auto code = static_cast<int>(exit_held);
  auto files = read_exports(options, err, code);
  const auto redactor =
      files && !options.keep_names ? redactor_for(options, err, code) : std::nullopt;
  if (!files || (!redactor && !options.keep_names)) {
    return code;
  }
  const auto made =
      replay::build_fixture(name_of(options), std::move(*files), redactor ? &*redactor : nullptr);
  if (made.groups.empty()) {
    err << "offtenant import: no record can be served\n" << replay::summary_of(made);
    return exit_usage;
  }
  if (const auto done = write_fixture(options.folder, made); !done) {
    err << fmt::format("offtenant import: {}\n", done.error().why);
    return exit_environment;
  }
  out << replay::summary_of(made)
      << fmt::format("wrote {}\nnext: offtenant run {}\n", options.folder, options.folder);
  return exit_held;
}

} // namespace cli
