#pragma once
// Says what is new about the records of a feed, each thing once in the life of the store.
#include "core/store/store.hpp"

#include <set>
#include <string>

namespace core::feeds {

/// Remembers by marks what was told, so that a restart repeats nothing.
class novelty_teller {
public:
  /// `records` outlives this.
  novelty_teller(store& records, std::string feed) : records_(records), feed_(std::move(feed)) {}

  /// Adds to `step` a line of health, "schema_drift", for each of `found` that was never told, and
  /// the mark that it is now. `found` holds words for people, such as "record type 9999".
  auto tell(const std::set<std::string>& found, commit& step) -> seams::result<void>;

private:
  store& records_;
  std::string feed_;
  std::set<std::string> told_; ///< what needs no second look at the store
};

} // namespace core::feeds
