#pragma once
// Runs a connector on the system's clock, network and disk until it is told to stop.
#include "core/live/surroundings.hpp"

#include <atomic>

namespace core::live {

/// Where a run speaks; both are called on the thread of the run.
struct voices {
  /// A line for the people who run the connector, without a line end.
  std::function<void(const std::string& line)> log;
  /// Lines of the export, if the config sends them to standard output. Says whether they went out.
  std::function<bool(std::string_view lines)> lines;
};

/// Runs until `stop` becomes true, and then ends as soon as a name look-up lets it, usually at
/// once: what was stored stays, and the next run resumes from there. Two runs on one store are
/// refused ("in_use").
///
/// Fails before the start when the credential, the root certificates, the store or the export
/// cannot be had, and later when the store or the export takes no more: codes of `store` and
/// `append_file`, "secret_unavailable", "bad_certificate". Nothing is lost by that either.
auto run_live(const settings& what,
              const outside& given,
              const voices& say,
              const std::atomic<bool>& stop) -> seams::result<void>;

} // namespace core::live
