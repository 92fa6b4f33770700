#include "core/seams/letters.hpp"
#include "mock_graph/odata/filter_tree.hpp"

#include <algorithm>

namespace mock_graph::odata {
namespace {

/// What is known of an operand before any entity is seen.
struct static_type {
  std::optional<kind> type; ///< nothing for the literal null
  const property* declared = nullptr;
};

auto is_number(kind k) -> bool {
  return k == kind::int32 || k == kind::int64 || k == kind::real;
}

auto edm_name(const static_type& of) -> std::string {
  if (of.declared != nullptr && !of.declared->type_name.empty()) {
    return of.declared->type_name;
  }
  switch (of.type.value_or(kind::untyped)) {
  case kind::string:
    return "Edm.String";
  case kind::boolean:
    return "Edm.Boolean";
  case kind::int32:
    return "Edm.Int32";
  case kind::int64:
    return "Edm.Int64";
  case kind::real:
    return "Edm.Double";
  case kind::date_time:
    return "Edm.DateTimeOffset";
  case kind::guid:
    return "Edm.Guid";
  case kind::collection:
    return "Collection(Edm.Untyped)";
  case kind::enumeration:
  case kind::complex:
  case kind::navigation:
  case kind::untyped:
    break;
  }
  return "Edm.Untyped";
}

auto operator_name(relation op) -> std::string {
  switch (op) {
  case relation::equal:
    return "Equal";
  case relation::not_equal:
    return "NotEqual";
  case relation::greater:
    return "GreaterThan";
  case relation::greater_equal:
    return "GreaterThanOrEqual";
  case relation::less:
    return "LessThan";
  case relation::less_equal:
    return "LessThanOrEqual";
  }
  return {};
}

auto is_single(kind k) -> bool {
  return k != kind::complex && k != kind::collection && k != kind::navigation;
}

/// Whether the two may be compared. A GUID property also takes a quoted string, which Microsoft's
/// library may refuse [inferred: lenient].
auto comparable(const static_type& a, const static_type& b) -> bool {
  if (!a.type || !b.type) {
    return true;
  }
  const auto left = *a.type;
  const auto right = *b.type;
  if (!is_single(left) || !is_single(right)) {
    return false;
  }
  if (left == right || left == kind::untyped || right == kind::untyped) {
    return true;
  }
  if (is_number(left) && is_number(right)) {
    return true;
  }
  const auto text_with = [&](const static_type& one, const static_type& other) {
    return *other.type == kind::string &&
           (*one.type == kind::enumeration || (*one.type == kind::guid && one.declared != nullptr));
  };
  return text_with(a, b) || text_with(b, a);
}

auto folds_case(const static_type& of) -> bool {
  return of.type == kind::guid || of.type == kind::enumeration;
}

auto incompatible(const static_type& a, const static_type& b, const std::string& op) -> api_error {
  return invalid_filter("A binary operator with incompatible types was detected. Found operand "
                        "types '" +
                        edm_name(a) + "' and '" + edm_name(b) + "' for operator kind '" + op +
                        "'.");
}

class checker {
public:
  using checked = outcome<static_type>;

  explicit checker(const entity_schema& schema) : schema_(schema) {}

  auto check(expression& what) -> checked {
    return std::visit([this](auto& form) { return this->visit(form); }, what.form);
  }

private:
  auto visit(constant& c) -> checked { return static_type{c.type, nullptr}; }

  auto visit(property_path& path) -> checked {
    auto at = resolve(path);
    if (at) {
      path.type = at->type.value_or(kind::untyped);
      path.element = at->declared != nullptr ? at->declared->element : kind::untyped;
    }
    return at;
  }

  auto visit(comparison& c) -> checked {
    const auto left = check(*c.left);
    if (!left) {
      return left;
    }
    const auto right = check(*c.right);
    if (!right) {
      return right;
    }
    if (!comparable(*left, *right)) {
      return incompatible(*left, *right, operator_name(c.op));
    }
    c.ignoring_case = folds_case(*left) || folds_case(*right);
    for (const auto* side : {left->declared, right->declared}) {
      if (side != nullptr && side->type == kind::enumeration) {
        note_members(*side, c.members);
      }
    }
    for (const auto* side : {c.left.get(), c.right.get()}) {
      if (const auto* text = std::get_if<constant>(&side->form); text && !is_member(*text, c)) {
        return no_member(*text);
      }
    }
    return static_type{kind::boolean};
  }

  auto visit(membership& m) -> checked {
    const auto left = check(*m.left);
    if (!left) {
      return left;
    }
    auto as_comparison = comparison{};
    if (left->declared != nullptr && left->type == kind::enumeration) {
      note_members(*left->declared, as_comparison.members);
    }
    m.ignoring_case = folds_case(*left);
    for (const auto& each : m.among) {
      const auto right = static_type{each.type};
      if (!comparable(*left, right)) {
        return incompatible(*left, right, "Equal");
      }
      if (!is_member(each, as_comparison)) {
        return no_member(each);
      }
      m.ignoring_case = m.ignoring_case || folds_case(right);
    }
    return static_type{kind::boolean};
  }

  auto visit(junction& j) -> checked {
    for (auto& part : j.parts) {
      const auto type = check(*part);
      if (!type) {
        return type;
      }
      if (!is_truth(*type)) {
        return incompatible(*type, {kind::boolean}, j.all ? "And" : "Or");
      }
    }
    return static_type{kind::boolean};
  }

  auto visit(negation& n) -> checked {
    const auto type = check(*n.operand);
    if (type && !is_truth(*type)) {
      return invalid_filter(
          "A unary operator with an incompatible type was detected. Found operand "
          "type '" +
          edm_name(*type) + "' for operator kind 'Not'.");
    }
    return type;
  }

  auto visit(call& c) -> checked {
    const auto two = c.which == function::contains || c.which == function::starts_with ||
                     c.which == function::ends_with;
    auto fits = c.arguments.size() == (two ? 2U : 1U);
    for (auto& argument : c.arguments) {
      const auto type = check(*argument);
      if (!type) {
        return type;
      }
      const auto k = type->type.value_or(kind::string);
      fits = fits && (k == kind::string || k == kind::untyped);
    }
    if (!fits) {
      return wrong_arguments(c.which);
    }
    return static_type{two                           ? kind::boolean
                       : c.which == function::length ? kind::int32
                                                     : kind::string};
  }

  auto visit(lambda& l) -> checked {
    const auto collection = visit(l.collection);
    if (!collection) {
      return collection;
    }
    if (collection->type != kind::collection && collection->type != kind::untyped) {
      return invalid_filter("Any/All may only be used following a collection.");
    }
    if (!l.body) {
      return static_type{kind::boolean};
    }
    variables_.push_back({l.collection.element, collection->declared});
    const auto body = check(*l.body);
    variables_.pop_back();
    if (body && !is_truth(*body)) {
      return invalid_filter(
          "The Any/All query expression must evaluate to a single boolean value.");
    }
    return body ? checked{static_type{kind::boolean}} : body;
  }

  static auto is_truth(const static_type& of) -> bool {
    return !of.type || *of.type == kind::boolean || *of.type == kind::untyped;
  }

  static void note_members(const property& from, std::vector<std::string>& into) {
    into = from.members;
    std::transform(into.begin(), into.end(), into.begin(), seams::lower_case);
  }

  static auto is_member(const constant& c, const comparison& in) -> bool {
    const auto* text = std::get_if<std::string>(&c.content);
    return text == nullptr || in.members.empty() ||
           std::find(in.members.begin(), in.members.end(), seams::lower_case(*text)) !=
               in.members.end();
  }

  static auto no_member(const constant& c) -> api_error {
    return invalid_filter("The string '" + std::get<std::string>(c.content) +
                          "' is not a valid enumeration type constant.");
  }

  static auto wrong_arguments(function which) -> api_error {
    const auto* const one = "(Edm.String Nullable=true)";
    const auto* const two = "(Edm.String Nullable=true, Edm.String Nullable=true)";
    const auto [name, takes] = [&]() -> std::pair<std::string, std::string> {
      switch (which) {
      case function::contains:
        return {"contains", two};
      case function::starts_with:
        return {"startswith", two};
      case function::ends_with:
        return {"endswith", two};
      case function::to_lower:
        return {"tolower", one};
      case function::to_upper:
        return {"toupper", one};
      case function::length:
        break;
      }
      return {"length", one};
    }();
    return invalid_filter("No function signature for the function with name '" + name +
                          "' matches the specified arguments. The function signatures considered "
                          "are: " +
                          name + takes + ".");
  }

  /// Steps from the root of a path over its names; open types accept any name.
  auto resolve(const property_path& path) const -> checked {
    auto at = static_type{kind::complex};
    const auto* fields = &schema_.properties;
    auto owner = schema_.type_name;
    if (path.variable >= 0) {
      at = variables_[static_cast<std::size_t>(path.variable)];
      fields = at.declared != nullptr ? &at.declared->fields : nullptr;
      owner = edm_name(at);
    }
    const auto entity_root = path.variable < 0;
    for (auto i = std::size_t{0}; i < path.names.size(); ++i) {
      const auto open = at.type == kind::complex && (fields == nullptr || fields->empty());
      if (at.type == kind::untyped || (open && !(entity_root && i == 0))) {
        return static_type{kind::untyped};
      }
      const auto* found =
          at.type == kind::complex ? find_property(*fields, path.names[i]) : nullptr;
      if (found == nullptr) {
        return invalid_filter(no_such_property(path.names[i], owner));
      }
      if (entity_root && i == 0 && !may_filter(*found)) {
        return invalid_filter("The property '" + found->name +
                              "' cannot be used in the $filter query option.");
      }
      at = {found->type, found};
      fields = &found->fields;
      owner = edm_name(at);
    }
    return at;
  }

  [[nodiscard]] auto may_filter(const property& p) const -> bool {
    const auto& names = schema_.filterable;
    return p.type != kind::navigation &&
           (names.empty() || std::find(names.begin(), names.end(), p.name) != names.end());
  }

  const entity_schema& schema_;
  std::vector<static_type> variables_;
};

} // namespace

auto check_types(expression& root, const entity_schema& schema) -> std::optional<api_error> {
  const auto type = checker{schema}.check(root);
  if (!type) {
    return type.error();
  }
  if (type->type != kind::boolean && type->type != kind::untyped) {
    return invalid_filter("The $filter expression must evaluate to a single boolean value.");
  }
  return {};
}

} // namespace mock_graph::odata
