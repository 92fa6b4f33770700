#pragma once
// What every list of directory objects takes.
#include "mock_graph/graph/collection.hpp"

namespace mock_graph::directory {

/// Options of GET /users, /groups, /devices: 100 a page unless asked, at most 999 (directory sheet,
/// 2.3).
auto directory_limits() -> odata::rules;

/// A list of directory objects under the rules of advanced queries: `ne`, `not`, `endsWith` and
/// `$filter` with `$orderby` need `ConsistencyLevel: eventual` and `$count=true`; without the
/// header, `$count` is passed over. 400 `Request_UnsupportedQuery` for what lacks either; `$search`
/// is refused with both too, in words of our own: the tenant does not search.
/// Source: learn.microsoft.com/graph/aad-advanced-queries (directory sheet, 2.4); texts as reported
/// in microsoftgraph/microsoft-graph-docs issues 13762 and 14074, microsoft-graph-docs-contrib
/// issue 3495; that of `not`, quoted in comments of public Graph samples, is taken for `endsWith`.
auto directory_list(const call& what,
                    std::string_view path,
                    const entity_log& log,
                    const odata::entity_schema& schema) -> graph::collection;

/// Whether the request is for the count of `users`, `groups` or `devices` alone.
auto is_count(const call& what) -> bool;

/// `/users/$count`: a number as plain text; 400 without the header, 415 where `Accept` allows JSON
/// alone. The 415 was observed by rknightion/graph2otel (directory sheet, 2.3), its body is not
/// known: empty.
auto directory_count(call& what, const graph::collection& of) -> seams::response;

} // namespace mock_graph::directory
