#pragma once
// The entity types of the security lists, as far as queries may name their properties.
#include "mock_graph/odata/schema.hpp"

namespace mock_graph::graph {

/// microsoft.graph.security.alert; filterable as documented (graph-security sheet, 1.5).
auto alert_schema() -> const odata::entity_schema&;
/// microsoft.graph.security.incident.
auto incident_schema() -> const odata::entity_schema&;

} // namespace mock_graph::graph
