#include "scenarios/replaying/replay_file.hpp"

#include "core/adapters/files/text_file.hpp"
#include "scenarios/replaying/replay_report.hpp"
#include "scenarios/run/key_file.hpp"

#include <ostream>

namespace scenarios::replaying {
namespace {

constexpr auto replayed = 0;
constexpr auto did_not_hold = 1;
constexpr auto tape_unusable = 2;
constexpr auto files_unusable = 3;
constexpr auto was_interrupted = 130;

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
    return complain(err, why.why, why.code == "file_unavailable" ? files_unusable : tape_unusable);
  }
  auto signing = run::cached_signing_key(options.key_cache);
  if (!signing) {
    return complain(err, "cannot make a signing key: " + signing.error().why, files_unusable);
  }
  const auto keys = run::shared_keys(std::move(*signing), run::wire_kind::memory);
  auto hooks = replay_hooks();
  hooks.interrupted = &interrupted;
  auto keep_error = std::string();
  const auto outcome = run_replay(std::move(*file), options, keys, hooks, keep_error);
  print_report(outcome, out);
  if (!keep_error.empty()) {
    return complain(err, keep_error, files_unusable);
  }
  if (!options.json.empty()) {
    const auto wrong = core::adapters::write_text_file(options.json, json_report(outcome));
    if (!wrong.empty()) {
      return complain(err, options.json + " " + wrong, files_unusable);
    }
  }
  if (outcome.interrupted) {
    return was_interrupted;
  }
  return outcome.held() ? replayed : did_not_hold;
}

} // namespace scenarios::replaying
