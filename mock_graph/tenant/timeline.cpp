#include "mock_graph/tenant/timeline.hpp"

namespace mock_graph::tenant {

void timeline::advance(seams::instant now) {
  while (!queue_.empty() && queue_.begin()->first <= now) {
    const auto next = queue_.extract(queue_.begin());
    next.mapped()(next.key());
  }
}

auto timeline::last() const -> std::optional<seams::instant> {
  return queue_.empty() ? std::nullopt : std::optional(queue_.rbegin()->first);
}

} // namespace mock_graph::tenant
