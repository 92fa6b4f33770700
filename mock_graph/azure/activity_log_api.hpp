#pragma once
// Azure Resource Manager's list of Activity log entries.
#include "mock_graph/azure/activity_log.hpp"
#include "mock_graph/door.hpp"

#include <map>

namespace mock_graph::azure {

/// GET /subscriptions/{id}/providers/Microsoft.Insights/eventtypes/management/values.
///
/// Who may read is a matter of Azure roles on the subscription: tokens have no roles here. Newest
/// first (the order is not documented), `nextLink` until the last page; a link carries its own
/// filter, and another one beside it is passed over. Entries are kept for 90 days.
/// Source: learn.microsoft.com/rest/api/monitor/activity-logs/list, Azure/azure-rest-api-specs
/// activityLogs_API.json; AuthorizationFailed as in MicrosoftDocs/azure-docs issue 65179
/// (defender-cloudapps-azure sheet, 3).
class activity_log_api final : public door {
public:
  explicit activity_log_api(const activity_log& log) : log_(log) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto list(call& what) -> seams::response;
  /// What the header says of the reads that are left to the caller this hour.
  auto reads_left(const call& what) -> std::int64_t;

  /// Reads of one caller in one subscription since `hour` began.
  struct reads {
    seams::instant hour;
    std::int64_t count = 0;
  };

  const activity_log& log_;
  std::map<std::string, reads> reads_;
};

} // namespace mock_graph::azure
