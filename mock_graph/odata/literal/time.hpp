#pragma once
// DateTimeOffset literals as they stand, unquoted, in $filter.
#include "core/seams/time.hpp"
#include "mock_graph/odata/error.hpp"

#include <string_view>

namespace mock_graph::odata {

/// Reads `2026-03-01T00:00:00Z` and its variants: seconds left out, one to seven digits of a
/// fraction, `t` and `z` in lower case, an offset such as `-05:00` instead of `Z`. Anything else
/// is an error whose message (no prefix) says what is wrong: a date alone, no time zone, a day or
/// hour that does not exist, a quoted text.
auto parse_date_time(std::string_view text) -> outcome<seams::instant>;

} // namespace mock_graph::odata
