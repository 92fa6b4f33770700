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
      "graph.revoke_sessions",
      "graph.groups",
      "graph.groups_delta",
      "graph.group_members",
      "graph.devices",
      "graph.devices_delta",
      "graph.owned_devices",
      "graph.mailbox_settings",
      "graph.domains",
      "graph.named_locations",
      "graph.access_policies",
      "graph.messages",
      "graph.message_move",
      "graph.permanent_delete",
      "graph.inbox_rules",
      "graph.message_traces",
      "graph.message_trace_details",
      "exchange.reporting",
      "graph.applications",
      "graph.batch",
      "exchange.invoke",
      "cloud_apps.alerts",
      "cloud_apps.activities",
      "arm.activity",
      "defender.machines",
      "defender.isolate",
      "defender.unisolate",
      "defender.machine_actions",
      "defender.cancel_action",
      "defender.indicators",
      "defender.import_indicators",
      "activity.start",
      "activity.stop",
      "activity.list",
      "activity.content",
      "activity.blob",
  });
  return names;
}

} // namespace mock_graph::faults
