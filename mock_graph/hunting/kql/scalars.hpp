#pragma once
// Names of the scalar types: as KQL writes them and as the reply's schema does (.NET).
#include "mock_graph/hunting/table.hpp"

#include <optional>
#include <string_view>

namespace mock_graph::hunting::kql {

/// "string", "long", "datetime" …
[[nodiscard]] auto kusto_name(scalar type) -> std::string_view;

/// "String", "Int64", "DateTime"; a bool is "SByte", as the service reports it.
[[nodiscard]] auto dotnet_name(scalar type) -> std::string_view;

/// The type of that KQL name, synonyms included ("double", "boolean"); none if it is no type.
[[nodiscard]] auto scalar_named(std::string_view name) -> std::optional<scalar>;

[[nodiscard]] constexpr auto is_integer(scalar type) -> bool {
  return type == scalar::int32 || type == scalar::int64;
}

[[nodiscard]] constexpr auto is_number(scalar type) -> bool {
  return is_integer(type) || type == scalar::real;
}

} // namespace mock_graph::hunting::kql
