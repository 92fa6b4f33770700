#include "cli/suggestion.hpp"

#include <algorithm>

namespace cli {

auto edit_distance(std::string_view a, std::string_view b) -> std::size_t {
  const auto width = b.size() + 1;
  auto cost = std::vector<std::size_t>((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return cost[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        at(i, j) = i + j;
        continue;
      }
      const auto replaced = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0U : 1U);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
      }
    }
  }
  return cost.back();
}

auto nearest(std::string_view typed, const std::vector<std::string>& known)
    -> std::optional<std::string> {
  constexpr std::size_t typed_length_max = 64; // longer words are no slips, and cost squares
  if (typed.size() > typed_length_max) {
    return std::nullopt;
  }
  auto best = std::optional<std::string>();
  auto best_distance = std::size_t{0};
  for (const auto& word : known) {
    const auto begins = typed.size() >= 3 && word.starts_with(typed);
    const auto distance = begins ? 1 : edit_distance(typed, word);
    const auto allowed = std::max<std::size_t>(2, word.size() / 3);
    if (distance <= allowed && distance < word.size() && (!best || distance < best_distance)) {
      best = word;
      best_distance = distance;
    }
  }
  return best;
}

} // namespace cli
