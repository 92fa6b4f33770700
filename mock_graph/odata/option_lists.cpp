#include "mock_graph/odata/option_lists.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>

namespace mock_graph::odata {
namespace {

auto trimmed(std::string_view text) -> std::string_view {
  constexpr auto blanks = std::string_view{" \t"};
  const auto first = std::min(text.find_first_not_of(blanks), text.size());
  text.remove_prefix(first);
  const auto last = text.find_last_not_of(blanks);
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// Cuts at commas outside parentheses and trims; an empty text gives one empty item.
auto items_of(std::string_view text) -> std::vector<std::string_view> {
  auto out = std::vector<std::string_view>{};
  auto depth = 0;
  auto begin = std::size_t{0};
  for (auto i = std::size_t{0}; i <= text.size(); ++i) {
    if (i == text.size() || (text[i] == ',' && depth == 0)) {
      out.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    } else {
      depth += text[i] == '(' ? 1 : 0;
      depth -= text[i] == ')' ? 1 : 0;
    }
  }
  return out;
}

auto select_expand_failed(const std::string& why) -> api_error {
  return {400, "BadRequest", "Parsing OData Select and Expand failed: " + why};
}

auto too_many(const std::string& option) -> api_error {
  return invalid_query("The number of clauses in " + option +
                       " query option exceeded the maximum number allowed.");
}

auto first_step(std::string_view path) -> std::string {
  return std::string(path.substr(0, path.find('/')));
}

auto contains(const std::vector<std::string>& names, std::string_view name) -> bool {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The kind at the end of `path`; open types give untyped.
auto kind_at(std::string_view path, const entity_schema& schema) -> outcome<kind> {
  const auto* fields = &schema.properties;
  auto owner = schema.type_name;
  auto found = kind::complex;
  auto first = true;
  while (true) {
    const auto step = first_step(path);
    if (!first && fields->empty() && found == kind::complex) {
      return kind::untyped;
    }
    const auto* p = found == kind::complex ? find_property(*fields, step) : nullptr;
    if (p == nullptr) {
      return invalid_query(no_such_property(step, owner));
    }
    found = p->type;
    if (step.size() == path.size()) {
      return found;
    }
    fields = &p->fields;
    owner = p->type_name.empty() ? p->name : p->type_name;
    path.remove_prefix(step.size() + 1);
    first = false;
  }
}

auto read_sort_key(std::string_view item, const entity_schema& schema) -> outcome<sort_key> {
  const auto blank = item.find_first_of(" \t");
  const auto path = item.substr(0, blank);
  const auto way =
      blank == std::string_view::npos ? std::string_view{} : trimmed(item.substr(blank));
  const auto descending = seams::equal_ignoring_case(way, "desc");
  if (path.empty() || (!way.empty() && !descending && !seams::equal_ignoring_case(way, "asc"))) {
    return invalid_query("Syntax error at position " + std::to_string(path.size()) + " in '" +
                         std::string(item) + "'.");
  }
  const auto type = kind_at(path, schema);
  if (!type) {
    return type.error();
  }
  const auto single =
      *type != kind::collection && *type != kind::complex && *type != kind::navigation;
  const auto step = first_step(path);
  if (!single || (!schema.sortable.empty() && !contains(schema.sortable, step))) {
    return invalid_query("The property '" + step +
                         "' cannot be used in the $orderby query option.");
  }
  return sort_key{std::string(path), *type, descending};
}

} // namespace

auto read_order(std::string_view text, const entity_schema& schema)
    -> outcome<std::vector<sort_key>> {
  const auto items = items_of(text);
  if (items.size() > sort_keys_max) {
    return too_many("$orderby");
  }
  auto out = std::vector<sort_key>{};
  for (const auto item : items) {
    auto key = read_sort_key(item, schema);
    if (!key) {
      return key.error();
    }
    out.push_back(*std::move(key));
  }
  return out;
}

auto read_select(std::string_view text, const entity_schema& schema)
    -> outcome<std::vector<std::string>> {
  const auto items = items_of(text);
  if (items.size() > list_items_max) {
    return too_many("$select");
  }
  auto out = std::vector<std::string>{};
  auto everything = false;
  for (const auto item : items) {
    const auto name = first_step(item);
    everything = everything || name == "*";
    if (name != "*" && find_property(schema.properties, name) == nullptr) {
      return select_expand_failed(no_such_property(name, schema.type_name));
    }
    if (!contains(out, name)) {
      out.push_back(name);
    }
  }
  return everything ? std::vector<std::string>{} : out;
}

auto read_expand(std::string_view text,
                 const std::vector<std::string>& expandable,
                 const entity_schema& schema) -> outcome<std::vector<expansion>> {
  const auto items = items_of(text);
  if (items.size() > list_items_max) {
    return too_many("$expand");
  }
  auto out = std::vector<expansion>{};
  for (const auto item : items) {
    const auto open = item.find('(');
    auto one = expansion{std::string(trimmed(item.substr(0, open))), {}};
    if (open != std::string_view::npos) {
      if (item.back() != ')') {
        return select_expand_failed("Syntax error at position " + std::to_string(item.size()) +
                                    " in '" + std::string(item) + "'.");
      }
      one.nested = std::string(item.substr(open + 1, item.size() - open - 2));
    }
    if (!contains(expandable, one.name)) {
      const auto known = find_property(schema.properties, one.name) != nullptr;
      return select_expand_failed(
          known ? "Property '" + one.name + "' on type '" + schema.type_name +
                      "' is not a navigation property or complex property. Only navigation "
                      "properties can be expanded."
                : no_such_property(one.name, schema.type_name));
    }
    out.push_back(std::move(one));
  }
  return out;
}

} // namespace mock_graph::odata
