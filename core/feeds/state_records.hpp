#pragma once
// Versions of things whose source shows only how they are now: counted, and removals made up where
// the source has none.
#include "core/feeds/feed_table.hpp"
#include "core/store/store.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace core::feeds {

/// Fills one commit. A state is news only if its bytes are not those of the newest stored version
/// of its thing; a state that comes back is a new version.
class state_records {
public:
  state_records(const feed_facts& facts, store& records) : facts_(facts), records_(records) {}

  auto add(const std::string& key, std::string raw, std::vector<std::string> cuts, commit& step)
      -> seams::result<void>;
  /// For each thing that is stored as being there and is not in `seen`: a removal of our own
  /// making, `{"id":…,"@removed":{"reason":"absent"}}`. No service gives that reason.
  auto add_absent(const std::set<std::string>& seen, commit& step) -> seams::result<void>;

private:
  /// The newest version of one thing that is stored, or will be with the commit at hand.
  struct newest {
    std::uint64_t number = 0;
    std::string raw;
  };

  auto newest_of(const std::string& key) -> seams::result<newest>;
  void append(const std::string& key,
              std::string raw,
              std::vector<std::string> cuts,
              newest& last,
              commit& step) const;

  const feed_facts& facts_;
  store& records_;
  std::map<std::string, newest> known_; ///< what the commit at hand has touched
};

/// Whether a record says that its thing is no more.
auto is_removal(std::string_view item) -> bool;

} // namespace core::feeds
