#include "cli/import_command.hpp"

#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/suite_paths.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/toml_reading/spell.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <ostream>

namespace cli {
namespace {

constexpr auto import_examples = R"(Examples:
  offtenant import clicks.csv alerts.json -o fixtures/lost-click
  offtenant import audit.csv -o incident && offtenant run incident
  offtenant import portal.har -o incident --key team.key    the same person, the same stand-in
  offtenant import blob.json -o incident --feed audit_general

FILE is a HAR file or cassette, an export of Advanced Hunting (CSV, JSON), of the audit search (CSV,
JSON with AuditData), Graph JSON, a Management Activity blob, a message trace (CSV, JSON), or lines
of `offtenant records --format ndjson`: known by content, not by name. All become one fixture: a
scenario that runs, its records, and a README. Names are replaced by stand-ins; rows that cannot be
taken are named and kept in bad-rows.txt. docs/import.md has the details.
Exit codes: 0 written, also if rows were kept aside; 2 a file is no export that is taken, or DIR is
not empty; 3 a file or folder cannot be read or written.)";

class import_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("import", "Turn a customer's exports into a fixture");
    app->footer(import_examples);
    app->add_option("FILE", typed_.files, "The exports")->type_name("")->required();
    app->add_option("-o,--output", typed_.folder, "The folder to write to; made if needed")
        ->type_name("DIR")
        ->required();
    app->add_option("--name", typed_.name, "What the fixture calls itself; else as DIR")
        ->type_name("NAME");
    app->add_flag("--keep-names", typed_.keep_names, "Leave people, addresses and tenants in");
    app->add_option("--feed", typed_.feed, "The feed of records that tell none")->type_name("NAME");
    app->add_option("--key", typed_.key, "Key of the stand-ins; made if it is not there")
        ->type_name("FILE");
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto there = existing_paths(typed_.files, "");
    const auto problem = there ? option_problem() : there.error().why;
    if (!problem.empty()) {
      around.err << "offtenant import: " << problem << '\n';
      return exit_usage;
    }
    return around.parts.import_files(typed_, around.out, around.err);
  }

private:
  [[nodiscard]] auto option_problem() const -> std::string {
    if (typed_.keep_names && !typed_.key.empty()) {
      return "--keep-names makes no stand-ins: leave --key out";
    }
    if (typed_.feed.empty() || core::feeds::find_feed(typed_.feed) != nullptr) {
      return {};
    }
    auto names = std::vector<std::string>();
    for (const auto& one : core::feeds::feed_table()) {
      names.emplace_back(one.name);
    }
    const auto meant = core::toml_reading::nearest(typed_.feed, names);
    return fmt::format("--feed: '{}' is no feed; {}",
                       typed_.feed,
                       meant.empty() ? "`offtenant feeds` lists them"
                                     : fmt::format("did you mean '{}'?", meant));
  }

  import_options typed_;
};

} // namespace

auto make_import_command() -> std::unique_ptr<command> {
  return std::make_unique<import_command>();
}

} // namespace cli
