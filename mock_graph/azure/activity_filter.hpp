#pragma once
// The few filters that the Activity log knows.
#include "core/seams/time.hpp"
#include "mock_graph/odata/error.hpp"

#include <string>
#include <string_view>

namespace mock_graph::azure {

/// Both ends are inclusive.
struct activity_filter {
  seams::instant from;
  seams::instant to = seams::instant::max();
  std::string field = {}; ///< "resourceGroupName", "resourceUri", "resourceProvider",
                          ///< "correlationId" or ""
  std::string value = {};
};

/// Reads "eventTimestamp ge 'T1' and eventTimestamp le 'T2'", alone or followed by one of
/// "and resourceGroupName eq '…'", "resourceUri", "resourceProvider" and "correlationId"; the end
/// may be left out. Times stand in quotes or without, with 'Z' or an offset. 400 `BadRequest` for
/// any other text, as the service has no other filters: one text where the start time is missing,
/// one where it stands beside something else. The rule is documented, the words are not. Source:
/// learn.microsoft.com/rest/api/monitor/activity-logs/list; unquoted times as the Azure CLI sends
/// them (defender-cloudapps-azure sheet, 3).
auto read_activity_filter(std::string_view text) -> odata::outcome<activity_filter>;

} // namespace mock_graph::azure
