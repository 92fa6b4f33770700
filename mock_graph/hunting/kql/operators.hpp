#pragma once
// The tabular operators: each makes a relation that stands on its input.
#include "mock_graph/hunting/kql/ast.hpp"
#include "mock_graph/hunting/kql/binder.hpp"
#include "mock_graph/hunting/kql/relation.hpp"

#include <vector>

namespace mock_graph::hunting::kql {

/// What an operator is bound with. `input` is null for those that start a query.
struct step_input {
  query_context& query;
  const operation& op;
  relation_ptr input;
  const environment& names;

  [[nodiscard]] auto at() const -> scope { return {input->columns(), names, op.name}; }
};

[[nodiscard]] auto bind_where(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_project(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_extend(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_rename(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_project_away(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_project_keep(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_reorder(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_take(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_count_rows(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_getschema(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_summarize(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_distinct(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_sort(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_top(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_join(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_union(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_expand(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_bag_unpack(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_print(const step_input& in) -> relation_ptr;
[[nodiscard]] auto bind_datatable(const step_input& in) -> relation_ptr;

/// Rows that are there already: print, datatable, getschema, what bag_unpack made.
[[nodiscard]] auto fixed_rows(std::vector<column> columns, std::vector<row> rows) -> relation_ptr;

/// `input` through `cells`, one for each of `columns`.
[[nodiscard]] auto mapped(relation_ptr input, std::vector<column> columns, std::vector<bound> cells)
    -> relation_ptr;

/// A name for an unnamed expression: its derived one, else Column1, Column2 … not yet in `taken`.
[[nodiscard]] auto column_name(const item& from, const std::vector<column>& taken) -> std::string;

/// Column `index` of `columns` as an expression, its cells passed on unchanged.
[[nodiscard]] auto pass_on(const std::vector<column>& columns, std::size_t index) -> bound;

/// Part of the `Timestamp` column that `predicate` leaves; the whole of time if it does not say.
[[nodiscard]] auto timestamp_bounds(query_context& query, const expr& predicate, const scope& at)
    -> time_range;

} // namespace mock_graph::hunting::kql
