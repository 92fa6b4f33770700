#pragma once
// A story of stored records, each with the minute in which the tenant showed it and the one in
// which it was stored.
#include "mock_graph/ledger/ledger.hpp"
#include "scenarios/run/stored_records.hpp"
#include "tests/core/triage/story.hpp"

namespace tests {

constexpr auto nobody_knows = -1; ///< when the tenant showed it

struct laid_story {
  std::vector<core::stored_record> stored;
  std::vector<core::health_entry> health;
  mock_graph::ledger book;

  /// Everything that was added to `told` since the last call.
  void lay(const story& told, int shown_minute, int stored_minute);
  [[nodiscard]] auto records() const -> scenarios::run::stored_records;
};

auto minute(int n) -> seams::instant;

/// That record, and that the ledger knows its bytes since then.
auto entry_of(const core::record& what, seams::instant shown) -> mock_graph::ledger_entry;

} // namespace tests
