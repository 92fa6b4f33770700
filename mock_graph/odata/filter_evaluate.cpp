#include "core/seams/letters.hpp"
#include "mock_graph/odata/filter_tree.hpp"

#include <algorithm>

namespace mock_graph::odata {
namespace {

/// OData's null rules (4.01, part 2, 5.1.1.1): null equals null only, and orders with nothing.
auto relate(relation op, const value& a, const value& b) -> bool {
  if (op == relation::equal || op == relation::not_equal) {
    const auto order = compare(a, b);
    const auto same = (is_null(a) && is_null(b)) || (order && *order == 0);
    return same == (op == relation::equal);
  }
  const auto order = is_null(a) || is_null(b) ? std::nullopt : compare(a, b);
  if (!order) {
    return false;
  }
  switch (op) {
  case relation::greater:
    return *order > 0;
  case relation::greater_equal:
    return *order >= 0;
  case relation::less:
    return *order < 0;
  default:
    return *order <= 0;
  }
}

void fold_case(value& v) {
  if (auto* text = std::get_if<std::string>(&v)) {
    *text = seams::lower_case(std::move(*text));
  }
}

/// Enumeration members order by their place in the declaration, not by their names.
void rank(value& v, const std::vector<std::string>& members) {
  if (const auto* text = std::get_if<std::string>(&v)) {
    const auto found = std::find(members.begin(), members.end(), *text);
    v = found == members.end() ? std::int64_t{-1}
                               : static_cast<std::int64_t>(found - members.begin());
  }
}

/// Characters, not bytes: OData's length counts characters of UTF-8 text.
auto count_characters(const std::string& text) -> std::int64_t {
  return std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  });
}

auto apply(function which, const std::string& text, const std::string& second) -> value {
  switch (which) {
  case function::contains:
    return text.find(second) != std::string::npos;
  case function::starts_with:
    return text.starts_with(second);
  case function::ends_with:
    return text.ends_with(second);
  case function::to_lower:
    return seams::lower_case(text);
  case function::to_upper:
    return upper_case(text);
  case function::length:
    break;
  }
  return count_characters(text);
}

template <class Json> class evaluator {
public:
  explicit evaluator(const Json& entity) : entity_(entity) {}

  auto run(const expression& what) -> value {
    return std::visit([this](const auto& form) { return this->visit(form); }, what.form);
  }

private:
  auto visit(const constant& c) -> value { return c.content; }

  auto visit(const property_path& path) -> value {
    const auto* found = find(path);
    if (found == nullptr) {
      return {};
    }
    if (found->is_structured()) {
      const auto whole = path.type == kind::complex || path.type == kind::collection;
      return whole ? value{true} : value{}; // it can only be asked whether it is null
    }
    return read_value(*found, path.type);
  }

  auto visit(const comparison& c) -> value {
    auto left = run(*c.left);
    auto right = run(*c.right);
    if (c.ignoring_case) {
      fold_case(left);
      fold_case(right);
    }
    if (!c.members.empty() && c.op != relation::equal && c.op != relation::not_equal) {
      rank(left, c.members);
      rank(right, c.members);
    }
    return relate(c.op, left, right);
  }

  auto visit(const membership& m) -> value {
    auto left = run(*m.left);
    if (m.ignoring_case) {
      fold_case(left);
    }
    return std::any_of(m.among.begin(), m.among.end(), [&](const constant& each) {
      auto right = each.content;
      if (m.ignoring_case) {
        fold_case(right);
      }
      return relate(relation::equal, left, right);
    });
  }

  /// `false and null` is false, `true or null` is true; otherwise null wins.
  auto visit(const junction& j) -> value {
    auto unknown = false;
    for (const auto& part : j.parts) {
      const auto one = run(*part);
      const auto* truth = std::get_if<bool>(&one);
      if (truth != nullptr && *truth != j.all) {
        return *truth;
      }
      unknown = unknown || truth == nullptr;
    }
    return unknown ? value{} : value{j.all};
  }

  auto visit(const negation& n) -> value {
    const auto operand = run(*n.operand);
    const auto* truth = std::get_if<bool>(&operand);
    return truth != nullptr ? value{!*truth} : value{};
  }

  auto visit(const call& c) -> value {
    auto texts = std::vector<std::string>(2);
    for (auto i = std::size_t{0}; i < c.arguments.size(); ++i) {
      auto argument = run(*c.arguments[i]);
      auto* text = std::get_if<std::string>(&argument);
      if (text == nullptr) {
        return {};
      }
      texts[i] = std::move(*text);
    }
    return apply(c.which, texts[0], texts[1]);
  }

  /// A missing collection counts as an empty one.
  auto visit(const lambda& l) -> value {
    const auto* collection = find(l.collection);
    if (collection == nullptr || !collection->is_array()) {
      return l.all;
    }
    if (!l.body) {
      return !collection->empty();
    }
    for (const auto& element : *collection) {
      variables_.push_back(&element);
      const auto one = run(*l.body);
      variables_.pop_back();
      const auto* truth = std::get_if<bool>(&one);
      if ((truth != nullptr && *truth) != l.all) {
        return !l.all;
      }
    }
    return l.all;
  }

  auto find(const property_path& path) const -> const Json* {
    const auto* at =
        path.variable < 0 ? &entity_ : variables_[static_cast<std::size_t>(path.variable)];
    for (const auto& name : path.names) {
      if (!at->is_object()) {
        return nullptr;
      }
      const auto member = at->find(name);
      if (member == at->end()) {
        return nullptr;
      }
      at = &*member;
    }
    return at;
  }

  const Json& entity_;
  std::vector<const Json*> variables_;
};

} // namespace

template <class Json> auto evaluate(const expression& root, const Json& entity) -> value {
  return evaluator<Json>{entity}.run(root);
}

template auto evaluate(const expression&, const nlohmann::json&) -> value;
template auto evaluate(const expression&, const nlohmann::ordered_json&) -> value;

} // namespace mock_graph::odata
