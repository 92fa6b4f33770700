#include "scenarios/shrinking/shrink_tape.hpp"

#include "core/adapters/files/text_file.hpp"
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

} // namespace

auto shrink_tape(const shrink_options& options,
                 const mock_graph::login::signing_key& key,
                 std::ostream& out,
                 std::ostream& err,
                 const std::atomic<bool>& interrupted) -> int {
  const auto whole = tapes::read_tape(options.fixture);
  if (!whole) {
    err << "offtenant shrink: " << whole.error().why << '\n';
    return 2;
  }
  const auto keys = run::shared_keys(key, run::wire_kind::memory);
  auto runs = std::size_t{0};
  const auto failures_in = [&](const selection& kept) {
    ++runs;
    auto how = replaying::replay_options();
    how.tape = options.fixture;
    how.seed = options.seed.value_or(run::usual_seed);
    auto unkept = std::string();
    return failures_of(replaying::run_replay(
        {part_of(whole->tape, kept), {}}, how, keys, {&interrupted, {}}, unkept));
  };
  auto all = selection(whole->tape.exchanges.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto failed = failures_in(all);
  auto wanted = failed;
  std::erase_if(wanted, [&](const auto& one) { return one.find(options.keep) == one.npos; });
  if (wanted.empty()) {
    err << "offtenant shrink: a replay of " << options.fixture << " shows nothing with '"
        << options.keep << "'; " << (failed.empty() ? "all is well" : "it shows:") << '\n';
    for (const auto& one : failed) {
      err << "  " << one << '\n';
    }
    return 1;
  }
  const auto holds = [&](const selection& kept) {
    const auto left = failures_in(kept);
    return !interrupted && std::ranges::any_of(wanted, [&](const auto& one) {
      return std::ranges::find(left, one) != left.end();
    });
  };
  const auto kept = minimize(all.size(), holds, interrupted);
  const auto name = fs::path(options.fixture).stem().string() + ".cassette";
  auto wrong = write_tape((fs::path(options.out) / name).string(), part_of(whole->tape, kept));
  if (wrong.empty()) {
    wrong = core::adapters::write_text_file(
        (fs::path(options.out) / "README.md").string(),
        "# The shortest recording whose replay shows `" + options.keep +
            "`\n`offtenant shrink` made it; no exchange of it can be left out. To see it:\n\n"
            "    offtenant replay " +
            name + '\n');
  }
  if (!wrong.empty()) {
    err << "offtenant shrink: " << wrong << '\n';
    return 3;
  }
  out << options.out << ": " << kept.size() << " of " << all.size() << " exchanges (" << runs
      << " runs" << (interrupted ? "; stopped before the end" : "") << ")\n";
  return 0;
}

} // namespace scenarios::shrinking
