#pragma once
// The names of all operations of all APIs: what faults can meet.
#include <span>
#include <string_view>

namespace mock_graph::faults {

/// "login.token", "graph.alerts", ... in no order.
auto routes() -> std::span<const std::string_view>;

} // namespace mock_graph::faults
