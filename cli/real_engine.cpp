#include "cli/real_engine.hpp"

#include "cli/exit_code.hpp"
#include "cli/import_files.hpp"
#include "cli/lint_files.hpp"
#include "cli/live/normalize_file.hpp"
#include "cli/live/work.hpp"
#include "cli/merge_files.hpp"
#include "scenarios/recording/record.hpp"
#include "scenarios/recording/scrub.hpp"
#include "scenarios/replaying/replay_file.hpp"
#include "scenarios/run/suite.hpp"
#include "scenarios/serve/stand_in.hpp"

namespace cli {

auto real_engine() -> engine {
  auto parts = engine();
  parts.run_suite = scenarios::run::run_suite;
  parts.lint = lint_files;
  parts.merge_reports = merge_files;
  parts.serve = scenarios::serve::serve;
  parts.record = scenarios::recording::record;
  parts.scrub = scenarios::recording::scrub;
  parts.connect = connect;
  parts.check = check_tenant;
  parts.permissions = review_permissions;
  parts.records = list_records;
  parts.triage = triage_store;
  parts.act = act_in_tenant;
  parts.normalize = normalize_file;
  parts.import_files = import_files;
  parts.shrink = scenarios::shrinking::shrink;
  parts.safelinks = manage_safelinks;
  parts.replay = scenarios::replaying::replay_file;
  return parts;
}

} // namespace cli
