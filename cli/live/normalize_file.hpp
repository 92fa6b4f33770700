#pragma once
// The work of `normalize`.
#include "cli/live/options.hpp"

#include <atomic>
#include <iosfwd>

namespace cli {

/// Writes the events of a file's records to `out`, one a line, and to `err` what is no known record
/// and what is new. Gives exit_held, exit_usage for a file that holds no records, exit_environment
/// for one that cannot be read.
auto normalize_file(const normalize_options& options,
                    std::ostream& out,
                    std::ostream& err,
                    const std::atomic<bool>& interrupted) -> int;

} // namespace cli
