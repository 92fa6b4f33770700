#pragma once
// One page out of many entities: filter, sort, cut.
#include "mock_graph/odata/filter.hpp"
#include "mock_graph/odata/option_lists.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace mock_graph::odata {

/// Which rows of a sorted range make a page.
struct row_window {
  std::size_t first = 0;
  std::size_t last = 0; ///< one past the end
  bool more = false;    ///< rows follow

  auto operator==(const row_window&) const -> bool = default;
};

/// The window for `skip` and `top` over `rows` sorted rows; for indexes that sort themselves.
auto window_of(std::size_t rows, std::uint64_t skip, std::uint64_t top) -> row_window;

template <class Json> struct page {
  std::vector<const Json*> items;
  bool more = false;       ///< a nextLink is due
  std::size_t matched = 0; ///< rows of all pages: @odata.count
};

/// What a page is cut from: a filter (may be null), an order, and the window.
struct cut {
  const filter* where = nullptr;
  std::span<const sort_key> order;
  std::uint64_t skip = 0;
  std::uint64_t top = 0;
};

/// The order is total: ties go by `id`, ascending, then by place in `entities`. Without sort keys
/// the rows keep their places. `Json` is nlohmann::json or nlohmann::ordered_json; the page points
/// to the same entities.
template <class Json>
auto cut_page(std::span<const Json* const> entities, const cut& how) -> page<Json>;

/// `entity` with the members in `select` and all `@` members, in the entity's order; the whole
/// entity when `select` is empty.
template <class Json> auto project(const Json& entity, std::span<const std::string> select) -> Json;

extern template auto cut_page(std::span<const nlohmann::json* const>, const cut&)
    -> page<nlohmann::json>;
extern template auto cut_page(std::span<const nlohmann::ordered_json* const>, const cut&)
    -> page<nlohmann::ordered_json>;
extern template auto project(const nlohmann::json&, std::span<const std::string>) -> nlohmann::json;
extern template auto project(const nlohmann::ordered_json&, std::span<const std::string>)
    -> nlohmann::ordered_json;

} // namespace mock_graph::odata
