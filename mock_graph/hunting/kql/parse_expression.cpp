#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/literals.hpp"
#include "mock_graph/hunting/kql/parser.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::hunting::kql {
namespace {

constexpr auto comparisons =
    std::array<std::string_view, 9>{"==", "!=", "=~", "!~", "<", "<=", ">", ">=", "<>"};

constexpr auto matching_words = std::array<std::string_view, 16>{"has",
                                                                 "has_cs",
                                                                 "contains",
                                                                 "contains_cs",
                                                                 "startswith",
                                                                 "startswith_cs",
                                                                 "endswith",
                                                                 "endswith_cs",
                                                                 "hasprefix",
                                                                 "hasprefix_cs",
                                                                 "hassuffix",
                                                                 "hassuffix_cs",
                                                                 "matches",
                                                                 "containscs",
                                                                 "like",
                                                                 "notlike"};

constexpr auto memberships = std::array<std::string_view, 4>{"in", "in~", "has_any", "has_all"};

template <std::size_t N>
auto holds(const std::array<std::string_view, N>& words, std::string_view word) -> bool {
  return std::find(words.begin(), words.end(), word) != words.end();
}

auto pair_of(expr_ptr left, expr_ptr right) -> std::vector<expr_ptr> {
  auto made = std::vector<expr_ptr>();
  made.push_back(std::move(left));
  made.push_back(std::move(right));
  return made;
}

} // namespace

auto parser::expression() -> expr_ptr {
  const auto deeper = level(*this);
  return any_of();
}

auto parser::any_of() -> expr_ptr {
  auto first = all_of();
  if (!at_word("or")) {
    return first;
  }
  auto made = make(node::any_of, peek().offset, "or");
  auto args = std::vector<expr_ptr>();
  args.push_back(std::move(first));
  while (take_word("or")) {
    args.push_back(all_of());
  }
  return with_args(std::move(made), std::move(args));
}

auto parser::all_of() -> expr_ptr {
  auto first = comparison();
  if (!at_word("and")) {
    return first;
  }
  auto made = make(node::all_of, peek().offset, "and");
  auto args = std::vector<expr_ptr>();
  args.push_back(std::move(first));
  while (take_word("and")) {
    args.push_back(comparison());
  }
  return with_args(std::move(made), std::move(args));
}

auto parser::comparison() -> expr_ptr {
  return comparison_tail(sum());
}

auto parser::comparison_tail(expr_ptr left) -> expr_ptr {
  const auto& here = peek();
  if (here.what != token::kind::symbol && here.what != token::kind::name) {
    return left;
  }
  const auto offset = here.offset;
  const auto negated =
      here.what == token::kind::symbol && here.text.size() > 2 && here.text[0] == '!';
  auto op = negated ? here.text.substr(1) : here.text;
  if (holds(comparisons, op)) {
    take();
    auto made = make(node::comparison, offset, op == "<>" ? "!=" : op);
    return with_args(std::move(made), pair_of(std::move(left), sum()));
  }
  if (holds(memberships, op)) {
    take();
    return membership(std::move(left), std::move(op), negated);
  }
  if (op == "between") {
    take();
    return between(std::move(left), negated);
  }
  if (holds(matching_words, op)) {
    take();
    if (op == "matches") {
      need_word("regex");
      op = "matches regex";
    }
    auto made = make(node::matching, offset, std::move(op));
    made->negated = negated;
    return with_args(std::move(made), pair_of(std::move(left), sum()));
  }
  if (negated) {
    fail_unsupported("operator '!" + op + "'", offset);
  }
  return left;
}

auto parser::membership(expr_ptr left, std::string op, bool negated) -> expr_ptr {
  auto made = make(node::membership, left->offset, std::move(op));
  made->negated = negated;
  auto args = std::vector<expr_ptr>();
  args.push_back(std::move(left));
  need_symbol("(");
  while (!at_symbol(")")) {
    args.push_back(query_or_expression());
    if (!take_symbol(",")) {
      break;
    }
  }
  need_symbol(")");
  return with_args(std::move(made), std::move(args));
}

auto parser::between(expr_ptr left, bool negated) -> expr_ptr {
  auto made = make(node::between, left->offset, "between");
  made->negated = negated;
  need_symbol("(");
  auto args = pair_of(std::move(left), sum());
  need_symbol("..");
  args.push_back(sum());
  need_symbol(")");
  return with_args(std::move(made), std::move(args));
}

auto parser::sum() -> expr_ptr {
  auto left = product();
  while (at_symbol("+") || at_symbol("-")) {
    const auto op = take();
    auto made = make(node::arithmetic, op.offset, op.text);
    left = with_args(std::move(made), pair_of(std::move(left), product()));
  }
  return left;
}

auto parser::product() -> expr_ptr {
  auto left = unary();
  while (at_symbol("*") || at_symbol("/") || at_symbol("%")) {
    const auto op = take();
    auto made = make(node::arithmetic, op.offset, op.text);
    left = with_args(std::move(made), pair_of(std::move(left), unary()));
  }
  return left;
}

auto parser::unary() -> expr_ptr {
  if (!at_symbol("-") && !at_symbol("+")) {
    return postfix();
  }
  const auto deeper = level(*this);
  const auto op = take();
  auto inner = unary();
  if (op.text == "+") {
    return inner;
  }
  auto args = std::vector<expr_ptr>();
  args.push_back(std::move(inner));
  return with_args(make(node::minus, op.offset, "-"), std::move(args));
}

auto parser::postfix() -> expr_ptr {
  auto left = primary();
  while (at_symbol(".") || at_symbol("[")) {
    const auto op = take();
    auto args = std::vector<expr_ptr>();
    if (op.text == ".") {
      auto made = make(node::member, op.offset, need_name());
      args.push_back(std::move(left));
      left = with_args(std::move(made), std::move(args));
    } else {
      args = pair_of(std::move(left), expression());
      need_symbol("]");
      left = with_args(make(node::element, op.offset, ""), std::move(args));
    }
  }
  return left;
}

auto parser::primary() -> expr_ptr {
  const auto& here = peek();
  if (at_symbol("(")) {
    return parenthesised();
  }
  if (at_symbol("[") && peek(1).what == token::kind::text && at_symbol("]", 2)) {
    const auto offset = here.offset;
    return make(node::name, offset, need_name());
  }
  if (here.what == token::kind::symbol || here.what == token::kind::end) {
    refuse();
  }
  if (here.what != token::kind::name) {
    return literal();
  }
  auto name = take();
  if (name.text == "true" || name.text == "false") {
    auto made = make(node::literal, name.offset, "");
    made->constant = name.text == "true";
    made->type = scalar::boolean;
    return made;
  }
  return at_symbol("(") ? call(std::move(name.text), name.offset)
                        : make(node::name, name.offset, std::move(name.text));
}

auto parser::literal() -> expr_ptr {
  auto made = make(node::literal, peek().offset, "");
  const auto read = literal_of(peek(), bounds_.nesting_max);
  if (!read) {
    refuse();
  }
  // "a" "b" is one string.
  made->constant = read->constant;
  made->type = read->type;
  const auto joins = take().what == token::kind::text;
  while (joins && peek().what == token::kind::text) {
    std::get<std::string>(made->constant) += take().text;
  }
  return made;
}

auto parser::parenthesised() -> expr_ptr {
  const auto deeper = level(*this);
  need_symbol("(");
  auto made = query_or_expression();
  need_symbol(")");
  return made;
}

auto parser::call(std::string name, std::size_t offset) -> expr_ptr {
  const auto deeper = level(*this);
  auto made = make(node::call, offset, std::move(name));
  auto args = std::vector<expr_ptr>();
  need_symbol("(");
  if (made->text == "typeof") {
    const auto type = scalar_named(peek().text);
    if (!type) {
      refuse();
    }
    made->type = *type;
    take();
  }
  while (!at_symbol(")")) {
    if (at_symbol("*")) {
      args.push_back(make(node::star, take().offset, "*"));
    } else {
      args.push_back(query_or_expression());
    }
    if (!take_symbol(",")) {
      break;
    }
  }
  need_symbol(")");
  return with_args(std::move(made), std::move(args));
}

} // namespace mock_graph::hunting::kql
