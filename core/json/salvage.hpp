#pragma once
// What can be saved of a list with a broken element in it.
#include <optional>
#include <string_view>
#include <vector>

namespace core::json {

/// The elements of what is meant to be a JSON array, without white space around them, whether they
/// are JSON or not: raw control characters, broken escapes, words that mean nothing. Nothing if the
/// brackets and quotes do not balance, as in a body that was cut. The elements are still to be
/// checked one by one.
[[nodiscard]] auto split_array(std::string_view text)
    -> std::optional<std::vector<std::string_view>>;

} // namespace core::json
