#include "mock_graph/odata/filter.hpp"

#include "mock_graph/odata/filter_tree.hpp"
#include "mock_graph/odata/percent.hpp"

namespace mock_graph::odata {

auto filter::parse(std::string_view text, const entity_schema& schema) -> outcome<filter> {
  if (text.size() > filter_bytes_max) {
    return invalid_filter("The clause is longer than " + std::to_string(filter_bytes_max) +
                          " bytes.");
  }
  if (!is_utf8(text)) {
    return invalid_filter("The clause is not well-formed UTF-8.");
  }
  auto tree = parse_filter_tree(text);
  if (!tree) {
    return tree.error();
  }
  if (auto refused = check_types(**tree, schema)) {
    return *std::move(refused);
  }
  return filter{std::shared_ptr<const expression>(*std::move(tree))};
}

template <class Json> auto filter::matches(const Json& entity) const -> bool {
  const auto result = evaluate(*tree_, entity);
  const auto* truth = std::get_if<bool>(&result);
  return truth != nullptr && *truth;
}

template auto filter::matches(const nlohmann::json&) const -> bool;
template auto filter::matches(const nlohmann::ordered_json&) const -> bool;

} // namespace mock_graph::odata
