#include "scenarios/shrinking/shrink_tape.hpp"

#include "core/adapters/files/text_file.hpp"
#include "scenarios/exit_code.hpp"
#include "scenarios/replaying/replay_run.hpp"
#include "scenarios/shrinking/minimize.hpp"
#include "scenarios/tapes/disk_cassette.hpp"
#include "scenarios/tapes/read_tape.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <ostream>

namespace scenarios::shrinking {
namespace {

namespace fs = std::filesystem;

auto part_of(const replay::cassette& whole, const selection& kept) -> replay::cassette {
  auto out = replay::cassette{whole.head, {}, {}};
  for (const auto i : kept) {
    out.exchanges.push_back(whole.exchanges[i]);
  }
  return out;
}

auto failures_of(const replaying::replay_outcome& what) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  if (!what.trouble.empty()) {
    out.push_back("trouble: " + what.trouble);
  }
  for (const auto& one : what.early) {
    out.push_back("before Retry-After: " + one);
  }
  for (const auto& one : what.use.unmatched) {
    out.push_back("unmatched " + one.method + ' ' + one.url);
  }
  for (const auto& one : what.health) {
    if (one.state != "ok") {
      out.push_back("health " + one.feed + ' ' + one.state + ' ' + one.code);
    }
  }
  return out;
}

/// Writes the cassette; why it could not, or "".
auto write_tape(const std::string& path, const replay::cassette& tape) -> std::string {
  auto error = std::error_code();
  fs::create_directories(fs::path(path).parent_path(), error);
  auto disk = tapes::disk_cassette::create(path);
  if (!disk) {
    return disk.error().why;
  }
  auto writer = replay::cassette_writer(*disk);
  auto done = writer.begin(tape.head);
  for (auto i = std::size_t{0}; done && i < tape.exchanges.size(); ++i) {
    done = writer.add(tape.exchanges[i]);
  }
  if (done) {
    done = disk->finish();
  }
  return done ? "" : done.error().why;
}

/// Replays parts of a recording.
class replayed_parts {
public:
  replayed_parts(const replay::cassette& whole,
                 const shrink_options& options,
                 const mock_graph::login::signing_key& key,
                 const std::atomic<bool>& interrupted)
      : whole_(whole), keys_(key, run::wire_kind::memory), interrupted_(interrupted) {
    how_.tape = options.fixture;
    how_.seed = options.seed.value_or(run::usual_seed);
  }

  auto failures_in(const selection& kept) -> std::vector<std::string> {
    ++runs_;
    auto unkept = std::string();
    return failures_of(replaying::run_replay(
        {part_of(whole_, kept), {}}, how_, keys_, {&interrupted_, {}}, unkept));
  }
  [[nodiscard]] auto runs() const -> std::size_t { return runs_; }

private:
  const replay::cassette& whole_;
  replaying::replay_options how_;
  run::shared_keys keys_;
  const std::atomic<bool>& interrupted_;
  std::size_t runs_ = 0;
};

void say_what_shows(const shrink_options& options,
                    const std::vector<std::string>& failed,
                    std::ostream& err) {
  err << "offtenant shrink: a replay of " << options.fixture << " shows nothing with '"
      << options.keep << "'; " << (failed.empty() ? "all is well" : "it shows:") << '\n';
  for (const auto& one : failed) {
    err << "  " << one << '\n';
  }
}

/// The short recording and its README. Why they could not be written, or "".
auto write_short(const shrink_options& options, const replay::cassette& tape) -> std::string {
  const auto folder = fs::path(options.out);
  const auto name = fs::path(options.fixture).stem().string() + ".cassette";
  if (auto wrong = write_tape((folder / name).string(), tape); !wrong.empty()) {
    return wrong;
  }
  return core::adapters::write_text_file(
      (folder / "README.md").string(),
      "# The shortest recording whose replay shows `" + options.keep +
          "`\n`offtenant shrink` made it; no exchange of it can be left out. To see it:\n\n"
          "    offtenant replay " +
          name + '\n');
}

} // namespace

auto shrink_tape(const shrink_options& options,
                 const mock_graph::login::signing_key& key,
                 std::ostream& out,
                 std::ostream& err,
                 const std::atomic<bool>& interrupted) -> int {
  const auto whole = tapes::read_tape(options.fixture);
  if (!whole) {
    err << "offtenant shrink: " << whole.error().why << '\n';
    return exit_usage;
  }
  auto parts = replayed_parts(whole->tape, options, key, interrupted);
  auto all = selection(whole->tape.exchanges.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto failed = parts.failures_in(all);
  auto wanted = failed;
  std::erase_if(wanted, [&](const auto& one) { return one.find(options.keep) == one.npos; });
  if (wanted.empty()) {
    say_what_shows(options, failed, err);
    return exit_failed;
  }
  const auto holds = [&](const selection& kept) {
    const auto left = parts.failures_in(kept);
    return !interrupted && std::ranges::find_first_of(left, wanted) != left.end();
  };
  const auto kept = minimize(all.size(), holds, interrupted);
  if (const auto wrong = write_short(options, part_of(whole->tape, kept)); !wrong.empty()) {
    err << "offtenant shrink: " << wrong << '\n';
    return exit_environment;
  }
  out << options.out << ": " << kept.size() << " of " << all.size() << " exchanges ("
      << parts.runs() << " runs" << (interrupted ? "; stopped before the end" : "") << ")\n";
  return exit_held;
}

} // namespace scenarios::shrinking
