#pragma once
// Makes a fixture as small as it can be while a check of it still fails.
#include "scenarios/shrinking/fixture_parts.hpp"

#include <atomic>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace scenarios::shrinking {

struct shrink_options {
  std::string fixture;               ///< a scenario, a folder with a scenario.toml, or a recording
  std::string keep;                  ///< text in the name of the check that must go on failing
  std::string out;                   ///< folder for the small fixture; must not exist, or be empty
  std::optional<std::uint64_t> seed; ///< nothing: the scenario's own
  std::string key_cache;             ///< of the mock's signing key, "" = none
  bool progress = false;             ///< says on `err` what is left; only for terminals
};

/// Runs the scenario on the memory wire again and again, with fewer tables, feeds and records, and
/// writes the smallest one in which the check still fails: scenario, records, and a README that
/// says how to see the failure. The fixture itself is not touched. Interrupted, it writes the
/// smallest found so far. Gives back an exit code: 0 written, 1 the check does not fail in the
/// fixture as it is, 2 it cannot be read, or `out` is in use, 3 a file cannot be written.
[[nodiscard]] auto shrink(const shrink_options& options,
                          std::ostream& out,
                          std::ostream& err,
                          const std::atomic<bool>& interrupted) -> int;

} // namespace scenarios::shrinking
