#pragma once
// The scalar functions: each with its arity, its result type and its code, in tables by theme.
#include "core/seams/time.hpp"
#include "mock_graph/hunting/kql/regex.hpp"
#include "mock_graph/hunting/table.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace mock_graph::hunting::kql {

/// What a function may use beside its arguments.
struct call_env {
  seams::instant now;
  std::size_t value_bytes_max;
  regex_cache& regexes;

  /// Fails with `too_large` when one cell would pass the bound.
  void check_size(std::size_t bytes) const;
  /// The same for a dynamic value, its nesting included.
  void check_size(const nlohmann::json& made) const;
};

using arguments = std::span<const value* const>;
using argument_types = std::span<const scalar>;

struct function_info {
  std::string_view name;
  std::size_t args_min;
  std::size_t args_max;
  scalar (*type)(argument_types);
  value (*run)(const call_env&, arguments);
  int regex_at = -1; ///< which argument is a pattern, to refuse a bad one when the query is bound
};

constexpr auto any_count = std::size_t{64}; // most arguments of a variadic function, as in Kusto

/// Gives `T` whatever the arguments are.
template <scalar T> constexpr auto always(argument_types) -> scalar {
  return T;
}

[[nodiscard]] auto string_functions() -> std::span<const function_info>;
[[nodiscard]] auto time_functions() -> std::span<const function_info>;
[[nodiscard]] auto calendar_functions() -> std::span<const function_info>;
[[nodiscard]] auto convert_functions() -> std::span<const function_info>;
[[nodiscard]] auto dynamic_functions() -> std::span<const function_info>;
[[nodiscard]] auto encoding_functions() -> std::span<const function_info>;

/// The function of that name, or null. Names are case-sensitive.
[[nodiscard]] auto find_function(std::string_view name) -> const function_info*;

} // namespace mock_graph::hunting::kql
