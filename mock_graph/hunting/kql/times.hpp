#pragma once
// Instants and spans as Kusto reads and prints them.
#include "core/seams/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mock_graph::hunting::kql {

/// ISO 8601 with as much as is there: "2026-03", "2026-03-10", "2026-03-10 08:00",
/// "2026-03-10T08:00:00.1234567+01:00". No zone means UTC.
[[nodiscard]] auto parse_datetime(std::string_view text) -> std::optional<seams::instant>;

/// "1d", "1.5h", "30 seconds", "[-][d.]hh:mm[:ss[.f]]", or a bare number of days.
[[nodiscard]] auto parse_timespan_text(std::string_view text) -> std::optional<seams::duration>;

/// Seven digits of a second always: "2026-03-10T08:29:16.5800000Z", as tostring(datetime) gives.
[[nodiscard]] auto datetime_text(seams::instant at) -> std::string;

/// "1.02:03:04.5000000", "00:05:00".
[[nodiscard]] auto timespan_text(seams::duration span) -> std::string;

/// Whether `at` lies in the years 1 to 9999, all that a KQL datetime holds.
[[nodiscard]] auto in_range(seams::instant at) -> bool;

/// None when the result is not `in_range`.
[[nodiscard]] auto shifted(seams::instant at, seams::duration by) -> std::optional<seams::instant>;

} // namespace mock_graph::hunting::kql
