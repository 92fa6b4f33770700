#pragma once
// Columns of the hunting tables, in documented order.
#include "mock_graph/hunting/table.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace mock_graph::defender {

/// Table name and columns (learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables).
auto hunting_schema() -> std::vector<std::pair<std::string_view, std::vector<hunting::column>>>;

} // namespace mock_graph::defender
