#pragma once
// Values written in a query: numbers, 5m, datetime(…), dynamic(…), int(null).
#include "mock_graph/hunting/kql/lexer.hpp"
#include "mock_graph/hunting/table.hpp"

#include <optional>

namespace mock_graph::hunting::kql {

struct typed_value {
  value constant;
  scalar type;
};

/// What a literal token stands for; none if its text does not fit its type. A `dynamic(…)` may use
/// single quotes; it is refused when nested deeper than `nesting_max`.
[[nodiscard]] auto literal_of(const token& written, int nesting_max) -> std::optional<typed_value>;

} // namespace mock_graph::hunting::kql
