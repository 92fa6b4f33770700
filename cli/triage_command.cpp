#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/ocsf_arguments.hpp"
#include "cli/suite_paths.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace cli {
namespace {

constexpr auto triage_examples = R"(Examples:
  offtenant triage store.db                            the queue, one line a case
  offtenant triage store.db mail:b1d7c0aa52e3…         one case: why, who, what to do, timeline
  offtenant triage store.db --json                     every case as a line of JSON
  offtenant triage store.db --ocsf                     every case as an OCSF finding
  offtenant triage store.db --rules mine.toml          with other weights, windows or lists

A case is found by its id, and by any id that it had before it was merged. The rules are explained
in docs/triage.md. A connector may have the store open.
Exit codes: 0 done, also if there is no case, 2 an argument cannot be used (a STORE that is not
there, a CASE that nobody knows) or the rules are wrong, 3 the store or the rules cannot be read,
130 interrupted.)";

class triage_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* app = parent.add_subcommand("triage", "Turn stored records into cases");
    app->footer(triage_examples);
    app->add_option("STORE", typed_.store, "The store's file")->type_name("")->required();
    case_ = app->add_option("CASE", typed_.wanted, "Only this case, in full")->type_name("");
    app->add_option("--rules", typed_.rules, "TOML file that overrides the rules")
        ->type_name("FILE");
    auto* json = app->add_flag("--json", typed_.json, "Print JSON, one line a case");
    app->add_flag("--ocsf", as_ocsf_, "Print OCSF 1.8.0 findings, one line a case")->excludes(json);
    declare_ocsf(*app, ocsf_);
    return app;
  }

  auto execute(const surroundings& around) -> int override {
    const auto there = existing_paths({typed_.store}, "");
    if (!there) {
      around.err << "offtenant triage: " << there.error().why << '\n';
      return exit_usage;
    }
    if (case_->count() > 0 && typed_.wanted.empty()) {
      around.err << "offtenant triage: CASE is empty; leave it out for the queue\n";
      return exit_usage;
    }
    if (ocsf_.is_given() && !as_ocsf_) {
      around.err << "offtenant triage: --tenant, --cloud and --raw need --ocsf\n";
      return exit_usage;
    }
    if (as_ocsf_) {
      const auto options = ocsf_options_of(ocsf_);
      if (!options) {
        around.err << "offtenant triage: " << options.error().why << '\n';
        return exit_usage;
      }
      typed_.ocsf = *options;
    }
    return around.parts.triage(typed_, around.out, around.err, around.interrupted);
  }

private:
  triage_options typed_;
  CLI::Option* case_ = nullptr;
  ocsf_arguments ocsf_;
  bool as_ocsf_ = false;
};

} // namespace

auto make_triage_command() -> std::unique_ptr<command> {
  return std::make_unique<triage_command>();
}

} // namespace cli
