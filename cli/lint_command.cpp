#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace cli {

namespace {

constexpr auto lint_examples = R"(Examples:
  offtenant lint my-scenarios        check every scenario of a folder
  offtenant lint first.toml          check one file
  offtenant lint connector.toml      a connector's config: any file with tenant_id at its top

Prints file:line:column, what is wrong and what was meant, and runs nothing.
Exit codes: 0 all can be run, 2 a scenario or an argument is wrong.)";

class lint_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("lint", "Check scenarios and configs without running them");
    app->footer(lint_examples);
    app->add_option("PATH", paths_, "Scenarios, configs, or folders of them")->type_name("");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto paths = existing_paths(paths_, around.suites);
    if (!paths) {
      around.err << "offtenant lint: " << paths.error().why << '\n';
      return exit_usage;
    }
    return around.parts.lint(*paths, around.out, around.err);
  }

private:
  std::vector<std::string> paths_;
};

} // namespace

auto make_lint_command() -> std::unique_ptr<command> {
  return std::make_unique<lint_command>();
}

} // namespace cli
