#include "mock_graph/hunting/kql/parser.hpp"

#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"

#include <algorithm>

namespace mock_graph::hunting::kql {

auto parse(std::string_view query, const limits& bounds) -> script {
  if (query.size() > bounds.query_chars_max) {
    fail_too_large("The query is longer than the allowed size.", bounds.query_chars_max);
  }
  return parser(tokenize(query), bounds).whole();
}

auto parser::whole() -> script {
  auto made = statements("");
  if (peek().what != token::kind::end) {
    refuse();
  }
  return made;
}

auto parser::statements(std::string_view end) -> script {
  auto made = script();
  while (true) {
    while (take_symbol(";")) {
    }
    if (peek().what == token::kind::end || (!end.empty() && at_symbol(end))) {
      break;
    }
    if (made.result) {
      fail_unsupported("second tabular statement", peek().offset);
    }
    if (at_word("let") && peek(1).what == token::kind::name) {
      made.lets.push_back(let());
    } else if ((at_word("set") || at_word("declare") || at_word("alias")) &&
               peek(1).what == token::kind::name) {
      fail_unsupported("statement '" + peek().text + "'", peek().offset);
    } else {
      made.result = query_or_expression();
    }
    if (!at_symbol(";") && peek().what != token::kind::end && (end.empty() || !at_symbol(end))) {
      refuse();
    }
  }
  if (!made.result) {
    refuse();
  }
  return made;
}

auto parser::let() -> definition {
  auto made = definition();
  need_word("let");
  made.offset = peek().offset;
  made.name = need_name();
  need_symbol("=");
  if (opens_lambda()) {
    lambda(made);
  } else {
    made.what = query_or_expression();
  }
  return made;
}

auto parser::opens_lambda() const -> bool {
  const auto at = at_word("view") ? std::size_t{1} : std::size_t{0};
  return at_symbol("(", at) && ((at_symbol(")", at + 1) && at_symbol("{", at + 2)) ||
                                (peek(at + 1).what == token::kind::name && at_symbol(":", at + 2)));
}

void parser::lambda(definition& made) {
  const auto deeper = level(*this);
  take_word("view");
  need_symbol("(");
  while (!at_symbol(")")) {
    made.parameters.push_back(lambda_parameter());
    if (!take_symbol(",")) {
      break;
    }
  }
  need_symbol(")");
  need_symbol("{");
  made.body = std::make_shared<const script>(statements("}"));
  need_symbol("}");
}

auto parser::lambda_parameter() -> parameter {
  auto made = parameter{need_name(), std::nullopt};
  need_symbol(":");
  if (take_symbol("(")) {
    while (!at_symbol(")") && peek().what != token::kind::end) {
      take();
    }
    need_symbol(")");
  } else {
    const auto& word = peek();
    made.type = scalar_named(word.text);
    if (word.what != token::kind::name || !made.type) {
      refuse();
    }
    take();
  }
  if (at_symbol("=")) {
    fail_unsupported("default value of a parameter", peek().offset);
  }
  return made;
}

auto parser::leads_query() const -> bool {
  const auto& next = peek(1);
  const auto opens = next.what == token::kind::symbol && next.text == "(";
  if (at_word("datatable")) {
    return opens;
  }
  if (at_word("print")) {
    return next.what != token::kind::symbol || next.text == "(" || next.text == "-" ||
           next.text == "[";
  }
  const auto named = next.what == token::kind::name;
  const auto unsupported = at_word("range") || at_word("search") || at_word("find") ||
                           at_word("externaldata") || at_word("evaluate");
  return (at_word("union") && (opens || named)) || (unsupported && named);
}

auto parser::query_or_expression() -> expr_ptr {
  if (leads_query()) {
    return piped(nullptr);
  }
  auto made = expression();
  return at_symbol("|") ? piped(std::move(made)) : std::move(made);
}

auto parser::piped(expr_ptr source) -> expr_ptr {
  auto made = make(node::subquery, source ? source->offset : peek().offset, "");
  made->query = std::make_unique<pipeline>();
  made->query->offset = made->offset;
  if (!source) {
    made->query->steps.push_back(step());
  }
  made->query->source = std::move(source);
  while (take_symbol("|")) {
    made->query->steps.push_back(step());
  }
  return made;
}

// "project", "-", "away" written without blanks is one name.
auto parser::operator_name() -> std::string {
  auto name = std::string();
  auto end = peek().offset + peek().length;
  name = need_name();
  while (at_symbol("-") && peek().offset == end && peek(1).what == token::kind::name &&
         peek(1).offset == end + 1) {
    take();
    end = peek().offset + peek().length;
    name += "-" + need_name();
  }
  return name;
}

auto parser::step() -> operation {
  auto made = operation();
  made.offset = peek().offset;
  made.name = operator_name();
  if (made.name == "filter") {
    made.name = "where";
  } else if (made.name == "limit") {
    made.name = "take";
  } else if (made.name == "order") {
    made.name = "sort";
  } else if (made.name == "mvexpand") {
    made.name = "mv-expand";
  }
  arguments_of(made);
  return made;
}

void parser::arguments_of(operation& made) {
  const auto& name = made.name;
  if (name == "where") {
    made.items.emplace_back();
    made.items.back().offset = peek().offset;
    made.items.back().what = expression();
  } else if (name == "project" || name == "extend" || name == "print" || name == "project-rename" ||
             name == "distinct") {
    made.items = items();
  } else if (name == "project-away" || name == "project-keep" || name == "project-reorder") {
    made.items = patterns();
  } else if (name == "summarize") {
    summarize(made);
  } else if (name == "sort") {
    need_word("by");
    made.items = ordered(items());
  } else if (name == "top") {
    top(made);
  } else if (name == "take") {
    made.count = expression();
  } else if (name == "join") {
    join(made);
  } else if (name == "union") {
    unite(made);
  } else if (name == "mv-expand") {
    expand(made);
  } else if (name == "evaluate") {
    evaluate(made);
  } else if (name == "render") {
    render();
  } else if (name == "datatable") {
    datatable(made);
  } else if (name != "count" && name != "getschema" && name != "serialize") {
    fail_unsupported("operator '" + name + "'", made.offset);
  }
}

auto parser::peek(std::size_t ahead) const -> const token& {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

auto parser::at_symbol(std::string_view text, std::size_t ahead) const -> bool {
  return peek(ahead).what == token::kind::symbol && peek(ahead).text == text;
}

auto parser::at_word(std::string_view text, std::size_t ahead) const -> bool {
  return peek(ahead).what == token::kind::name && peek(ahead).text == text;
}

auto parser::take() -> token {
  auto taken = peek();
  at_ = std::min(at_ + 1, tokens_.size() - 1);
  return taken;
}

auto parser::take_symbol(std::string_view text) -> bool {
  return at_symbol(text) && (take(), true);
}

auto parser::take_word(std::string_view text) -> bool {
  return at_word(text) && (take(), true);
}

void parser::need_symbol(std::string_view text) {
  if (!take_symbol(text)) {
    refuse();
  }
}

void parser::need_word(std::string_view text) {
  if (!take_word(text)) {
    refuse();
  }
}

// A plain name, or ['any text'].
auto parser::need_name() -> std::string {
  if (at_symbol("[") && peek(1).what == token::kind::text && at_symbol("]", 2)) {
    take();
    auto name = take().text;
    take();
    return name;
  }
  if (peek().what != token::kind::name) {
    refuse();
  }
  return take().text;
}

void parser::refuse() const {
  const auto& here = peek();
  fail_syntax(here.text, here.offset);
}

auto parser::make(node kind, std::size_t offset, std::string text) const -> expr_ptr {
  auto made = std::make_unique<expr>();
  made->kind = kind;
  made->offset = offset;
  made->text = std::move(text);
  return made;
}

auto parser::with_args(expr_ptr made, std::vector<expr_ptr> args) const -> expr_ptr {
  for (const auto& arg : args) {
    made->height = std::max(made->height, arg->height + 1);
  }
  if (made->height > bounds_.height_max) {
    fail_too_large("The expression has too many operators in a chain.", made->offset);
  }
  made->args = std::move(args);
  return made;
}

parser::level::level(parser& owner) : depth(owner.depth_) {
  if (++depth > owner.bounds_.nesting_max) {
    --depth;
    fail_too_large("The query is nested too deeply.", owner.peek().offset);
  }
}

} // namespace mock_graph::hunting::kql
