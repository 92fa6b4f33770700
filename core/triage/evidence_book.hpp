#pragma once
// Collects the facts of stored records, in whatever order they come, and settles them.
#include "core/triage/reading/readers.hpp"

#include <set>

namespace core::triage {

/// Keeps facts, not records: what it needs grows with what they say, not with their bytes.
class evidence_book {
public:
  void add(const record& one);
  void add(const health_entry& one) { health_.push_back(one); }

  /// The same evidence for the same records and health, whatever the order. Of alerts, incidents,
  /// risks, investigations, policies and people the newest version counts, with the evidence of all
  /// versions of an alert; records of one click are joined; a sign-in
  /// that both logs tell of counts as the sign-in log has it. Empties the book.
  auto settle() -> evidence;

private:
  loose_facts facts_;
  std::vector<health_entry> health_;
  std::set<std::string> feeds_; ///< that have records
};

/// What could not be read, of the feeds that triage rests on: those whose last state is a failure,
/// and those that nobody collects. `feeds_with_records` counts where there is no health history.
auto gaps_of(std::vector<health_entry> health, const std::set<std::string>& feeds_with_records)
    -> std::vector<gap>;

} // namespace core::triage
