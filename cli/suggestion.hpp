#pragma once
// Finds the word a user probably meant when the one that was typed does not exist.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Letters to insert, remove, replace or swap with their neighbour to turn `a` into `b`.
auto edit_distance(std::string_view a, std::string_view b) -> std::size_t;

/// The nearest of `known`, if it is near enough to be meant: a typing slip of at most a third of
/// its letters (two at least), or a word that begins with what was typed. First of equals.
auto nearest(std::string_view typed, const std::vector<std::string>& known)
    -> std::optional<std::string>;

} // namespace cli
