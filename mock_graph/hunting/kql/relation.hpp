#pragma once
// A bound tabular expression: known columns, rows pushed on demand; and what one query has spent.
#include "mock_graph/hunting/kql/functions.hpp"
#include "mock_graph/hunting/query_error.hpp"
#include "mock_graph/hunting/table.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace mock_graph::hunting::kql {

/// What all parts of one query share; lives as long as the query runs.
struct query_context {
  query_context(const database& from, seams::instant at, const time_range& span, const limits& most)
      : tables(from), timespan(span), bounds(most), env{at, most.value_bytes_max, regexes} {}
  query_context(const query_context&) = delete;
  auto operator=(const query_context&) -> query_context& = delete;

  /// Each counts against its bound and fails with `too_large` past it.
  void step();
  void hold(std::size_t bytes);
  void bind_node(std::size_t offset);

  const database& tables;
  time_range timespan;
  limits bounds;
  regex_cache regexes;
  call_env env;
  std::size_t steps = 0;
  std::size_t held_bytes = 0;
  std::size_t nodes = 0;
  int calls = 0; ///< depth of function bodies being bound
};

/// Takes a row; false asks for no more.
using sink = std::function<bool(const row&)>;

class relation {
public:
  /// `depth` is how many relations stand on each other, this one included.
  relation(std::vector<column> columns, int depth) : columns_(std::move(columns)), depth_(depth) {}
  virtual ~relation() = default;
  relation(const relation&) = delete;
  auto operator=(const relation&) -> relation& = delete;

  [[nodiscard]] auto columns() const -> const std::vector<column>& { return columns_; }
  [[nodiscard]] auto depth() const -> int { return depth_; }

  /// Pushes the rows. `wanted` is a hint: rows whose column named `Timestamp` lies outside it will
  /// be dropped by the caller. May be called more than once.
  virtual void scan(const time_range& wanted, const sink& out) const = 0;

private:
  std::vector<column> columns_;
  int depth_;
};

using relation_ptr = std::shared_ptr<const relation>;

/// Index of the column of that name, or -1.
[[nodiscard]] auto index_of(const std::vector<column>& columns, std::string_view name) -> int;

[[nodiscard]] auto narrowed(const time_range& left, const time_range& right) -> time_range;

/// All rows of `from`, counted as held memory.
[[nodiscard]] auto collect(query_context& query, const relation& from) -> std::vector<row>;

} // namespace mock_graph::hunting::kql
