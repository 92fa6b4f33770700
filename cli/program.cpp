#include "cli/program.hpp"

#include "cli/exit_code.hpp"
#include "core/toml_reading/spell.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

namespace cli {

namespace {

constexpr auto description =
    "Runs a Microsoft 365 security connector against a mock tenant, offline.";

constexpr auto program_examples = R"(Examples:
  offtenant run                      run every suite that comes with offtenant
  offtenant init my-scenarios        write a first scenario to start from
  offtenant run my-scenarios         run it
  offtenant serve one.toml           stand in for the tenant, for any client
  offtenant run --help               the options of a command, with examples

Exit codes: 0 done, and every scenario held; 1 a scenario failed; 2 an argument or the input
cannot be used; 3 the environment refused a file, folder or socket; 130 interrupted.)";

struct chosen_command {
  std::unique_ptr<command> work;
  CLI::App* app = nullptr;
};

auto declare_all(CLI::App& root) -> std::vector<chosen_command> {
  auto commands = std::vector<chosen_command>();
  for (const auto make : {make_run_command,
                          make_lint_command,
                          make_init_command,
                          make_serve_command,
                          make_record_command,
                          make_scrub_command,
                          make_connect_command,
                          make_check_command,
                          make_permissions_command,
                          make_records_command,
                          make_triage_command,
                          make_act_command,
                          make_normalize_command,
                          make_import_command,
                          make_shrink_command,
                          make_replay_command,
                          make_feeds_command,
                          make_safelinks_command,
                          make_cert_command,
                          make_report_merge_command}) {
    auto work = make();
    auto* app = work->declare(root);
    commands.push_back({std::move(work), app});
  }
  return commands;
}

/// The innermost command that the arguments named.
auto innermost(const CLI::App& root) -> const CLI::App& {
  const auto* app = &root;
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
  }
  return *app;
}

auto full_name(const CLI::App& app) -> std::string {
  const auto* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : full_name(*parent) + " " + app.get_name();
}

auto names_of_options(const CLI::App& app) -> std::vector<std::string> {
  auto names = std::vector<std::string>();
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

auto names_of_commands(const CLI::App& app) -> std::vector<std::string> {
  auto names = std::vector<std::string>();
  for (const auto* command : app.get_subcommands({})) {
    names.push_back(command->get_name());
  }
  return names;
}

auto complaint_about(const std::string& word, const CLI::App& app) -> std::string {
  const auto is_option = word.starts_with('-');
  const auto known = is_option ? names_of_options(app) : names_of_commands(app);
  const auto typed = word.substr(0, is_option ? word.find('=') : std::string::npos);
  const auto meant = core::toml_reading::nearest(typed, known);
  if (is_option || known.empty()) {
    return fmt::format("unknown {} '{}'{}",
                       is_option ? "option" : "argument",
                       typed,
                       meant.empty() ? "" : fmt::format("; did you mean '{}'?", meant));
  }
  return fmt::format("unknown command '{}'{}",
                     typed,
                     meant.empty() ? fmt::format("; the commands are {}", fmt::join(known, ", "))
                                   : fmt::format("; did you mean '{}'?", meant));
}

/// What is wrong, in our words where the library only knows that something was left over.
auto complaint(const CLI::ParseError& error, const CLI::App& root, const CLI::App& app)
    -> std::string {
  const auto left_over = root.remaining(true);
  const auto option = std::find_if(
      left_over.begin(), left_over.end(), [](const std::string& w) { return w.starts_with('-'); });
  if (option != left_over.end() && *option != "--") {
    return complaint_about(*option, app);
  }
  if (!left_over.empty()) {
    return complaint_about(left_over.front(), app);
  }
  if (!names_of_commands(app).empty()) {
    return fmt::format("a command is needed: {}", fmt::join(names_of_commands(app), ", "));
  }
  return error.what();
}

auto refuse(const CLI::ParseError& error, const CLI::App& root, std::ostream& err) -> int {
  const auto& app = innermost(root);
  const auto name = full_name(app);
  err << fmt::format("{}: {}\nTry '{} --help'.\n", name, complaint(error, root, app), name);
  return exit_usage;
}

/// `help run` means `run --help`; the library parses from the back.
auto in_parse_order(std::vector<std::string> arguments) -> std::vector<std::string> {
  if (!arguments.empty() && arguments.front() == "help") {
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
  }
  std::reverse(arguments.begin(), arguments.end());
  return arguments;
}

} // namespace

auto program(const std::vector<std::string>& arguments,
             std::string_view version,
             const surroundings& around) -> int {
  auto root = CLI::App(description, "offtenant");
  root.footer(program_examples);
  root.require_subcommand(1);
  root.set_help_flag("-h,--help", "Print this help and exit");
  root.set_version_flag("--version", fmt::format("offtenant {}", version), "Print the version");
  const auto commands = declare_all(root);
  try {
    root.parse(in_parse_order(arguments));
  } catch (const CLI::CallForHelp&) {
    around.out << root.help();
    return exit_held;
  } catch (const CLI::CallForVersion& asked) {
    around.out << asked.what() << '\n';
    return exit_held;
  } catch (const CLI::ParseError& error) {
    return refuse(error, root, around.err);
  }
  const auto chosen =
      std::find_if(commands.begin(), commands.end(), [](const auto& c) { return c.app->parsed(); });
  return chosen->work->execute(around);
}

} // namespace cli
