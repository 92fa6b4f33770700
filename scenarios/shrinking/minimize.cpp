#include "scenarios/shrinking/minimize.hpp"

#include <algorithm>
#include <numeric>

namespace scenarios::shrinking {
namespace {

auto without(const selection& all, std::size_t from, std::size_t count) -> selection {
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(from);
  const auto last = first + static_cast<std::ptrdiff_t>(std::min(count, all.size() - from));
  auto out = selection(all.begin(), first);
  out.insert(out.end(), last, all.end());
  return out;
}

} // namespace

auto minimize(std::size_t count,
              const std::function<bool(const selection&)>& holds,
              const std::atomic<bool>& interrupted) -> selection {
  auto kept = selection(count);
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  for (auto run = count; run > 0;) {
    auto shrunk = false;
    for (auto from = std::size_t{0}; from < kept.size();) {
      if (interrupted) {
        return kept;
      }
      if (auto smaller = without(kept, from, run); holds(smaller)) {
        kept = std::move(smaller);
        shrunk = true;
      } else {
        from += run;
      }
    }
    run = shrunk ? std::min(run, kept.size()) : run / 2;
  }
  return kept;
}

} // namespace scenarios::shrinking
