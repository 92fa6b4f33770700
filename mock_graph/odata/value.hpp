#pragma once
// Values as $filter and $orderby see them: typed, or null.
#include "core/seams/time.hpp"
#include "mock_graph/odata/schema.hpp"

#include <nlohmann/json.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace mock_graph::odata {

/// std::monostate is null.
using value = std::variant<std::monostate, bool, std::int64_t, double, std::string, seams::instant>;

inline auto is_null(const value& v) -> bool {
  return std::holds_alternative<std::monostate>(v);
}

/// How two values that are not null stand to each other; nothing when they cannot be compared.
/// Strings compare byte by byte, numbers by amount, a time and a text as times if the text is one.
auto compare(const value& a, const value& b) -> std::optional<std::partial_ordering>;

/// A total order for sorting: null first (OData 4.01, 11.2.6.2), then by type and value; numbers of
/// both types by amount.
auto sort_order(const value& a, const value& b) -> std::weak_ordering;

auto upper_case(std::string text) -> std::string;

/// The value at `where` as a property of kind `type`; null when it is null, an object, an array or
/// no value of that kind. `Json` is nlohmann::json or nlohmann::ordered_json.
template <class Json> auto read_value(const Json& where, kind type) -> value;

extern template auto read_value(const nlohmann::json&, kind) -> value;
extern template auto read_value(const nlohmann::ordered_json&, kind) -> value;

} // namespace mock_graph::odata
