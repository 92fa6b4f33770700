#pragma once
// The few filters that the Activity log knows.
#include "core/seams/time.hpp"

#include <optional>
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
/// may be left out. Times stand in quotes or without, with 'Z' or an offset. Nothing for any other
/// text: the service has no other filters.
/// Source: learn.microsoft.com/rest/api/monitor/activity-logs/list; unquoted times as the Azure CLI
/// sends them (defender-cloudapps-azure sheet, 3).
auto read_activity_filter(std::string_view text) -> std::optional<activity_filter>;

} // namespace mock_graph::azure
