#pragma once
// Events as lines, and what is to be said about the records that gave none.
#include "cli/live/options.hpp"
#include "core/ocsf/normalize.hpp"

#include <iosfwd>
#include <string>

namespace cli {

auto context_of(const ocsf_options& options) -> core::ocsf::context;

/// The events of one record to `out`; to `err` why there are none, and what is new about it, opened
/// by `where`.
void write_events(const core::ocsf::outcome& what,
                  const std::string& where,
                  std::ostream& out,
                  std::ostream& err);

} // namespace cli
