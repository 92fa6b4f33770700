#include "mock_graph/odata/page.hpp"

#include "mock_graph/odata/value.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace mock_graph::odata {
namespace {

template <class Json> struct row {
  const Json* entity;
  std::vector<value> keys; ///< one per sort key, then the id
};

template <class Json> auto value_at(const Json& entity, std::string_view path, kind type) -> value {
  const auto* at = &entity;
  while (at->is_object()) {
    const auto step = std::string(path.substr(0, path.find('/')));
    const auto member = at->find(step);
    if (member == at->end()) {
      return {};
    }
    at = &*member;
    if (step.size() == path.size()) {
      return read_value(*at, type);
    }
    path.remove_prefix(step.size() + 1);
  }
  return {};
}

template <class Json>
auto make_row(const Json& entity, std::span<const sort_key> order) -> row<Json> {
  auto out = row<Json>{&entity, {}};
  for (const auto& key : order) {
    out.keys.push_back(value_at(entity, key.property, key.type));
  }
  if (!order.empty()) {
    out.keys.push_back(value_at(entity, "id", kind::untyped));
  }
  return out;
}

template <class Json>
auto comes_before(const row<Json>& a, const row<Json>& b, std::span<const sort_key> order) -> bool {
  for (auto i = std::size_t{0}; i < a.keys.size(); ++i) {
    const auto between = sort_order(a.keys[i], b.keys[i]);
    if (between != 0) {
      const auto descending = i < order.size() && order[i].descending;
      return descending ? between > 0 : between < 0;
    }
  }
  return false;
}

} // namespace

auto window_of(std::size_t rows, std::uint64_t skip, std::uint64_t top) -> row_window {
  const auto first = static_cast<std::size_t>(std::min<std::uint64_t>(skip, rows));
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(top, rows - first));
  return {first, first + count, first + count < rows};
}

template <class Json>
auto cut_page(std::span<const Json* const> entities, const cut& how) -> page<Json> {
  auto rows = std::vector<row<Json>>{};
  for (const auto* entity : entities) {
    if (how.where == nullptr || how.where->matches(*entity)) {
      rows.push_back(make_row(*entity, how.order));
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    return comes_before(a, b, how.order);
  });
  const auto window = window_of(rows.size(), how.skip, how.top);
  auto out = page<Json>{{}, window.more, rows.size()};
  for (auto i = window.first; i < window.last; ++i) {
    out.items.push_back(rows[i].entity);
  }
  return out;
}

template <class Json>
auto project(const Json& entity, std::span<const std::string> select) -> Json {
  if (select.empty()) {
    return entity;
  }
  auto out = Json::object();
  for (const auto& [name, content] : entity.items()) {
    if (name.starts_with('@') || std::find(select.begin(), select.end(), name) != select.end()) {
      out[name] = content;
    }
  }
  return out;
}

template auto cut_page(std::span<const nlohmann::json* const>, const cut&) -> page<nlohmann::json>;
template auto cut_page(std::span<const nlohmann::ordered_json* const>, const cut&)
    -> page<nlohmann::ordered_json>;
template auto project(const nlohmann::json&, std::span<const std::string>) -> nlohmann::json;
template auto project(const nlohmann::ordered_json&, std::span<const std::string>)
    -> nlohmann::ordered_json;

} // namespace mock_graph::odata
