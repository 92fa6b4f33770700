#pragma once
// The aggregates of summarize: count, dcount, make_set, arg_max …
#include "mock_graph/hunting/kql/binder.hpp"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace mock_graph::hunting::kql {

/// Gathers the rows of one group.
class accumulator {
public:
  virtual ~accumulator() = default;
  virtual void add(const row& in) = 0;
  /// Appends the result: one cell for each column of the aggregate.
  virtual void finish(row& out) = 0;
};

struct aggregate {
  std::vector<column> columns; ///< the names are those KQL gives when the query gives none
  std::function<std::unique_ptr<accumulator>()> make;
};

[[nodiscard]] auto is_aggregate(std::string_view name) -> bool;

/// arg_max, arg_min, take_any: more than one column, so only as a whole item of summarize.
[[nodiscard]] auto is_row_aggregate(std::string_view name) -> bool;

[[nodiscard]] auto bind_aggregate(query_context& query, const expr& from, const scope& at)
    -> aggregate;
[[nodiscard]] auto bind_row_aggregate(query_context& query, const expr& from, const scope& at)
    -> aggregate;

/// The aggregates of one summarize; each call takes the next place in the group's row.
class aggregate_slots {
public:
  /// Binds an aggregate call found inside an expression; the result reads its slot.
  auto add(query_context& query, const expr& from, const scope& at) -> bound;
  /// Binds a whole item; the index of its first slot.
  auto add_whole(query_context& query, const expr& from, const scope& at) -> std::size_t;

  [[nodiscard]] auto aggregates() const -> const std::vector<aggregate>& { return aggregates_; }
  [[nodiscard]] auto columns() const -> const std::vector<column>& { return columns_; }

private:
  std::vector<aggregate> aggregates_;
  std::vector<column> columns_;
};

} // namespace mock_graph::hunting::kql
