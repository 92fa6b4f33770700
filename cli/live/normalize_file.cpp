#include "cli/live/normalize_file.hpp"

#include "cli/exit_code.hpp"
#include "cli/live/ocsf_lines.hpp"
#include "core/adapters/files/text_file.hpp"
#include "scenarios/model/record_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <ostream>

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr auto file_bytes_most = std::size_t{256} << 20U;

/// When the file was last written, to whole seconds.
auto written_at(const std::string& path) -> std::optional<seams::instant> {
  auto wrong = std::error_code();
  const auto at = fs::last_write_time(path, wrong);
  if (wrong) {
    return std::nullopt;
  }
  return std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(at));
}

} // namespace

auto normalize_file(const normalize_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted) -> int {
  const auto text = core::adapters::read_text_file(options.file, file_bytes_most);
  if (!text.wrong.empty()) {
    err << fmt::format("offtenant normalize: the file {} {}\n", options.file, text.wrong);
    return exit_environment;
  }
  const auto file = scenarios::model::slice_records(text.text);
  auto around = context_of(options.how);
  around.otherwise_at = written_at(options.file);
  auto number = 0;
  for (const auto& one : file.records) {
    if (interrupted || !out) {
      return exit_interrupted;
    }
    const auto where = fmt::format("{}:{}: record {}", options.file, one.line, ++number);
    write_events(core::ocsf::normalize(options.feed, one.raw, around), where, out, err);
  }
  if (!file.wrong.empty()) {
    err << fmt::format("offtenant normalize: {}: {}\n", options.file, file.wrong);
    return exit_usage;
  }
  return exit_held;
}

} // namespace cli
