#include "mock_graph/faults/routes.hpp"

#include <array>

namespace mock_graph::faults {

auto routes() -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({
      "login.token",
      "login.discovery",
      "graph.alerts",
      "graph.incidents",
      "graph.hunting",
      "graph.sign_ins",
      "graph.directory_audits",
      "graph.risk_detections",
      "graph.risky_users",
      "graph.users",
      "graph.users_delta",
      "graph.groups",
      "graph.groups_delta",
      "graph.group_members",
      "graph.devices",
      "graph.devices_delta",
      "graph.owned_devices",
      "graph.mailbox_settings",
      "graph.message_traces",
      "graph.message_trace_details",
      "exchange.reporting",
      "graph.applications",
      "graph.batch",
      "exchange.invoke",
      "cloud_apps.alerts",
      "cloud_apps.activities",
      "arm.activity",
      "activity.start",
      "activity.stop",
      "activity.list",
      "activity.content",
      "activity.blob",
  });
  return names;
}

} // namespace mock_graph::faults
