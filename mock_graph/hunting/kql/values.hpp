#pragma once
// What can be done with cells whatever their type: compare, convert, print, hash.
#include "mock_graph/hunting/table.hpp"

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mock_graph::hunting::kql {

constexpr auto json_depth_max = 64; // deeper text is kept as a string: printing JSON recurses

[[nodiscard]] inline auto is_null(const value& cell) -> bool {
  return std::holds_alternative<std::monostate>(cell);
}

/// A dynamic that holds a string, number or bool as that plain value; others unchanged. The result
/// refers to `cell` or to `scratch`.
[[nodiscard]] auto plain(const value& cell, value& scratch) -> const value&;

/// Order of two cells; none if one is null or the types do not compare. A string meets a bool or
/// a datetime by being read as one.
[[nodiscard]] auto compare(const value& left, const value& right)
    -> std::optional<std::partial_ordering>;

/// KQL's `==`: null with null is null (none here), null with a value is false.
[[nodiscard]] auto equal(const value& left, const value& right) -> std::optional<bool>;

/// A total order for sorting, nulls aside; values that do not compare count as equal.
[[nodiscard]] auto sorts_before(const value& left, const value& right) -> bool;

/// As `tostring` prints it; null is "".
[[nodiscard]] auto text_of(const value& cell) -> std::string;

/// The same without a copy when the cell is a string; refers to `cell` or to `scratch`.
[[nodiscard]] auto text_view(const value& cell, std::string& scratch) -> std::string_view;

/// The cell as another type: null when its text or number does not fit.
[[nodiscard]] auto cast(const value& cell, scalar type) -> value;

[[nodiscard]] auto number_of(const value& cell) -> std::optional<double>;
[[nodiscard]] auto integer_of(const value& cell) -> std::optional<std::int64_t>;

[[nodiscard]] auto to_json(const value& cell) -> nlohmann::json;

/// JSON null becomes a null cell, anything else a dynamic one.
[[nodiscard]] auto from_json(nlohmann::json json) -> value;

/// None when `text` is not JSON or is nested deeper than `depth_max`.
[[nodiscard]] auto parse_json_text(std::string_view text, int depth_max = json_depth_max)
    -> std::optional<nlohmann::json>;

/// Cells in JSON, stops counting at `most`; deeper than `json_depth_max` counts as `most`.
[[nodiscard]] auto json_size(const nlohmann::json& json, std::size_t most, int depth = 0)
    -> std::size_t;

/// Appends bytes that are equal exactly when the cells are equal: the key of groups and joins.
void append_key(std::string& key, const value& cell);

/// Bytes of memory, roughly.
[[nodiscard]] auto footprint(const value& cell) -> std::size_t;
[[nodiscard]] auto footprint(const row& cells) -> std::size_t;

/// What an absent cell of that type is: "" for strings (KQL has no null string), else null.
[[nodiscard]] auto absent(scalar type) -> value;

} // namespace mock_graph::hunting::kql
