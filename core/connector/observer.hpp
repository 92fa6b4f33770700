#pragma once
// Lets somebody watch what a connector stores and how it fares, without a say in it.
#include "core/store/store.hpp"

namespace core {

/// Called after the store has taken a commit, on the connector's thread. Must not throw.
class observer {
public:
  virtual ~observer() = default;

  /// Records, marks or a cursor were committed.
  virtual void on_commit(const commit& step, const commit_outcome& outcome) = 0;
  /// A line of health was committed: a change of state, or a gap.
  virtual void on_health(const health_entry& entry) = 0;
};

} // namespace core
