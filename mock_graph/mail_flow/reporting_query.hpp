#pragma once
// The query of the Reporting Web Service: OData v2 with its own date literals.
#include "core/seams/time.hpp"
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/target.hpp"

#include <map>
#include <optional>

namespace mock_graph::mail_flow {

/// `$filter=StartDate eq datetime'2026-09-14T00:00:00Z' and EndDate eq datetime'…' and Status eq
/// 'Failed'`, `$skiptoken=2000`, `$format=json`.
struct reporting_query {
  std::optional<seams::instant> from;
  std::optional<seams::instant> to;
  std::map<std::string, std::string> equal; ///< other fields of the filter
  std::size_t skip = 0;
  bool json = false; ///< asked for by `$format`
};

/// 400 for a filter of another shape, and for `EndDate` without `StartDate`
/// (exchange-and-safelinks sheet, 1.1).
auto read_reporting_query(const odata::target& request) -> odata::outcome<reporting_query>;

} // namespace mock_graph::mail_flow
