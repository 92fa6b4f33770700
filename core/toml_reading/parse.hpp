#pragma once
// TOML text to a tree of nodes, under bounds.
#include "core/toml_reading/node.hpp"

#include <optional>

namespace core::toml_reading {

constexpr std::size_t file_bytes_max = std::size_t{16} << 20U;
/// Parts of a dotted key or table name; a table deeper than this would only exhaust the stack.
constexpr std::size_t key_parts_max = 32;
/// Lists and inline tables inside each other; with the bound above it limits a tree's depth.
constexpr std::size_t brackets_max = 32;
/// Values in one file: what a person would still read, with a hundredfold margin.
constexpr std::size_t values_max = 1'000'000;

struct parsed {
  std::optional<node> root; ///< absent when `wrong` says why
  std::optional<diagnostic> wrong;
};

/// A local date-time counts as UTC. TOML reports only its first syntax error.
auto parse_toml(std::string_view text, const std::string& file) -> parsed;

/// What `text` breaks of the bounds above, before any parser sees it.
auto broken_bound(std::string_view text, const std::string& file) -> std::optional<diagnostic>;

} // namespace core::toml_reading
