#include "core/toml_reading/spell.hpp"

#include <algorithm>
#include <vector>

namespace core::toml_reading {

namespace {

constexpr std::size_t word_bytes_max = 64; ///< a key or name; anything longer is not a typo

auto folded(std::string_view word) -> std::string {
  auto out = std::string{word};
  for (auto& c : out) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    } else if (c == '-' || c == ' ') {
      c = '_';
    }
  }
  return out;
}

} // namespace

auto edit_distance(std::string_view first, std::string_view second) -> std::size_t {
  const auto a = folded(first);
  const auto b = folded(second);
  auto before = std::vector<std::size_t>(b.size() + 1);
  auto above = before;
  auto row = before;
  for (std::size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = above;
    above = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t differ = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + differ});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

auto nearest(std::string_view word, std::span<const std::string> known) -> std::string {
  if (word.empty() || word.size() > word_bytes_max) {
    return {};
  }
  auto best = std::string{};
  auto best_distance = std::size_t{4};
  for (const auto& candidate : known) {
    if (candidate.empty() || candidate.size() > word_bytes_max) {
      continue;
    }
    const auto distance = edit_distance(word, candidate);
    const auto longer = std::max(word.size(), candidate.size());
    if (distance < best_distance && distance * 3 <= std::max<std::size_t>(longer, 3)) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

} // namespace core::toml_reading
