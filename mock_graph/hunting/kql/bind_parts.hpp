#pragma once
// The kinds of expression that have a file of their own; `bind_expr` hands over to them.
#include "mock_graph/hunting/kql/binder.hpp"

#include <functional>
#include <vector>

namespace mock_graph::hunting::kql {

using runner = std::function<value(arguments)>;

/// Evaluates `parts`, then `run` over them; a constant if all parts are.
[[nodiscard]] auto combined(scalar type, std::vector<bound> parts, runner run) -> bound;

[[nodiscard]] auto bind_parts(query_context& query, const expr& from, const scope& at)
    -> std::vector<bound>;

[[nodiscard]] auto bind_call(query_context& query, const expr& from, const scope& at) -> bound;
[[nodiscard]] auto bind_arithmetic(query_context& query, const expr& from, const scope& at)
    -> bound;
[[nodiscard]] auto bind_comparison(query_context& query, const expr& from, const scope& at)
    -> bound;
[[nodiscard]] auto bind_between(query_context& query, const expr& from, const scope& at) -> bound;
[[nodiscard]] auto bind_matching(query_context& query, const expr& from, const scope& at) -> bound;
[[nodiscard]] auto bind_membership(query_context& query, const expr& from, const scope& at)
    -> bound;

/// The one type of several branches; fails when they do not go together.
[[nodiscard]] auto common_type(const std::vector<scalar>& types, const expr& from, const scope& at)
    -> scalar;

} // namespace mock_graph::hunting::kql
