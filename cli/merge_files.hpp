#pragma once
// The work of `report merge`: JSON reports of shards in, one report out.
#include "cli/command.hpp"

namespace cli {

/// Joins the reports; the joined JSON goes to `out` if no file is named for it. Gives exit_held,
/// exit_failed if any scenario failed, exit_usage for a file that is no report, exit_environment
/// for one that cannot be read or written.
auto merge_files(const merge_options& options, std::ostream& out, std::ostream& err) -> int;

} // namespace cli
