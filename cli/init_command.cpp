#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/first_scenario.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>

namespace cli {

namespace {

namespace fs = std::filesystem;

constexpr auto init_examples = R"(Example:
  offtenant init my-scenarios && offtenant run my-scenarios

Never overwrites a file.
Exit codes: 0 written, 2 a file is already there, 3 the folder cannot be written.)";

/// Nothing when `path` now holds `text`, else why not.
auto write_new(const fs::path& path, std::string_view text) -> std::optional<std::string> {
  auto file = std::ofstream(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) {
    return fmt::format(
        "cannot write '{}': {}", path.string(), std::generic_category().message(errno));
  }
  return std::nullopt;
}

class init_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("init", "Write a first scenario to start from");
    app->footer(init_examples);
    app->add_option("DIR", folder_, "The folder to write to; made if needed")
        ->type_name("")
        ->required();
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto scenario = fs::path(folder_) / first_scenario_name;
    const auto readme = fs::path(folder_) / first_readme_name;
    auto error = std::error_code();
    for (const auto& path : {scenario, readme}) {
      if (fs::exists(fs::symlink_status(path, error))) {
        around.err << fmt::format(
            "offtenant init: '{}' is already there, and init overwrites nothing\n", path.string());
        return exit_usage;
      }
    }
    fs::create_directories(folder_, error);
    if (error) {
      around.err << fmt::format(
          "offtenant init: cannot make the folder '{}': {}\n", folder_, error.message());
      return exit_environment;
    }
    return write_both(scenario, readme, around);
  }

private:
  [[nodiscard]] auto write_both(const fs::path& scenario,
                                const fs::path& readme,
                                const surroundings& around) const -> int {
    auto problem = write_new(scenario, first_scenario());
    if (!problem) {
      problem = write_new(readme, first_readme());
    }
    if (problem) {
      around.err << fmt::format("offtenant init: {}\n", *problem);
      return exit_environment;
    }
    around.out << fmt::format("wrote {}\nwrote {}\nnext: offtenant run {}\n",
                              scenario.string(),
                              readme.string(),
                              folder_);
    return exit_held;
  }

  std::string folder_;
};

} // namespace

auto make_init_command() -> std::unique_ptr<command> {
  return std::make_unique<init_command>();
}

} // namespace cli
