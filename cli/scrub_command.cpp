#include "cli/scrub_command.hpp"

#include "cli/cache_folder.hpp"
#include "cli/exit_code.hpp"
#include "cli/redaction_arguments.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace cli {
namespace {

constexpr auto scrub_examples = R"(Examples:
  offtenant scrub browser.har -o incident.cassette   people and secrets out, a cassette
  offtenant scrub incident.cassette -o incident.har  an HTTP archive, for other tools
  offtenant scrub a.har -o a.cassette --key team.key the same person, the same stand-in in all files
  offtenant scrub --verify incident.cassette --known secrets.txt
                                                     is anything left that must not be there?

Reads cassettes (docs/cassette-format.md) and HTTP archives. The policy says what is taken out
besides secrets, which always are: docs/recording.md. --known lists secrets, names and addresses,
one a line, that must not be left in any spelling or encoding. OUT is written whole or not at all,
and only if nothing is left in it; findings name where and what, and never quote.
Exit codes: 0 clean; 1 something is left; 2 an argument, the policy or CASSETTE cannot be used, or
OUT is there already; 3 a file cannot be written.)";

class scrub_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("scrub", "Take people and secrets out of a recording");
    app->footer(scrub_examples);
    app->add_option("CASSETTE", typed_.input, "Cassette or HTTP archive")
        ->type_name("")
        ->required();
    app->add_option("-o,--output", typed_.output, "File to write; *.har is an HTTP archive")
        ->type_name("OUT");
    app->add_flag("--verify", typed_.verify, "Only look for what must not be there");
    declare_redaction(*app, typed_.files);
    app->add_option("--state", typed_.state, "Folder of the key that signs the mock's tokens")
        ->type_name("DIR");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto options = scrub_options_of(typed_, around.env);
    if (!options) {
      around.err << "offtenant scrub: " << options.error().why << '\n';
      return exit_usage;
    }
    return around.parts.scrub(*options, around.out, around.err);
  }

private:
  scenarios::recording::scrub_options typed_;
};

} // namespace

auto scrub_options_of(scenarios::recording::scrub_options typed, const environment& env)
    -> parsed<scenarios::recording::scrub_options> {
  if (const auto there = existing_paths({typed.input}, ""); !there) {
    return there.error();
  }
  if (typed.verify != typed.output.empty()) {
    return usage_error(typed.verify ? "--verify writes nothing: leave -o out"
                                    : "where to? -o OUT writes, --verify only looks");
  }
  if (typed.verify && !typed.files.key.empty()) {
    return usage_error("--verify makes no stand-ins: leave --key out");
  }
  if (typed.state.empty()) {
    typed.state = state_folder(env);
  }
  return typed;
}

auto make_scrub_command() -> std::unique_ptr<command> {
  return std::make_unique<scrub_command>();
}

} // namespace cli
