#pragma once
// What every subcommand is: it declares its arguments, then does its work with what it is given.
#include "cli/arguments.hpp"
#include "cli/import_command.hpp"
#include "cli/live/options.hpp"
#include "core/seams/time.hpp"
#include "scenarios/recording/record.hpp"
#include "scenarios/recording/scrub.hpp"
#include "scenarios/replaying/replay_run.hpp"
#include "scenarios/run/suite_options.hpp"
#include "scenarios/serve/stand_in.hpp"
#include "scenarios/shrinking/shrink.hpp"

#include <atomic>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace cli {

/// What `report merge` reads and writes.
struct merge_options {
  std::vector<std::string> reports; ///< JSON reports of `offtenant run --json`, at least one
  std::string json;                 ///< file for the joined JSON report, "" = standard output
  std::string junit;                ///< file for the joined JUnit report, "" = none
};

/// The work behind the commands, passed in so that tests see what a command asks for. Each gives
/// back an exit code.
struct engine {
  std::function<int(const scenarios::run::suite_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted)>
      run_suite;
  std::function<int(const std::vector<std::string>& paths, std::ostream& out, std::ostream& err)>
      lint;
  std::function<int(const merge_options& options, std::ostream& out, std::ostream& err)>
      merge_reports;
  std::function<int(const scenarios::serve::serve_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted)>
      serve;
  std::function<int(const scenarios::recording::record_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted)>
      record;
  std::function<int(
      const scenarios::recording::scrub_options& options, std::ostream& out, std::ostream& err)>
      scrub;
  std::function<int(const std::string& config,
                    std::ostream& out,
                    std::ostream& err,
                    const environment& env,
                    const std::atomic<bool>& interrupted)>
      connect;
  std::function<int(
      const check_options& options, std::ostream& out, std::ostream& err, const environment& env)>
      check;
  std::function<int(const permissions_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const environment& env)>
      permissions;
  std::function<int(const records_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted)>
      records;
  std::function<int(const triage_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted)>
      triage;
  std::function<int(const act_arguments& options,
                    std::ostream& out,
                    std::ostream& err,
                    const environment& env,
                    const std::atomic<bool>& interrupted)>
      act;
  std::function<int(const normalize_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted)>
      normalize;
  std::function<int(const import_options& options, std::ostream& out, std::ostream& err)>
      import_files;
  std::function<int(const scenarios::shrinking::shrink_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted)>
      shrink;
  std::function<int(const safelinks_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const environment& env,
                    const std::atomic<bool>& interrupted)>
      safelinks;
  std::function<int(const scenarios::replaying::replay_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted)>
      replay;
};

/// What a command may look at besides its arguments. Outlives the command.
struct surroundings {
  std::ostream& out;
  std::ostream& err;
  environment env;                      ///< reads the environment
  std::function<seams::instant()> wall; ///< what the system's clock shows
  bool terminal = false;                ///< `out` is a terminal
  unsigned cores = 1;                   ///< worlds that can run at a time, at least 1
  std::string suites;                   ///< folder of the suites that come with offtenant
  const std::atomic<bool>& interrupted; ///< becomes true when the user wants to stop
  engine parts;
};

/// One subcommand. `declare` once, then `execute` if the arguments chose it.
class command {
public:
  virtual ~command() = default;

  /// Adds the subcommand to `parent` and gives it back; `parent` must not outlive this object.
  virtual auto declare(CLI::App& parent) -> CLI::App* = 0;

  /// Does the work; gives back the exit code.
  [[nodiscard]] virtual auto execute(const surroundings& around) -> int = 0;
};

auto make_run_command() -> std::unique_ptr<command>;
auto make_lint_command() -> std::unique_ptr<command>;
auto make_init_command() -> std::unique_ptr<command>;
auto make_serve_command() -> std::unique_ptr<command>;
auto make_record_command() -> std::unique_ptr<command>;
auto make_scrub_command() -> std::unique_ptr<command>;
auto make_cert_command() -> std::unique_ptr<command>;
auto make_report_merge_command() -> std::unique_ptr<command>;
auto make_connect_command() -> std::unique_ptr<command>;
auto make_check_command() -> std::unique_ptr<command>;
auto make_permissions_command() -> std::unique_ptr<command>;
auto make_records_command() -> std::unique_ptr<command>;
auto make_triage_command() -> std::unique_ptr<command>;
auto make_act_command() -> std::unique_ptr<command>;
auto make_normalize_command() -> std::unique_ptr<command>;
auto make_import_command() -> std::unique_ptr<command>;
auto make_shrink_command() -> std::unique_ptr<command>;
auto make_replay_command() -> std::unique_ptr<command>;
auto make_feeds_command() -> std::unique_ptr<command>;
auto make_safelinks_command() -> std::unique_ptr<command>;

} // namespace cli
