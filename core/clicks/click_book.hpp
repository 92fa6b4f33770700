#pragma once
// One click per real click, whatever and how many records tell of it.
#include "core/clicks/click_reading.hpp"

#include <span>
#include <vector>

namespace core::clicks {

struct click {
  seams::instant at; ///< when the link was clicked, by the more exact source
  std::string user;
  std::string url; ///< unwrapped
  std::string workload;
  action met = action::unknown;
  bool clicked_through = false;
  std::string network_message_id;
  std::string teams_message_id;
  bool of_another_tenant = false;   ///< the address is not this tenant's: do not trust its target
  std::vector<source> sources;      ///< hunting first
  std::vector<std::string> records; ///< keys of the records it rests on
};

/// Joins readings into clicks, in order of time.
/// 1. Rows of hunting that share a `ReportId` are one click.
/// 2. An audit record that says the user went on (4, 5) belongs to the latest record before it that
///    shows the page (2, 3), of the same user, address and message, at most five minutes earlier;
///    without one it is a click by itself. Each page is gone on from once.
/// 3. A click of hunting and one of the audit log are the same if user and address are (letter case
///    and wrapping aside), the page is, their messages do not contradict each other, and the page
///    or the going on was at the same moment: within two seconds, as audit records know whole
///    seconds only. The nearest pairs first, each click in one pair at most. Allowed clicks and
///    error pages have no audit record (exchange-and-safelinks sheet, 6.1).
auto join(std::vector<reading> readings) -> std::vector<click>;

/// The clicks behind all stored records of feed "safe_links".
auto clicks_of(std::span<const stored_record> records) -> std::vector<click>;

} // namespace core::clicks
