#pragma once
// The three options that are lists of names: $orderby, $select, $expand.
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::odata {

struct sort_key {
  std::string property; ///< may be a path `a/b`
  kind type = kind::untyped;
  bool descending = false;

  auto operator==(const sort_key&) const -> bool = default;
};

struct expansion {
  std::string name;
  std::string nested; ///< what stood in parentheses, unread: `$select=id;$top=5`

  auto operator==(const expansion&) const -> bool = default;
};

constexpr auto list_items_max = std::size_t{100};
constexpr auto sort_keys_max = std::size_t{5}; ///< ASP.NET's default MaxOrderByNodeCount

/// `createdDateTime desc,id`. 400 for a name that is unknown, not sortable or no single value.
auto read_order(std::string_view text, const entity_schema& schema)
    -> outcome<std::vector<sort_key>>;

/// `id,title`; `*` gives an empty list. 400 `BadRequest`, `Parsing OData Select and Expand failed:
/// Could not find a property named 'x' on type 'y'.`
auto read_select(std::string_view text, const entity_schema& schema)
    -> outcome<std::vector<std::string>>;

/// `alerts($select=id),other`. Only names in `expandable` are accepted; errors as for $select.
auto read_expand(std::string_view text,
                 const std::vector<std::string>& expandable,
                 const entity_schema& schema) -> outcome<std::vector<expansion>>;

} // namespace mock_graph::odata
