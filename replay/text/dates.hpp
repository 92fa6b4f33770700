#pragma once
// Dates as archives and cassettes hold them.
#include "core/seams/time.hpp"

#include <optional>
#include <string_view>

namespace replay::text {

/// RFC 3339 with 'Z' or an offset ("2026-03-10T09:29:16.58+01:00"), which ISO 8601 dates of
/// HAR files are; digits beyond 100 ns are dropped. Nothing for anything else.
auto from_rfc3339(std::string_view text) -> std::optional<seams::instant>;

} // namespace replay::text
