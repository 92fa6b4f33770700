#include "cli/exit_code.hpp"
#include "cli/live/live_session.hpp"
#include "cli/live/safelinks_text.hpp"
#include "cli/live/work.hpp"
#include "core/live/health_line.hpp"
#include "core/safe_links/posture_reading.hpp"
#include "core/store/sqlite_store.hpp"

#include <ostream>

namespace cli {
namespace {

void write_json(const nlohmann::ordered_json& what, std::ostream& out) {
  out << what.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

/// What only a person can mend was refused; the rest may heal. Gives the exit code.
auto complain(const safelinks_options& options,
              const seams::failure& why,
              std::ostream& out,
              std::ostream& err) -> int {
  const auto text = core::live::on_one_line(why.why);
  err << "offtenant safelinks: " << text << " (" << why.code << ")\n";
  if (options.json) {
    write_json({{"error", {{"code", why.code}, {"text", text}}}}, out);
  }
  if (why.code == interrupted_code) {
    return exit_interrupted;
  }
  return why.next == seams::reaction::stop_and_diagnose ? exit_failed : exit_environment;
}

auto show_posture(const safelinks_options& options,
                  live_session& with,
                  std::ostream& out,
                  std::ostream& err) -> int {
  const auto read =
      with.run(core::safe_links::read_posture(with.config(), with.api(), with.cmdlets()));
  if (!read) {
    return complain(options, read.error(), out, err);
  }
  const auto found = core::safe_links::judge_posture(*read);
  if (options.json) {
    write_json(core::safe_links::to_json(found), out);
  } else {
    cli::print(found, out);
  }
  return found.as_asked() ? exit_held : exit_failed;
}

auto reconcile_store(const safelinks_options& options,
                     live_session& with,
                     const std::string& store,
                     std::ostream& out,
                     std::ostream& err) -> int {
  auto how = core::sqlite_store_options();
  how.read_only = true;
  auto records = core::open_sqlite_store(store, "", how);
  if (!records) {
    (void)complain(options, records.error(), out, err);
    return exit_environment;
  }
  auto reports = core::safe_links::administration(with.cmdlets(), with.time());
  const auto found =
      with.run(core::safe_links::read_reconciliation(reports, **records, options.what.values));
  if (!found) {
    return complain(options, found.error(), out, err);
  }
  if (options.json) {
    write_json(core::safe_links::to_json(*found), out);
  } else {
    cli::print(*found, out);
  }
  return found->missing.empty() ? exit_held : exit_failed;
}

} // namespace

auto manage_safelinks(const safelinks_options& options,
                      std::ostream& out,
                      std::ostream& err,
                      const environment& env,
                      const std::atomic<bool>& interrupted) -> int {
  const auto what = settings_or_complain(options.config, err);
  if (!what) {
    return exit_usage;
  }
  const auto with = open_session(*what, env, &interrupted);
  const auto ready =
      with ? (*with)->log_in(core::workload::exchange) : seams::result<void>(with.error());
  if (!ready) {
    const auto code = complain(options, ready.error(), out, err);
    return code == exit_interrupted ? code : exit_environment;
  }
  if (options.task == safelinks_task::posture) {
    return show_posture(options, **with, out, err);
  }
  if (options.task == safelinks_task::reconcile) {
    return reconcile_store(options, **with, what->store, out, err);
  }
  auto admin = core::safe_links::administration((*with)->cmdlets(), (*with)->time());
  const auto result = (*with)->run(admin.perform(options.what, options.what_if));
  if (!result) {
    return complain(options, result.error(), out, err);
  }
  const auto report = safelinks_report{options.what, *result, options.what_if};
  if (options.json) {
    write_json(to_json(report), out);
  } else {
    cli::print(report, out);
  }
  return exit_held;
}

} // namespace cli
