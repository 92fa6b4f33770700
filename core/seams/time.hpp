#pragma once
// Instants and spans as Microsoft's services write them: UTC, in steps of 100 nanoseconds.
#include <chrono>
#include <cstdint>
#include <string>

namespace seams {

/// 100 ns, the step of .NET ticks: Graph prints up to seven digits of a second.
using duration = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;

/// A UTC instant. The epoch is 1970-01-01T00:00:00Z.
using instant = std::chrono::sys_time<duration>;

/// RFC 3339 in UTC with 'Z'; the fraction has none to seven digits, trailing zeros cut,
/// as Graph sends it: "2026-03-10T08:29:16.58Z".
auto to_rfc3339(instant at) -> std::string;

/// As in HTTP's Date field (RFC 9110, 5.6.7): "Tue, 10 Mar 2026 08:29:16 GMT".
auto to_http_date(instant at) -> std::string;

/// A span for people: "2d 3h", "47h 59m", "90s", "250ms"; at most two units, exact otherwise.
auto to_text(duration span) -> std::string;

} // namespace seams
