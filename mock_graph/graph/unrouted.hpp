#pragma once
// What Graph answers to a path that no door of the tenant is behind.
#include "mock_graph/call.hpp"

namespace mock_graph::graph {

/// The root of a version, "/v1.0/": OData's service document, which names what the tenant has
/// (OData JSON Format 4.01, 5; kinds as in Graph's metadata). Any other path: 400, `Resource not
/// found for the segment 'x'`, its last one.
auto unrouted(call& what) -> seams::response;

} // namespace mock_graph::graph
