#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace cli {
namespace {

constexpr auto permissions_examples = R"(Examples:
  offtenant permissions connector.toml                what is granted, missing and not needed
  offtenant permissions connector.toml --listed guide.txt
                                                      and what is wrong with a guide's list
  offtenant permissions connector.toml --json         the same for programs

Asks the login for one token of each API and compares their roles with what the enabled feeds need;
reads nothing from the tenant. A list has lines such as "Microsoft Graph: AuditLog.Read.All".
Exit codes: 0 nothing is missing, 1 something is, 2 the config, the list or an argument is wrong,
3 a file or the secret cannot be had, or the login gives no token.)";

class permissions_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app =
        parent.add_subcommand("permissions", "Compare what feeds need with what is granted");
    app->footer(permissions_examples);
    app->add_option("CONFIG", options_.config, "Config file")->type_name("")->required();
    app->add_option("--listed", options_.listed, "Permissions as a guide lists them, to be checked")
        ->type_name("FILE");
    app->add_flag("--json", options_.json, "Print JSON");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto there = existing_paths({options_.config}, "");
    if (!there) {
      around.err << "offtenant permissions: " << there.error().why << '\n';
      return exit_usage;
    }
    return around.parts.permissions(options_, around.out, around.err, around.env);
  }

private:
  permissions_options options_;
};

} // namespace

auto make_permissions_command() -> std::unique_ptr<command> {
  return std::make_unique<permissions_command>();
}

} // namespace cli
