#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace cli {
namespace {

constexpr auto connect_examples = R"(Examples:
  offtenant connect connector.toml                   read a tenant until Ctrl-C or SIGTERM
  offtenant check connector.toml && offtenant connect connector.toml

The config names the tenant, the feeds, the store and where the secret is looked up: see
docs/configuration.md. Changes of health go to standard error, one line each. Stopped or killed, it
resumes where it was; one store serves one process at a time.
Exit codes: 0 stopped by a signal, 2 the config is wrong, 3 a file, a secret or the store cannot be
had, or takes no more.)";

class connect_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("connect", "Read a real tenant with the connector");
    app->footer(connect_examples);
    app->add_option("CONFIG", config_, "Config file")->type_name("")->required();
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto there = existing_paths({config_}, "");
    if (!there) {
      around.err << "offtenant connect: " << there.error().why << '\n';
      return exit_usage;
    }
    return around.parts.connect(config_, around.out, around.err, around.env, around.interrupted);
  }

private:
  std::string config_;
};

} // namespace

auto make_connect_command() -> std::unique_ptr<command> {
  return std::make_unique<connect_command>();
}

} // namespace cli
