#pragma once
// Rows of a hunting table that are made when a query comes to them.
#include "core/seams/time.hpp"
#include "mock_graph/hunting/table.hpp"

#include <cstdint>

namespace mock_graph::defender {

/// Rows in order of `Timestamp`, known by number.
class made_rows {
public:
  /// Numbers [from, to).
  struct numbers {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
  };

  virtual ~made_rows() = default;
  /// Which rows lie within `wanted` and are visible at `as_of`.
  [[nodiscard]] virtual auto within(const hunting::time_range& wanted, seams::instant as_of) const
      -> numbers = 0;
  [[nodiscard]] virtual auto at(std::uint64_t n) const -> seams::instant = 0;
  /// The row, good until the next call, or null where a number has none.
  [[nodiscard]] virtual auto row(std::uint64_t n) const -> const hunting::row* = 0;
};

} // namespace mock_graph::defender
