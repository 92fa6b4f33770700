#pragma once
// Runs the connector against a cassette on virtual time, and says what came of it.
#include "core/triage/triage_case.hpp"
#include "scenarios/replaying/taped_tenant.hpp"
#include "scenarios/run/world.hpp"
#include "scenarios/tapes/read_tape.hpp"

namespace scenarios::replaying {

struct replay_options {
  std::string tape; ///< file
  tape_mode mode = tape_mode::once;
  std::optional<seams::instant> start;   ///< where the tape is laid; nothing: when it was recorded
  std::optional<seams::duration> period; ///< between polls; nothing: as it was recorded
  std::uint64_t seed = 1;
  std::string keep;      ///< folder for store, journal and trace, "" = none
  std::string json;      ///< file for the report, "" = none
  std::string key_cache; ///< file that keeps the signing key between runs, "" = none
};

/// An exchange that nothing asked for.
struct unused_exchange {
  std::size_t index = 0; ///< from 0; line index + 2 of the cassette
  std::string method;
  std::string url;
};

/// What became of the exchanges of a tape.
struct tape_use {
  std::size_t exchanges = 0; ///< on the tape
  std::size_t wanted = 0;    ///< of these, those that are to be asked for
  std::size_t used = 0;
  std::vector<unused_exchange> unused;
  std::map<std::string, std::size_t> asked_again; ///< by list: how often after its end
  std::vector<unmatched_request> unmatched;       ///< the first of them
  std::size_t unmatched_count = 0;
  std::size_t filled = 0; ///< requests that the tenant model answered
};

auto use_of(const replay::cassette& tape, const taped_tenant& played) -> tape_use;

struct replay_outcome {
  std::string name;
  std::uint64_t seed = 0;
  seams::instant start;
  seams::instant end;
  std::vector<std::string> remarks; ///< of the file: what is not whole
  std::vector<std::string> feeds;   ///< that the connector read
  tape_use use;
  std::vector<std::string> early;             ///< requests before a Retry-After had passed
  std::map<std::string, std::size_t> records; ///< stored, by feed
  std::vector<core::health_entry> health;
  std::vector<core::triage::triage_case> cases;
  std::string trouble; ///< why the run is worth nothing, "" = it is worth something
  bool interrupted = false;

  /// Nothing was asked for that was never recorded, and the connector kept its manners.
  [[nodiscard]] auto held() const -> bool {
    return trouble.empty() && !interrupted && use.unmatched_count == 0 && early.empty();
  }
};

/// What a caller may look at or change in passing.
struct replay_hooks {
  const std::atomic<bool>* interrupted = nullptr; ///< may be null
  std::function<void(run::world&)> at_end;        ///< may be empty
};

/// The connector is configured for what the tape holds (see recorded_tenant) and runs until every
/// exchange was asked for, or until none has been asked for so long that none will be. `keys` are
/// for the memory wire. `keep_error` gets what could not be written to `options.keep`.
auto run_replay(tapes::tape_reading file,
                const replay_options& options,
                const run::shared_keys& keys,
                const replay_hooks& hooks,
                std::string& keep_error) -> replay_outcome;

} // namespace scenarios::replaying
