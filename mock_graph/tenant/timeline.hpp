#pragma once
// A queue of things that will happen: scripted causes and what they cause later.
#include "core/seams/time.hpp"

#include <functional>
#include <map>
#include <optional>

namespace mock_graph::tenant {

/// Pulled, not driven: whoever looks at the tenant first brings it up to the moment of looking.
class timeline {
public:
  using act = std::function<void(seams::instant)>;

  /// Things of one instant happen in the order in which they were scheduled.
  void at(seams::instant when, act what) { queue_.emplace(when, std::move(what)); }
  /// Lets everything up to and including `now` happen, in order.
  void advance(seams::instant now);
  /// The latest instant at which something is scheduled.
  [[nodiscard]] auto last() const -> std::optional<seams::instant>;

private:
  std::multimap<seams::instant, act> queue_;
};

} // namespace mock_graph::tenant
