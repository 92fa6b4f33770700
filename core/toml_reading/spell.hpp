#pragma once
// Finds the word that was probably meant.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace core::toml_reading {

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours, each 1.
/// Letters compare without regard to case, '-' and ' ' like '_'.
auto edit_distance(std::string_view a, std::string_view b) -> std::size_t;

/// The nearest of `known`, the first of equals; empty if all differ in more than a third of the
/// letters of the longer word, or in more than three.
auto nearest(std::string_view word, std::span<const std::string> known) -> std::string;

} // namespace core::toml_reading
