#pragma once
// When each stored record became visible in the tenant, as the mock's ledger has it.
#include "mock_graph/ledger/ledger.hpp"
#include "scenarios/run/stored_records.hpp"

#include <compare>
#include <optional>
#include <vector>

namespace scenarios::run {

/// Holds fingerprints, never records.
class visible_times {
public:
  explicit visible_times(const mock_graph::ledger& book);

  /// When the bytes of that record were first visible under its name; of the records of feeds that
  /// show how things are now, when they were last before it was stored, as a state may come back.
  /// The ledger may know the name but not the bytes, where a query makes the row: then the name
  /// decides. Nothing for a record whose name was never visible.
  [[nodiscard]] auto of(const core::stored_record& record) const -> std::optional<seams::instant>;

private:
  struct sighting {
    mock_graph::fingerprint who;
    mock_graph::fingerprint form; ///< zero where the query decides
    seams::instant at;
    auto operator<=>(const sighting&) const = default;
  };

  std::vector<sighting> seen_; ///< sorted
};

} // namespace scenarios::run
