#include "scenarios/shrinking/failing_check.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "scenarios/run/run_scenario.hpp"

#include <algorithm>

namespace scenarios::shrinking {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A smaller scenario that takes longer than this is no improvement.
constexpr auto longest_run = seams::duration{2min};

auto is_same(const report::check& one, const report::check& wanted) -> bool {
  const auto is_promise = wanted.origin.empty();
  return one.name == wanted.name && (is_promise || one.got == wanted.got);
}

} // namespace

failing_check::failing_check(std::string keep,
                             std::optional<std::uint64_t> seed,
                             fs::path folder,
                             mock_graph::login::signing_key key,
                             const std::atomic<bool>& interrupted)
    : keep_(std::move(keep)), seed_(seed), folder_(std::move(folder)),
      keys_(std::move(key), run::wire_kind::memory), interrupted_(interrupted) {}

auto failing_check::begin(const fixture_text& whole) -> bool {
  run(whole);
  wanted_ = failed_;
  std::erase_if(wanted_,
                [&](const auto& one) { return one.name.find(keep_) == std::string::npos; });
  return !wanted_.empty();
}

auto failing_check::fails_in(const fixture_text& files) -> bool {
  run(files);
  return std::ranges::any_of(wanted_, [&](const auto& wanted) {
    return std::ranges::any_of(failed_, [&](const auto& one) { return is_same(one, wanted); });
  });
}

void failing_check::run(const fixture_text& files) {
  ++runs_;
  failed_.clear();
  for (const auto& [name, text] : written_) {
    if (std::ranges::none_of(files, [&](const auto& one) { return one.first == name; })) {
      auto ignored = std::error_code();
      fs::remove(folder_ / name, ignored); // or this trial would read what another one wrote
    }
  }
  for (const auto& [name, text] : files) {
    const auto same = std::ranges::find(written_, std::pair(name, text)) != written_.end();
    if (!same && !core::adapters::write_text_file((folder_ / name).string(), text).empty()) {
      return;
    }
  }
  written_ = files;
  failed_ = outcome_of((folder_ / files.front().first).string()).checks;
  std::erase_if(failed_, [](const auto& one) { return one.outcome != report::verdict::failed; });
}

auto failing_check::outcome_of(const std::string& path) -> report::outcome {
  const auto loaded = model::load(path);
  if (!loaded.what) {
    return {};
  }
  const auto real = core::adapters::system_clock();
  const auto began = real.elapsed();
  auto options = run::scenario_options();
  options.seed = seed_.value_or(loaded.what->seed.value_or(run::usual_seed));
  options.wire = run::wire_kind::memory;
  options.world.keys = &keys_;
  options.world.interrupted = &interrupted_;
  options.world.overdue = [&] { return real.elapsed() - began > longest_run; };
  auto unkept = std::string();
  return run::run_scenario(*loaded.what, options, unkept);
}

} // namespace scenarios::shrinking
