#pragma once
// Binding: names become columns, tables, functions; types are settled; errors are found.
#include "mock_graph/hunting/kql/ast.hpp"
#include "mock_graph/hunting/kql/literals.hpp"
#include "mock_graph/hunting/kql/relation.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mock_graph::hunting::kql {

/// Computes a cell from a row; the result refers to the row, to the expression or to the scratch.
using evaluator = std::function<const value&(const row&, value& scratch)>;

/// A bound scalar expression.
struct bound {
  scalar type = scalar::dynamic;
  evaluator eval;
  int column = -1;               ///< set when it is just that column of the row
  std::optional<value> constant; ///< set when it is the same for all rows
};

struct environment;

/// What a `let` name or a parameter stands for: a constant, a table or a function.
struct meaning {
  std::optional<typed_value> constant;
  relation_ptr table;
  const definition* function = nullptr;
};

struct environment {
  const environment* outer = nullptr;
  std::map<std::string, meaning, std::less<>> names;

  [[nodiscard]] auto find(std::string_view name) const -> const meaning*;
  /// The environment in which `name` was defined.
  [[nodiscard]] auto home(std::string_view name) const -> const environment*;
};

class aggregate_slots;

/// Where an expression stands.
struct scope {
  const std::vector<column>& columns;
  const environment& names;
  std::string_view op;              ///< the operator that errors name
  aggregate_slots* slots = nullptr; ///< where aggregate calls go; null: not allowed here
};

[[nodiscard]] auto bind_expr(query_context& query, const expr& from, const scope& at) -> bound;

/// `op` is the operator that reads the table, for errors.
[[nodiscard]] auto
bind_table(query_context& query, const expr& from, const environment& names, std::string_view op)
    -> relation_ptr;

/// Lets first, then the result, which must be a table.
[[nodiscard]] auto bind_script(query_context& query, const script& from, const environment& outer)
    -> relation_ptr;

/// Whether `from` can only be a table: a query, a table's name, a call of a tabular function.
[[nodiscard]] auto is_tabular(query_context& query, const expr& from, const scope& at) -> bool;

/// An expression that must not depend on a row.
[[nodiscard]] auto bind_constant(query_context& query, const expr& from, const scope& at)
    -> typed_value;

/// A count such as that of `take`: a constant integer from 0.
[[nodiscard]] auto bind_count(query_context& query, const expr& from, const scope& at)
    -> std::size_t;

/// Binds a user function's parameters to `call`'s arguments.
[[nodiscard]] auto bind_arguments(query_context& query,
                                  const definition& function,
                                  const expr& call,
                                  const scope& at,
                                  const environment& home) -> environment;

/// Adds the `let`s of `from` to `names`.
void bind_lets(query_context& query, const script& from, environment& names);

/// The column name KQL derives for an unnamed expression: `A`, `A_b` for A.b; "" if it has none.
[[nodiscard]] auto derived_name(const expr& from) -> std::string;

[[nodiscard]] auto constant_of(value held, scalar type) -> bound;

} // namespace mock_graph::hunting::kql
