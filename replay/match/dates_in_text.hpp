#pragma once
// Dates wherever they stand in a text: to move them all by one span, or to look past them.
#include "core/seams/time.hpp"

#include <string>
#include <string_view>

namespace replay {

/// By how much dates move, and which: those outside the bounds (a birthday, an end of time) stay.
struct date_shift {
  std::chrono::seconds by{};
  seams::instant earliest;
  seams::instant latest;
};

/// Moves each date of `text` in its place; its shape stays: as many digits, the fraction and the
/// zone as they were. Dates are those of ISO 8601 with a time ("2026-03-10T08:29:16.58Z", to the
/// minute, with a blank, with colons as "%3A"), of HTTP ("Tue, 10 Mar 2026 08:29:16 GMT"), and
/// milliseconds since 1970 as "Date(1789372683214)" and as numbers of JSON. A date to the minute
/// moves by whole minutes. What is encoded otherwise (base64, UTF-16) and days without a time stay.
void move_dates(std::string& text, const date_shift& how);

/// `text` with "<time>" for each of them, and for days without a time.
auto without_dates(std::string_view text) -> std::string;

/// Whether such a date is all of `text`.
auto is_date(std::string_view text) -> bool;

} // namespace replay
