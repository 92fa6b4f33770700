#pragma once
// Small dealings with text and sorted lists that all of triage shares.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace core::triage {

inline auto holds(std::string_view text, std::string_view part) -> bool {
  return text.find(part) != std::string_view::npos;
}

/// What stands behind '@', or "".
inline auto domain_of(std::string_view address) -> std::string {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string() : std::string(address.substr(at + 1));
}

/// Sorted, each once.
template <class T> void settle(std::vector<T>& list) {
  std::ranges::sort(list);
  const auto rest = std::ranges::unique(list);
  list.erase(rest.begin(), rest.end());
}

template <class T> void append(std::vector<T>& to, const std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// Whether a sorted list has it.
template <class T, class U> auto has(const std::vector<T>& sorted, const U& wanted) -> bool {
  return std::ranges::binary_search(sorted, wanted);
}

} // namespace core::triage
