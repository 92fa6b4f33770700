#pragma once
// Tables as advanced hunting sees them: typed columns, rows that are visible at this moment.
#include "core/seams/time.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace mock_graph::hunting {

/// Kusto's scalar types as far as the mail, Teams, click and alert tables use them.
enum class scalar { string, datetime, boolean, int32, int64, real, timespan, dynamic, guid };

/// A cell; `std::monostate` is null. `boolean` holds bool, `int32` and `int64` int64_t, `guid` a
/// string.
using value = std::variant<std::monostate,
                           std::string,
                           seams::instant,
                           bool,
                           std::int64_t,
                           double,
                           seams::duration,
                           nlohmann::json>;

struct column {
  std::string name;
  scalar type;
};

using row = std::vector<value>;

/// A closed span of the `Timestamp` column.
struct time_range {
  seams::instant from = seams::instant::min();
  seams::instant to = seams::instant::max();
};

/// A table that may be larger than memory should hold: rows are visited, not copied.
class table_source {
public:
  virtual ~table_source() = default;
  [[nodiscard]] virtual auto columns() const -> const std::vector<column>& = 0;
  /// Visits the rows visible now. `wanted` lets a source skip rows outside that span of
  /// `Timestamp`; it may visit more than asked, never less. Stops when `sink` returns false.
  virtual void scan(const time_range& wanted,
                    const std::function<bool(const row&)>& sink) const = 0;
};

class database {
public:
  virtual ~database() = default;
  /// The table of that name (case-sensitive), or null: an unknown or unlicensed table.
  [[nodiscard]] virtual auto find(std::string_view name) const -> const table_source* = 0;
};

} // namespace mock_graph::hunting
