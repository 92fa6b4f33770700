#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace cli {

namespace {

constexpr auto report_merge_examples = R"(Examples:
  offtenant report merge part-*.json --junit all.xml     join the shards of one suite
  offtenant report merge a.json b.json --json all.json

The reports are those of 'offtenant run --json'. The joined report goes to standard output unless
--json names a file. A scenario that stands in two of them on one seed and wire is refused.
Exit codes: 0 every scenario of every report held, 1 a scenario failed, 2 an argument or a report
cannot be used, 3 a file cannot be read or written.)";

class report_merge_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* report = parent.add_subcommand("report", "Work with the reports of earlier runs");
    report->require_subcommand(1);
    report->footer("Example:\n  offtenant report merge part-*.json --junit all.xml");
    auto* app = report->add_subcommand("merge", "Join the reports of the shards of a suite");
    app->footer(report_merge_examples);
    app->add_option("FILE", options_.reports, "JSON reports")->type_name("")->required();
    app->add_option("--json", options_.json, "Write the joined JSON report")->type_name("FILE");
    app->add_option("--junit", options_.junit, "Write the joined JUnit report")->type_name("FILE");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto reports = existing_paths(options_.reports, "");
    if (!reports) {
      around.err << "offtenant report merge: " << reports.error().why << '\n';
      return exit_usage;
    }
    return around.parts.merge_reports(options_, around.out, around.err);
  }

private:
  merge_options options_;
};

} // namespace

auto make_report_merge_command() -> std::unique_ptr<command> {
  return std::make_unique<report_merge_command>();
}

} // namespace cli
