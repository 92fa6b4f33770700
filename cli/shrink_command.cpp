#include "cli/cache_folder.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>

#include <limits>
#include <ostream>

namespace cli {
namespace {

constexpr auto shrink_examples = R"(Examples:
  offtenant shrink case.toml --keep nothing_lost -o lost-click
  offtenant shrink fixtures/incident --keep 'alerts with' --seed 77 -o small
  offtenant shrink incident.cassette --keep 'health alerts' -o short

Leaves out tables, feeds and records for as long as a check with that text in its name still fails
(an expectation: with the same result), and writes the smallest scenario to a new folder. A promise
may then be broken in another way than in the whole: read what it says. Ctrl-C keeps the smallest
found so far. Of a recording (cassette or HAR) it leaves out exchanges while its replay still shows
"health FEED STATE CODE", "unmatched METHOD URL" or "before Retry-After" with that text.
Exit codes: 0 written, 1 no such check fails, 2 an argument or the scenario cannot be used, 3 a file
cannot be written.)";

class shrink_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("shrink", "Make a failing scenario as small as it can be");
    app->footer(shrink_examples);
    app->add_option(
           "FIXTURE", options_.fixture, "Scenario, folder with a scenario.toml, or recording")
        ->type_name("")
        ->required();
    app->add_option("--keep", options_.keep, "Text in the name of the check that must still fail")
        ->type_name("CHECK")
        ->required();
    app->add_option("-o,--out", options_.out, "New folder for the small scenario")
        ->type_name("DIR")
        ->required();
    app->add_option("--seed", seed_, "Instead of the scenario's own")->type_name("N");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    if (const auto there = existing_paths({options_.fixture}, ""); !there) {
      around.err << "offtenant shrink: " << there.error().why << '\n';
      return exit_usage;
    }
    if (!seed_.empty()) {
      const auto seed = parse_number("--seed", seed_, 0, std::numeric_limits<std::uint64_t>::max());
      if (!seed) {
        around.err << "offtenant shrink: " << seed.error().why << '\n';
        return exit_usage;
      }
      options_.seed = *seed;
    }
    options_.key_cache = key_cache(around.env);
    options_.progress = around.terminal;
    return around.parts.shrink(options_, around.out, around.err, around.interrupted);
  }

private:
  scenarios::shrinking::shrink_options options_;
  std::string seed_;
};

} // namespace

auto make_shrink_command() -> std::unique_ptr<command> {
  return std::make_unique<shrink_command>();
}

} // namespace cli
