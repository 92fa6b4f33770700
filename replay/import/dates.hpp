#pragma once
// Dates as exports write them, as instants.
#include "core/seams/time.hpp"

#include <optional>
#include <string_view>

namespace replay {

/// UTC: "2026-03-10T08:29:16.58Z", with a blank in place of T, with none to nine digits of a
/// second, with or without zone; "/Date(1773131356580)/"; as PowerShell and the portals print it,
/// "3/10/2026 8:29:16 AM" and "Mar 10, 2026 8:29:16 AM"; "10.03.2026 08:29:16"; and without AM or
/// PM "10/03/2026 08:29:16", day first unless the second number is above twelve. Nothing for
/// anything else, and outside the years 2000 to 2100.
auto parse_date(std::string_view text) -> std::optional<seams::instant>;

} // namespace replay
