#include "cli/exit_code.hpp"
#include "cli/live/act_text.hpp"
#include "cli/live/live_session.hpp"
#include "cli/live/triage_cases.hpp"
#include "cli/live/work.hpp"
#include "core/adapters/files/file_lock.hpp"
#include "core/adapters/files/private_file.hpp"
#include "core/live/health_line.hpp"
#include "core/store/sqlite_store.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace cli {
namespace {

namespace actions = core::actions;

/// A step that is being sent when the user interrupts may come to its end for so long.
constexpr auto to_end_a_step = std::chrono::milliseconds{3000};

auto complain(const act_arguments& options,
              std::ostream& out,
              std::ostream& err,
              const seams::failure& why,
              int code) -> int {
  err << "offtenant act: " << core::live::on_one_line(why.why) << " (" << why.code << ")\n";
  if (options.json) {
    out << error_line(why);
  }
  return code;
}

/// Refusals by the limits and the permissions are answers; trouble of the surroundings is not.
auto exit_for(const seams::failure& why) -> int {
  constexpr auto refusals = std::to_array<std::string_view>(
      {"permission_missing", "too_many_users", "too_many_mailboxes", "not_in_this_cloud"});
  constexpr auto misuse = std::to_array<std::string_view>(
      {"no_such_act", "no_target", "no_message", "unknown_action", "password_needed"});
  return why.code == interrupted_code                              ? exit_interrupted
         : std::ranges::find(refusals, why.code) != refusals.end() ? exit_failed
         : std::ranges::find(misuse, why.code) != misuse.end()     ? exit_usage
                                                                   : exit_environment;
}

/// Everything that one command works with.
struct act_work {
  const act_arguments& options;
  std::ostream& out;
  std::ostream& err;
  live_session& session;
  actions::act_options how;
  const std::atomic<bool>& interrupted;
  std::string act; ///< the one under way, or ""

  auto runner() -> actions::act_runner {
    auto made = actions::act_runner({session.config(),
                                     session.time(),
                                     session.chance(),
                                     session.api(),
                                     session.tokens(),
                                     interrupted},
                                    how);
    made.when_begun([this](const std::string& id) { act = id; });
    if (!options.json) {
      made.when_heard(
          [this](const actions::step_report& one) { out << step_text(one) << std::flush; });
    }
    return made;
  }
};

/// What the arguments say besides targets.
auto given_parameters(const act_arguments& options) -> actions::parameter_list {
  auto out = actions::parameter_list();
  const auto add = [&](const char* name, std::vector<std::string> values) {
    if (!values.empty()) {
      out.emplace_back(name, std::move(values));
    }
  };
  add("internet_message_ids", options.message_ids);
  add("exclude_users", options.exclude_users);
  add("internal_domains", options.internal_domains);
  if (options.hiding) {
    add("hiding", {"yes"});
  }
  if (!options.comment.empty()) {
    add("comment", {options.comment});
  }
  return out;
}

auto request_of(const act_arguments& options) -> actions::act_request {
  auto out = actions::act_request();
  out.name = options.name;
  out.parameters = given_parameters(options);
  out.parameters.emplace_back(actions::find_action(options.name)->targets, options.targets);
  return out;
}

/// The command that goes on with an act, with all that it needs besides the log.
auto resuming(const act_work& work, const std::string& act) -> std::string {
  const auto usual = act_arguments();
  const auto& options = work.options;
  auto out = "offtenant act --resume " + act + " --config " + options.config;
  if (options.most_users != usual.most_users) {
    out += " --max-users " + std::to_string(options.most_users);
  }
  if (options.most_mailboxes != usual.most_mailboxes) {
    out += " --max-mailboxes " + std::to_string(options.most_mailboxes);
  }
  if (!options.password_env.empty()) {
    out += " --password-env " + options.password_env;
  }
  return out + " --confirm";
}

auto print_end(const act_work& work, const seams::result<actions::act_report>& report) -> int {
  if (!report) {
    const auto code =
        complain(work.options, work.out, work.err, report.error(), exit_for(report.error()));
    if (!work.act.empty()) {
      work.err << "offtenant act: to go on: " << resuming(work, work.act) << '\n';
    }
    return code;
  }
  if (work.options.json) {
    work.out << report_line(*report);
  } else if (report->act.empty()) {
    work.out << "Nothing was changed; --confirm does it.\n";
  } else if (report->well()) {
    work.out << "Act " << report->act << " is done.\n";
  } else {
    work.out << "Act " << report->act
             << " is not complete; to go on: " << resuming(work, report->act) << '\n';
  }
  if (report->broken_off) {
    return complain({}, work.out, work.err, *report->broken_off, exit_environment);
  }
  return report->interrupted ? exit_interrupted : report->well() ? exit_held : exit_failed;
}

auto take(act_work& work, actions::act_request what, core::store* records) -> int {
  work.act.clear();
  auto runner = work.runner();
  return print_end(work,
                   work.session.run(records == nullptr
                                        ? runner.propose(std::move(what))
                                        : runner.perform(std::move(what), *records)));
}

/// All that triage recommends for a case, in the order of the table.
auto take_case(act_work& work, core::store& kept, core::store* records) -> int {
  auto found = recommended_for(kept, work.options.case_id, work.interrupted);
  if (!found) {
    return complain(work.options,
                    work.out,
                    work.err,
                    found.error(),
                    found.error().code == "no_such_case" ? exit_usage : exit_environment);
  }
  auto worst = int{exit_held};
  if (found->empty()) {
    work.err << "offtenant act: triage recommends nothing for this case\n";
  }
  for (auto& one : *found) {
    if (work.interrupted) {
      return exit_interrupted;
    }
    const auto* facts = actions::find_action(one.name);
    if (!work.options.json) {
      work.out << "== " << one.name << ": " << facts->title << '\n';
    }
    std::ranges::move(given_parameters(work.options), std::back_inserter(one.parameters));
    worst = std::max(worst, take(work, std::move(one), records));
  }
  return worst;
}

auto resume(act_work& work, core::store& records) -> int {
  auto runner = work.runner();
  const auto& act = work.options.resume;
  work.act = act;
  return print_end(work,
                   work.session.run(work.options.confirm ? runner.resume(act, records)
                                                         : runner.propose_rest(act, records)));
}

auto print_log(const act_arguments& options, core::store& records, std::ostream& out) -> bool {
  auto query = core::record_query();
  query.feed = actions::log_feed;
  query.after = 0;
  const auto read = records.read(query, [&](const core::stored_record& one) {
    out << (options.json ? one.what.raw + "\n" : log_text(one.what.raw));
    return true;
  });
  return !read.has_error();
}

/// The store to write to, with the lock that keeps a second act out; or the one to look into.
struct kept_log {
  std::unique_ptr<core::adapters::file_lock> lock;
  std::unique_ptr<core::store> records;
};

auto open_log(const std::string& path, bool writes) -> seams::result<kept_log> {
  auto out = kept_log();
  if (writes) {
    auto lock = core::adapters::file_lock::take(path + ".act.lock");
    if (!lock) {
      return lock.error();
    }
    out.lock = std::make_unique<core::adapters::file_lock>(std::move(*lock));
    if (const auto there = core::adapters::ensure_private_file(path); !there) {
      return there.error();
    }
  }
  auto how = core::sqlite_store_options();
  how.shared = writes;
  how.read_only = !writes;
  how.look_through = false;
  auto opened = core::open_sqlite_store(path, "", how);
  if (!opened) {
    return opened.error();
  }
  out.records = std::move(*opened);
  return out;
}

} // namespace

auto act_in_tenant(const act_arguments& options,
                   std::ostream& out,
                   std::ostream& err,
                   const environment& env,
                   const std::atomic<bool>& interrupted) -> int {
  if (options.list) {
    out << (options.json ? actions_json() : actions_text());
    return exit_held;
  }
  const auto what = settings_or_complain(options.config, err);
  if (!what) {
    return exit_usage;
  }
  const auto password = options.password_env.empty() ? "" : env(options.password_env);
  if (!password || (password->empty() && !options.password_env.empty())) {
    err << "offtenant act: the variable " << options.password_env << " is not set, or empty\n";
    return exit_environment;
  }
  auto kept = kept_log();
  if (options.confirm || options.log || !options.case_id.empty() || !options.resume.empty()) {
    auto opened = open_log(what->store, options.confirm);
    if (!opened) {
      return complain(options, out, err, opened.error(), exit_environment);
    }
    kept = std::move(*opened);
  }
  if (options.log) {
    return print_log(options, *kept.records, out) ? exit_held : exit_environment;
  }
  auto session = open_session(*what, env, &interrupted, to_end_a_step);
  if (!session) {
    return complain(options, out, err, session.error(), exit_environment);
  }
  auto how = actions::act_options();
  how.most_users = options.most_users;
  how.most_mailboxes = options.most_mailboxes;
  how.again = options.again;
  how.password = *password;
  how.wait = std::chrono::minutes{options.wait_minutes};
  auto work = act_work{options, out, err, **session, std::move(how), interrupted, {}};
  auto* records = options.confirm ? kept.records.get() : nullptr;
  if (!options.case_id.empty()) {
    return take_case(work, *kept.records, records);
  }
  if (!options.resume.empty()) {
    return resume(work, *kept.records);
  }
  return take(work, request_of(options), records);
}

} // namespace cli
