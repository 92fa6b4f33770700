#pragma once
// Turns KQL text into its tree; grammar only, no name is looked up.
#include "mock_graph/hunting/kql/ast.hpp"
#include "mock_graph/hunting/kql/lexer.hpp"
#include "mock_graph/hunting/query_error.hpp"

#include <string_view>
#include <vector>

namespace mock_graph::hunting::kql {

/// The tree of `query`. Fails with `syntax`, with `unsupported` for operators it does not know, and
/// with `too_large` for text longer or nested deeper than `bounds` allow.
[[nodiscard]] auto parse(std::string_view query, const limits& bounds) -> script;

/// The recursive descent behind `parse`, over three files: statements, operators, expressions.
class parser {
public:
  parser(std::vector<token> tokens, const limits& bounds)
      : tokens_(std::move(tokens)), bounds_(bounds) {}

  auto whole() -> script;

private:
  // parser.cpp: statements
  auto statements(std::string_view end) -> script;
  auto let() -> definition;
  auto opens_lambda() const -> bool;
  void lambda(definition& made);
  auto lambda_parameter() -> parameter;

  // parser.cpp: pipelines
  auto query_or_expression() -> expr_ptr;
  auto leads_query() const -> bool;
  auto piped(expr_ptr source) -> expr_ptr;
  auto step() -> operation;
  auto operator_name() -> std::string;
  void arguments_of(operation& made);

  // parse_operator.cpp
  void options(operation& made);
  auto option_name() -> std::string;
  auto items() -> std::vector<item>;
  auto one_item() -> item;
  auto patterns() -> std::vector<item>;
  auto ordered(std::vector<item> parts) -> std::vector<item>;
  void order(item& part);
  void summarize(operation& made);
  void join(operation& made);
  void unite(operation& made);
  void top(operation& made);
  void expand(operation& made);
  void evaluate(operation& made);
  void render();
  void datatable(operation& made);
  auto type_of() -> scalar;

  // parse_expression.cpp
  auto expression() -> expr_ptr;
  auto any_of() -> expr_ptr;
  auto all_of() -> expr_ptr;
  auto comparison() -> expr_ptr;
  auto comparison_tail(expr_ptr left) -> expr_ptr;
  auto membership(expr_ptr left, std::string op, bool negated) -> expr_ptr;
  auto between(expr_ptr left, bool negated) -> expr_ptr;
  auto sum() -> expr_ptr;
  auto product() -> expr_ptr;
  auto unary() -> expr_ptr;
  auto postfix() -> expr_ptr;
  auto primary() -> expr_ptr;
  auto literal() -> expr_ptr;
  auto parenthesised() -> expr_ptr;
  auto call(std::string name, std::size_t offset) -> expr_ptr;

  // parser.cpp: tokens
  [[nodiscard]] auto peek(std::size_t ahead = 0) const -> const token&;
  [[nodiscard]] auto at_symbol(std::string_view text, std::size_t ahead = 0) const -> bool;
  [[nodiscard]] auto at_word(std::string_view text, std::size_t ahead = 0) const -> bool;
  auto take() -> token;
  auto take_symbol(std::string_view text) -> bool;
  auto take_word(std::string_view text) -> bool;
  void need_symbol(std::string_view text);
  void need_word(std::string_view text);
  auto need_name() -> std::string;
  [[noreturn]] void refuse() const;
  auto make(node kind, std::size_t offset, std::string text) const -> expr_ptr;
  auto with_args(expr_ptr made, std::vector<expr_ptr> args) const -> expr_ptr;

  /// Counts how deep the descent is, for as long as it lives.
  struct level {
    explicit level(parser& owner);
    ~level() { --depth; }
    level(const level&) = delete;
    auto operator=(const level&) -> level& = delete;
    int& depth;
  };

  std::vector<token> tokens_;
  limits bounds_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

} // namespace mock_graph::hunting::kql
