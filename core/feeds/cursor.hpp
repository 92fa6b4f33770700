#pragma once
// A cursor that is an instant: all before it has been read.
#include "core/config.hpp"
#include "core/seams/clock.hpp"
#include "core/store/store.hpp"

namespace core::feeds {

struct position {
  seams::instant through;
  bool stored = false; ///< false: the feed has never read to the end, `through` is the look-back
};

/// The stored cursor of the feed, or the first look-back before now where there is none. Fails
/// with "store_damaged" if what is stored is no instant.
auto load_cursor(store& records, const seams::clock& time, const feed_options& options)
    -> seams::result<position>;

/// A commit that moves the cursor and nothing else.
auto move_cursor(const std::string& feed, seams::instant through, seams::instant now) -> commit;

/// Applies a commit and drops its outcome.
auto apply(store& records, const commit& step) -> seams::result<void>;

} // namespace core::feeds
