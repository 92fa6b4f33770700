#pragma once
// The body of a runHuntingQuery reply.
#include "mock_graph/hunting/query.hpp"

#include <string>

namespace mock_graph::hunting {

/// {"@odata.context", "schema", "results"} as Graph sends it, members in column order: .NET type
/// names; a bool is an SByte, the number 0 or 1 after its sidecar `"<column>@odata.type"`; null
/// datetimes and dynamics are `{}`; other nulls are `null`. With `json_booleans` a bool is the type
/// Boolean and a JSON bool without sidecar. `root` is that of the context's URL.
[[nodiscard]] auto to_reply_json(const result_table& result,
                                 bool json_booleans,
                                 const std::string& root = "https://graph.microsoft.com/v1.0")
    -> std::string;

} // namespace mock_graph::hunting
