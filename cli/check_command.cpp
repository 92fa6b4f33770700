#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace cli {
namespace {

constexpr auto check_examples = R"(Examples:
  offtenant check connector.toml             can each feed be read, and if not, what to change
  offtenant check connector.toml --json      the same for programs

Logs in and makes one small read for each feed; changes nothing in the tenant and keeps nothing.
Exit codes: 0 every feed is ok, 1 some feed is not, 2 the config or an argument is wrong, 3 a file
or the secret cannot be had.)";

constexpr auto limit_s_max = std::uint64_t{3600};

class check_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("check", "Check a config against its tenant");
    app->footer(check_examples);
    app->add_option("CONFIG", options_.config, "Config file")->type_name("")->required();
    app->add_option("--timeout", timeout_s_, "Seconds each feed may take (default: 60)")
        ->type_name("SECONDS");
    app->add_flag("--json", options_.json, "Print JSON");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto there = existing_paths({options_.config}, "");
    const auto limit_s = timeout_s_ ? parse_number("--timeout", *timeout_s_, 1, limit_s_max)
                                    : parsed<std::uint64_t>(60);
    if (!there || !limit_s) {
      around.err << "offtenant check: " << (there ? limit_s.error().why : there.error().why)
                 << '\n';
      return exit_usage;
    }
    options_.limit = std::chrono::seconds{*limit_s};
    return around.parts.check(options_, around.out, around.err, around.env);
  }

private:
  check_options options_;
  std::optional<std::string> timeout_s_;
};

} // namespace

auto make_check_command() -> std::unique_ptr<command> {
  return std::make_unique<check_command>();
}

} // namespace cli
