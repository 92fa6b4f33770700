#pragma once
// Finds what of a list is needed for something to happen.
#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

namespace scenarios::shrinking {

/// Indices, in ascending order.
using selection = std::vector<std::size_t>;

/// A part of 0 to `count` - 1 that `holds` accepts and of which no single item can be left out, by
/// delta debugging: runs of items are tried first, so that n items of which few matter cost some
/// log n trials each (A. Zeller, R. Hildebrandt: "Simplifying and Isolating Failure-Inducing
/// Input", IEEE TSE 28(2), 2002). `holds` must accept the whole. Once `interrupted`, gives back the
/// smallest that was found so far.
auto minimize(std::size_t count,
              const std::function<bool(const selection&)>& holds,
              const std::atomic<bool>& interrupted) -> selection;

} // namespace scenarios::shrinking
