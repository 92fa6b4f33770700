#include "scenarios/shrinking/shrink.hpp"

#include "core/adapters/files/text_file.hpp"
#include "scenarios/exit_code.hpp"
#include "scenarios/run/key_file.hpp"
#include "scenarios/shrinking/failing_check.hpp"
#include "scenarios/shrinking/shrink_tape.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <unistd.h>

namespace scenarios::shrinking {
namespace {

namespace fs = std::filesystem;

constexpr auto recording_bytes_max = std::size_t{4} << 30U;

/// A folder for trials, gone afterwards.
class trial_folder {
public:
  trial_folder()
      : path_(fs::temp_directory_path() / ("offtenant-shrink-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  trial_folder(const trial_folder&) = delete;
  auto operator=(const trial_folder&) -> trial_folder& = delete;
  ~trial_folder() {
    auto ignored = std::error_code();
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] auto path() const -> const fs::path& { return path_; }

private:
  fs::path path_;
};

auto scenario_of(const std::string& fixture) -> std::string {
  auto error = std::error_code();
  return fs::is_directory(fixture, error) ? (fs::path(fixture) / "scenario.toml").string()
                                          : fixture;
}

/// By its first bytes; a folder is none.
auto is_recording(const std::string& fixture) -> bool {
  const auto file = core::adapters::read_text_file(fixture, recording_bytes_max);
  const auto begin = file.text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return begin != std::string::npos && file.text[begin] == '{';
}

auto is_in_use(const std::string& folder) -> bool {
  auto error = std::error_code();
  return fs::exists(folder, error) && !(fs::is_directory(folder, error) && fs::is_empty(folder));
}

auto count_of(const fixture_parts& of, const selection& kept, part_kind kind) -> std::size_t {
  return static_cast<std::size_t>(
      std::ranges::count_if(kept, [&](auto i) { return of.parts()[i].what == kind; }));
}

auto size_text(const fixture_parts& of, const selection& kept) -> std::string {
  return std::to_string(count_of(of, kept, part_kind::table)) + " tables, " +
         std::to_string(count_of(of, kept, part_kind::feed)) + " feeds, " +
         std::to_string(count_of(of, kept, part_kind::record)) + " records";
}

auto readme_for(const shrink_options& options, const std::string& scenario) -> std::string {
  const auto seed = options.seed ? " --seed " + std::to_string(*options.seed) : std::string();
  return "# The smallest scenario in which `" + options.keep +
         "` fails\n"
         "`offtenant shrink` made it; no table, feed or record of it can be left out. To see the "
         "failure:\n\n    offtenant run " +
         scenario + seed + "\n";
}

/// Why they could not be written, or "".
auto write_files(const fs::path& folder, const fixture_text& files) -> std::string {
  for (const auto& [name, text] : files) {
    const auto path = (folder / name).string();
    if (const auto wrong = core::adapters::write_text_file(path, text); !wrong.empty()) {
      return path + " " + wrong;
    }
  }
  return {};
}

void say_what_fails(const shrink_options& options,
                    const std::vector<report::check>& failed,
                    std::ostream& err) {
  err << "offtenant shrink: no check named '" << options.keep << "' fails in " << options.fixture
      << "; " << (failed.empty() ? "all hold" : "these fail:") << '\n';
  for (const auto& one : failed) {
    err << "  " << one.name << '\n';
  }
}

/// Leaves parts out until none can be.
auto smallest(const fixture_parts& parts,
              failing_check& check,
              const shrink_options& options,
              std::ostream& err,
              const std::atomic<bool>& interrupted) -> selection {
  const auto holds = [&](const selection& kept) {
    const auto fails = check.fails_in(parts.text_of(kept));
    if (fails && options.progress) {
      err << "\r" << size_text(parts, kept) << " left, " << check.runs() << " runs   "
          << std::flush;
    }
    return fails;
  };
  auto out = minimize(parts.parts().size(), holds, interrupted);
  if (options.progress) {
    err << '\n';
  }
  return out;
}

} // namespace

auto shrink(const shrink_options& options,
            std::ostream& out,
            std::ostream& err,
            const std::atomic<bool>& interrupted) -> int {
  if (is_in_use(options.out)) {
    err << "offtenant shrink: '" << options.out << "' is already there\n";
    return exit_usage;
  }
  auto key = run::cached_signing_key(options.key_cache);
  if (!key) {
    err << "offtenant shrink: " << key.error().why << '\n';
    return exit_environment;
  }
  if (is_recording(options.fixture)) {
    return shrink_tape(options, *key, out, err, interrupted);
  }
  const auto parts = fixture_parts::read(scenario_of(options.fixture));
  if (!parts) {
    err << "offtenant shrink: " << parts.error().why << '\n';
    return exit_usage;
  }
  const auto trials = trial_folder();
  auto check =
      failing_check(options.keep, options.seed, trials.path(), std::move(*key), interrupted);
  auto all = selection();
  for (auto i = std::size_t{0}; i < parts->parts().size(); ++i) {
    all.push_back(i);
  }
  if (!check.begin(parts->text_of(all))) {
    say_what_fails(options, check.failed(), err);
    return exit_failed;
  }
  const auto kept = smallest(*parts, check, options, err, interrupted);
  auto files = parts->text_of(kept);
  files.emplace_back("README.md", readme_for(options, files.front().first));
  if (const auto wrong = write_files(options.out, files); !wrong.empty()) {
    err << "offtenant shrink: " << wrong << '\n';
    return exit_environment;
  }
  out << options.out << ": " << size_text(*parts, kept) << ", of " << size_text(*parts, all) << " ("
      << check.runs() << " runs" << (interrupted ? "; stopped before the end" : "") << ")\n";
  return exit_held;
}

} // namespace scenarios::shrinking
