#include "cli/run_command.hpp"

#include "cli/cache_folder.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <limits>
#include <ostream>

namespace cli {

using scenarios::run::suite_options;

namespace {

constexpr std::uint64_t job_count_max = 1024;
constexpr std::uint64_t timeout_s_max = 86'400;
constexpr auto seed_max = std::numeric_limits<std::uint64_t>::max();

constexpr auto run_examples = R"(Examples:
  offtenant run                                  every suite that comes with offtenant
  offtenant run my-scenarios --filter teams      the scenarios of a folder about Teams
  offtenant run case.toml --seeds 1..500         one scenario on five hundred seeds
  offtenant run --shard 2/4 --junit report.xml   the second quarter, with a report for CI
  offtenant run case.toml --seed 77 --keep out   repeat a failure and keep what it stored

Exit codes: 0 every scenario held, 1 a scenario failed, 2 an argument or a scenario cannot be
used, 3 the environment refused a file or a socket, 130 interrupted.)";

/// Stores `value` in `target`; the error, if there is one, in `problem`. False on an error.
template <class T, class U>
auto keep_value(const parsed<T>& value, U& target, std::optional<usage_error>& problem) -> bool {
  if (!value) {
    problem = value.error();
    return false;
  }
  target = static_cast<U>(*value);
  return true;
}

auto read_numbers(const run_arguments& typed, suite_options& options)
    -> std::optional<usage_error> {
  auto problem = std::optional<usage_error>();
  if (typed.jobs &&
      !keep_value(parse_number("--jobs", *typed.jobs, 1, job_count_max), options.jobs, problem)) {
    return problem;
  }
  if (typed.timeout_s && !keep_value(parse_number("--timeout", *typed.timeout_s, 1, timeout_s_max),
                                     options.timeout_s,
                                     problem)) {
    return problem;
  }
  if (typed.seed) {
    auto seed = std::uint64_t{0};
    if (!keep_value(parse_number("--seed", *typed.seed, 0, seed_max), seed, problem)) {
      return problem;
    }
    options.seeds = scenarios::run::seed_range{seed, seed};
  }
  if (typed.seeds) {
    keep_value(parse_seeds("--seeds", *typed.seeds), options.seeds, problem);
  }
  return problem;
}

auto read_choices(const run_arguments& typed, const surroundings& around, suite_options& options)
    -> std::optional<usage_error> {
  auto problem = std::optional<usage_error>();
  if (typed.wire && !keep_value(parse_wire(*typed.wire), options.wire, problem)) {
    return problem;
  }
  const auto part = typed.part ? parse_shard(*typed.part) : shard_from_environment(around.env);
  if (!keep_value(part, options.part, problem)) {
    return problem;
  }
  auto choice = colour_choice::automatic;
  if (typed.colour && !keep_value(parse_colour(*typed.colour), choice, problem)) {
    return problem;
  }
  options.colour = wants_colour(choice, around.terminal, around.env);
  options.progress = around.terminal;
  options.key_cache = key_cache(around.env);
  return problem;
}

class run_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("run", "Run scenarios and judge what the connector did");
    app->footer(run_examples);
    app->add_option("PATH", typed_.paths, "Scenario files, or folders of them")->type_name("");
    declare_choice(*app);
    declare_way(*app);
    declare_reports(*app);
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto options = suite_options_of(typed_, around);
    if (!options) {
      around.err << "offtenant run: " << options.error().why << '\n';
      return exit_usage;
    }
    return around.parts.run_suite(*options, around.out, around.err, around.interrupted);
  }

private:
  void declare_choice(CLI::App& app) {
    app.add_option("--filter", typed_.filter, "Only scenarios whose path or title holds TEXT")
        ->type_name("TEXT");
    app.add_option("--shard", typed_.part, "Only part i of n, such as 2/4; CI runners set it too")
        ->type_name("i/n");
    auto* seed = app.add_option("--seed", typed_.seed, "Run on this seed, not the scenario's own");
    seed->type_name("N");
    app.add_option("--seeds", typed_.seeds, "Run on every seed of a range, such as 1..100")
        ->type_name("A..B")
        ->excludes(seed);
    app.add_flag("--list", typed_.list, "Print what would run, and run nothing");
  }

  void declare_way(CLI::App& app) {
    app.add_option("--jobs,-j", typed_.jobs, "Worlds at a time (default: one per core)")
        ->type_name("N");
    app.add_option("--wire", typed_.wire, "How messages travel: memory, tcp or tls (default: tls)")
        ->type_name("WIRE");
    app.add_option("--timeout", typed_.timeout_s, "Real seconds a scenario may take (default: 120)")
        ->type_name("SECONDS");
    app.add_flag("--fail-fast", typed_.fail_fast, "Stop after the first scenario that fails");
  }

  void declare_reports(CLI::App& app) {
    app.add_option("--json", typed_.json, "Write a JSON report")->type_name("FILE");
    app.add_option("--junit", typed_.junit, "Write a JUnit XML report")->type_name("FILE");
    app.add_option("--keep", typed_.keep, "Keep stores and traces of each run in DIR")
        ->type_name("DIR");
    app.add_flag("--timings", typed_.timings, "Print the real time that each scenario took");
    app.add_option("--color", typed_.colour, "auto, always or never (default: auto)")
        ->type_name("WHEN");
  }

  run_arguments typed_;
};

} // namespace

auto suite_options_of(const run_arguments& typed, const surroundings& around)
    -> parsed<suite_options> {
  auto options = suite_options();
  options.jobs = around.cores;
  options.filter = typed.filter;
  options.json = typed.json;
  options.junit = typed.junit;
  options.keep = typed.keep;
  options.fail_fast = typed.fail_fast;
  options.list = typed.list;
  options.timings = typed.timings;
  if (const auto problem = read_numbers(typed, options)) {
    return *problem;
  }
  if (const auto problem = read_choices(typed, around, options)) {
    return *problem;
  }
  auto paths = existing_paths(typed.paths, around.suites);
  if (!paths) {
    return paths.error();
  }
  options.paths = std::move(*paths);
  return options;
}

auto make_run_command() -> std::unique_ptr<command> {
  return std::make_unique<run_command>();
}

} // namespace cli
