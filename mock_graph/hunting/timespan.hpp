#pragma once
// The `Timespan` parameter of runHuntingQuery: which span of time a query may see.
#include "core/seams/time.hpp"
#include "mock_graph/hunting/query_error.hpp"
#include "mock_graph/hunting/table.hpp"

#include <boost/system/result.hpp>

#include <string_view>

namespace mock_graph::hunting {

/// The last 30 days: what a query sees when the request has no timespan.
[[nodiscard]] auto default_timespan(seams::instant now) -> time_range;

/// ISO 8601 in its five forms: "P7D" (until `now`), "start/end", "duration/end", "start/duration",
/// "start" (until `now`). Empty text is the default. Fails with `syntax` on anything else, an end
/// before its start included. A month counts 30 days, a year 365, as in .NET.
[[nodiscard]] auto parse_timespan(std::string_view text, seams::instant now)
    -> boost::system::result<time_range, query_error>;

} // namespace mock_graph::hunting
