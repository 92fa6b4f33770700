#pragma once
// The body of a runHuntingQuery reply.
#include "mock_graph/hunting/query.hpp"

#include <functional>
#include <string>

namespace mock_graph::hunting {

/// Takes the bytes of one row of a reply, in order.
using row_sink = std::function<void(std::string_view)>;

/// {"@odata.context", "schema", "results"} as Graph sends it, members in column order: .NET type
/// names; a bool is an SByte, the number 0 or 1 after its sidecar `"<column>@odata.type"`; null
/// datetimes and dynamics are `{}`; other nulls are `null`. With `json_booleans` a bool is the type
/// Boolean and a JSON bool without sidecar. `root` is that of the context's URL. `each_row`, if
/// any, sees the rows as they stand in it.
[[nodiscard]] auto to_reply_json(const result_table& result,
                                 bool json_booleans,
                                 const std::string& root = "https://graph.microsoft.com/v1.0",
                                 const row_sink& each_row = {}) -> std::string;

} // namespace mock_graph::hunting
