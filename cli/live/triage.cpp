#include "core/triage/triage.hpp"

#include "cli/exit_code.hpp"
#include "cli/live/ocsf_lines.hpp"
#include "cli/live/triage_cases.hpp"
#include "cli/live/work.hpp"
#include "core/store/grants.hpp"
#include "core/store/sqlite_store.hpp"
#include "core/triage/case_json.hpp"
#include "core/triage/case_text.hpp"

#include <fstream>
#include <iterator>
#include <ostream>

namespace cli {
namespace {

namespace triage = core::triage;

/// The rules of the options, or an exit code after the complaints went to `err`.
auto rules_or_complain(const std::string& file, triage::settings& out, std::ostream& err) -> int {
  out = triage::default_settings();
  if (file.empty()) {
    return exit_held;
  }
  auto in = std::ifstream(file, std::ios::binary);
  if (!in) {
    err << "offtenant triage: " << file << ": cannot be read\n";
    return exit_environment;
  }
  const auto text = std::string(std::istreambuf_iterator<char>(in), {});
  auto outcome = triage::read_settings(text, file);
  for (const auto& one : outcome.wrong) {
    err << core::toml_reading::to_text(one) << '\n';
  }
  out = std::move(outcome.read);
  return outcome.wrong.empty() ? exit_held : exit_usage;
}

/// One case in a form for machines.
void print_line(const triage::triage_case& one,
                const triage_options& options,
                std::ostream& out,
                std::ostream& err) {
  const auto line = triage::case_line(one);
  if (options.ocsf) {
    const auto found = core::ocsf::normalize("cases", line, context_of(*options.ocsf));
    write_events(found, "offtenant triage: " + one.id, out, err);
  } else {
    out << line;
  }
}

auto print(const std::vector<triage::triage_case>& cases,
           const triage_options& options,
           std::ostream& out,
           std::ostream& err) -> int {
  const auto for_machines = options.json || options.ocsf;
  if (options.wanted.empty() && !for_machines) {
    out << triage::queue_text(cases);
    return exit_held;
  }
  if (options.wanted.empty()) {
    for (const auto& one : cases) {
      print_line(one, options, out, err);
    }
    return exit_held;
  }
  const auto* found = triage::find_case(cases, options.wanted);
  if (found == nullptr) {
    err << "offtenant triage: no case is or was called '" << options.wanted << "'\n";
    return exit_usage;
  }
  if (for_machines) {
    print_line(*found, options, out, err);
  } else {
    out << triage::case_text(*found);
  }
  return exit_held;
}

} // namespace

auto triage_store(const triage_options& options,
                  std::ostream& out,
                  std::ostream& err,
                  const std::atomic<bool>& interrupted) -> int {
  auto rules = triage::settings();
  if (const auto wrong = rules_or_complain(options.rules, rules, err); wrong != exit_held) {
    return wrong;
  }
  auto how = core::sqlite_store_options();
  how.read_only = true;
  const auto opened = core::open_sqlite_store(options.store, "", how);
  if (!opened) {
    err << "offtenant triage: " << options.store << ": " << opened.error().why << '\n';
    return exit_environment;
  }
  const auto known = collect_evidence(**opened, interrupted);
  if (!known) {
    err << "offtenant triage: " << options.store << ": " << known.error().why << '\n';
    return exit_environment;
  }
  if (interrupted) {
    return exit_interrupted;
  }
  auto with = triage::triage_options();
  with.rules = &rules;
  const auto grants = core::read_grants(**opened);
  with.roles = grants ? core::all_roles(*grants) : std::nullopt;
  return print(triage::triage_cases(*known, with), options, out, err);
}

} // namespace cli
