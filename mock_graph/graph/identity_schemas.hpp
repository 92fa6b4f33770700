#pragma once
// The entity types of the identity lists, as far as queries may name their properties.
#include "mock_graph/odata/schema.hpp"

namespace mock_graph::graph {

/// microsoft.graph.signIn; filterable as documented (graph-directory sheet, 3.2).
auto sign_in_schema() -> const odata::entity_schema&;
/// microsoft.graph.directoryAudit; filterable as documented (graph-directory sheet, 3.3).
auto directory_audit_schema() -> const odata::entity_schema&;
/// microsoft.graph.riskDetection; which properties are filterable is not documented: all are.
auto risk_detection_schema() -> const odata::entity_schema&;
/// microsoft.graph.riskyUser; the same.
auto risky_user_schema() -> const odata::entity_schema&;

} // namespace mock_graph::graph
