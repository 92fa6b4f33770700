#pragma once
// Moments at even distances, of which none needs to be kept.
#include "core/seams/time.hpp"

#include <algorithm>
#include <cstdint>

namespace mock_graph::tenant {

/// `count` moments, the first at `first` and each `gap` after the one before; a gap of zero puts
/// all of them at once.
struct even_times {
  seams::instant first;
  seams::duration gap{};
  std::uint64_t count = 0;

  [[nodiscard]] auto at(std::uint64_t n) const -> seams::instant {
    return first + gap * static_cast<std::int64_t>(n);
  }
  /// How many lie before `when`.
  [[nodiscard]] auto before(seams::instant when) const -> std::uint64_t {
    return when <= first ? 0 : until(when - seams::duration{1});
  }
  /// How many lie at or before `when`.
  [[nodiscard]] auto until(seams::instant when) const -> std::uint64_t {
    if (when < first) {
      return 0;
    }
    return gap <= seams::duration::zero()
               ? count
               : std::min(count, static_cast<std::uint64_t>((when - first) / gap) + 1);
  }
};

/// The moments of a burst: `count` of them within `over`.
inline auto spread(seams::instant first, seams::duration over, std::uint64_t count) -> even_times {
  return {first, over / static_cast<std::int64_t>(std::max<std::uint64_t>(count, 1)), count};
}

} // namespace mock_graph::tenant
