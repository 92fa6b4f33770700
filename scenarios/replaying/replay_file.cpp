#include "scenarios/replaying/replay_file.hpp"

#include "core/adapters/files/text_file.hpp"
#include "scenarios/exit_code.hpp"
#include "scenarios/replaying/replay_report.hpp"
#include "scenarios/run/key_file.hpp"

#include <ostream>

namespace scenarios::replaying {
namespace {

auto complain(std::ostream& err, const std::string& why, int code) -> int {
  err << "offtenant replay: " << why << '\n';
  return code;
}

} // namespace

auto replay_file(const replay_options& options,
                 std::ostream& out,
                 std::ostream& err,
                 const std::atomic<bool>& interrupted) -> int {
  auto file = tapes::read_tape(options.tape);
  if (!file) {
    const auto& why = file.error();
    return complain(err, why.why, why.code == "file_unavailable" ? exit_environment : exit_usage);
  }
  auto signing = run::cached_signing_key(options.key_cache);
  if (!signing) {
    return complain(err, "cannot make a signing key: " + signing.error().why, exit_environment);
  }
  const auto keys = run::shared_keys(std::move(*signing), run::wire_kind::memory);
  auto hooks = replay_hooks();
  hooks.interrupted = &interrupted;
  auto keep_error = std::string();
  const auto outcome = run_replay(std::move(*file), options, keys, hooks, keep_error);
  print_report(outcome, out);
  if (!keep_error.empty()) {
    return complain(err, keep_error, exit_environment);
  }
  if (!options.json.empty()) {
    const auto wrong = core::adapters::write_text_file(options.json, json_report(outcome));
    if (!wrong.empty()) {
      return complain(err, options.json + " " + wrong, exit_environment);
    }
  }
  if (outcome.interrupted) {
    return exit_interrupted;
  }
  return outcome.held() ? exit_held : exit_failed;
}

} // namespace scenarios::replaying
