#pragma once
// POST /security/runHuntingQuery: advanced hunting over the tenant's tables.
#include "mock_graph/defender/hunting_tables.hpp"
#include "mock_graph/door.hpp"

namespace mock_graph::graph {

/// Body `{"Query": …, "Timespan": …}`, member names in any case; role ThreatHunting.Read.All.
/// A query that cannot be run is a 400 whose message says what and where; the message texts for
/// unknown tables and columns are those of public test suites (graph-security sheet, 4.1).
class hunting_api final : public door {
public:
  /// `rows_most`: rows a query may give, 0 for the service's 100,000.
  hunting_api(defender::hunting_tables& tables,
              ledger& book,
              bool json_booleans,
              std::int64_t rows_most = 0)
      : tables_(tables), ledger_(book), json_booleans_(json_booleans), rows_most_(rows_most) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  defender::hunting_tables& tables_;
  ledger& ledger_;
  bool json_booleans_;
  std::int64_t rows_most_;
};

} // namespace mock_graph::graph
