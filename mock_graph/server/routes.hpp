#pragma once
// Which API and which of its operations a URL means.
#include "mock_graph/odata/target.hpp"

#include <string>

namespace mock_graph::server {

/// "login.token", "login.discovery", "graph.alerts", "graph.incidents", "graph.hunting",
/// "activity.start", "activity.stop", "activity.list", "activity.content", "activity.blob";
/// "graph.unknown" and "activity.unknown" for other paths of those hosts; "foreign" for a host that
/// is Microsoft's in no cloud.
auto route_of(const odata::target& target) -> std::string;

} // namespace mock_graph::server
