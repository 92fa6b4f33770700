#pragma once
// A limit of so many requests within so much time, counted over a sliding window.
#include "core/seams/time.hpp"

#include <cstddef>
#include <deque>

namespace mock_graph::graph {

/// Refused requests count as well: retrying early prolongs the throttling (graph-security sheet,
/// 5.4).
class throttle_bucket {
public:
  throttle_bucket(std::size_t most, seams::duration within) : most_(most), within_(within) {}

  /// Counts a request; false when it is one too many.
  auto admits(seams::instant now) -> bool {
    while (!seen_.empty() && now - seen_.front() >= within_) {
      seen_.pop_front();
    }
    if (seen_.size() > most_) {
      seen_.pop_front();
    }
    seen_.push_back(now);
    return seen_.size() <= most_;
  }

private:
  std::size_t most_;
  seams::duration within_;
  std::deque<seams::instant> seen_; ///< the newest `most_` + 1 of the window at most
};

} // namespace mock_graph::graph
