#pragma once
// Advanced hunting: runs KQL over a database, under bounds, on the caller's clock.
#include "core/seams/time.hpp"
#include "mock_graph/hunting/query_error.hpp"
#include "mock_graph/hunting/table.hpp"

#include <boost/system/result.hpp>

#include <string_view>
#include <vector>

namespace mock_graph::hunting {

/// What a query gives: the columns are known even when there is no row.
struct result_table {
  std::vector<column> columns;
  std::vector<row> rows;
};

/// Runs `query` over `tables`. `now` is what `now()` and `ago()` see; rows of a source table whose
/// `Timestamp` lies outside `timespan` are not seen. Rows come in a deterministic order: without
/// `sort`, that of the sources. Unresolved names, unsupported operators, functions, join kinds and
/// aggregates are errors before the first row is read (`toscalar`, `in (subquery)` and `bag_unpack`
/// read while the query is resolved). A result past `rows_max` or `bytes_max` is an error too, not
/// a shorter result.
[[nodiscard]] auto run(std::string_view query,
                       const database& tables,
                       seams::instant now,
                       const time_range& timespan,
                       const limits& bounds = {})
    -> boost::system::result<result_table, query_error>;

} // namespace mock_graph::hunting
