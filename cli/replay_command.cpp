#include "cli/replay_command.hpp"

#include "cli/cache_folder.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"
#include "cli/tape_mode.hpp"
#include "core/feeds/times.hpp"
#include "core/toml_reading/span.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <limits>
#include <ostream>

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr auto replay_examples = R"(Examples:
  offtenant replay incident.cassette                     what the connector makes of a recording
  offtenant replay browser.har                           of an HTTP archive
  offtenant replay incident.cassette --keep out          and then: offtenant triage out/store.db
  offtenant replay incident.cassette --period 10m        polled every ten minutes
  offtenant replay incident.cassette --start 2029-03-10T08:00:00Z    three years later

The connector is configured for what the recording holds and runs on virtual time. A poll gets what
the same poll of the recording got, whatever its window; a list that is used up stays at its end
(--mode once), begins again (loop), or, with fill, a model of the tenant made of the recorded
records answers what was never recorded. Otherwise such a request fails, and the closest recorded
exchange is named with every difference. See docs/replay.md.
Exit codes: 0 replayed, 1 something was asked for that was never recorded, or before Retry-After had
passed, 2 an argument or the recording cannot be used, 3 a file cannot be read or written, 130
interrupted.)";

constexpr auto period_most = seams::duration{std::chrono::days{7}};

class replay_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("replay", "Run the connector against recorded traffic");
    app->footer(replay_examples);
    app->add_option("CASSETTE", typed_.cassette, "Cassette, or HTTP archive (HAR)")
        ->type_name("")
        ->required();
    app->add_option("--mode", typed_.mode, "once, loop or fill")->type_name("MODE");
    app->add_option("--start", typed_.start, "When it happens: all its dates move along")
        ->type_name("TIME");
    app->add_option("--period", typed_.period, "Between polls of every feed")->type_name("SPAN");
    app->add_option("--seed", typed_.seed, "Of delays and jitter")->type_name("N");
    app->add_option("--keep", typed_.keep, "Folder for store, journal and trace")->type_name("DIR");
    app->add_option("--json", typed_.json, "File for the report")->type_name("FILE");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto options = replay_options_of(typed_, around.env);
    if (!options) {
      around.err << "offtenant replay: " << options.error().why << '\n';
      return exit_usage;
    }
    return around.parts.replay(*options, around.out, around.err, around.interrupted);
  }

private:
  replay_arguments typed_;
};

} // namespace

auto replay_options_of(const replay_arguments& typed, const environment& env)
    -> parsed<scenarios::replaying::replay_options> {
  auto out = scenarios::replaying::replay_options();
  if (const auto there = existing_paths({typed.cassette}, ""); !there) {
    return there.error();
  }
  const auto mode = parse_tape_mode(typed.mode);
  const auto seed =
      parse_number("--seed", typed.seed, 0, std::numeric_limits<std::uint64_t>::max());
  if (!mode || !seed) {
    return !mode ? mode.error() : seed.error();
  }
  if (!typed.start.empty()) {
    out.start = core::feeds::parse_time(typed.start);
    if (!out.start) {
      return usage_error(fmt::format(
          "--start is '{}'; expected a time such as 2026-03-10T08:00:00Z", typed.start));
    }
  }
  if (!typed.period.empty()) {
    out.period = core::toml_reading::parse_span(typed.period);
    if (!out.period || *out.period < 1s || *out.period > period_most) {
      return usage_error(
          fmt::format("--period is '{}'; expected a span from 1s to 7d", typed.period));
    }
  }
  out.tape = typed.cassette;
  out.mode = *mode;
  out.seed = *seed;
  out.keep = typed.keep;
  out.json = typed.json;
  out.key_cache = key_cache(env);
  return out;
}

auto make_replay_command() -> std::unique_ptr<command> {
  return std::make_unique<replay_command>();
}

} // namespace cli
