#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/parser.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"

namespace mock_graph::hunting::kql {

// hint.strategy=…, kind=…, withsource=…: a (dotted) name, "=", a word.
void parser::options(operation& made) {
  while (peek().what == token::kind::name && (at_symbol("=", 1) || at_symbol(".", 1))) {
    const auto name = option_name();
    need_symbol("=");
    if (peek().what == token::kind::symbol || peek().what == token::kind::end) {
      refuse();
    }
    made.options[name] = take().text;
  }
}

auto parser::option_name() -> std::string {
  auto name = need_name();
  while (take_symbol(".")) {
    name += "." + need_name();
  }
  return name;
}

auto parser::items() -> std::vector<item> {
  auto made = std::vector<item>();
  do {
    made.push_back(one_item());
  } while (take_symbol(","));
  return made;
}

auto parser::one_item() -> item {
  auto made = item();
  made.offset = peek().offset;
  const auto bracketed =
      at_symbol("[") && peek(1).what == token::kind::text && at_symbol("]", 2) && at_symbol("=", 3);
  if (bracketed || (peek().what == token::kind::name && at_symbol("=", 1))) {
    made.name = need_name();
    need_symbol("=");
  }
  if (at_symbol("*")) {
    made.what = make(node::star, take().offset, "*");
  } else {
    made.what = expression();
  }
  return made;
}

// Names that may hold `*`: adjacent names and stars are one pattern.
auto parser::patterns() -> std::vector<item> {
  auto made = std::vector<item>();
  do {
    auto part = item();
    part.offset = peek().offset;
    auto pattern = std::string();
    if (at_symbol("[")) {
      pattern = need_name();
    } else {
      for (auto end = peek().offset; peek().offset == end; end += tokens_[at_ - 1].length) {
        if (!at_symbol("*") && peek().what != token::kind::name) {
          break;
        }
        pattern += take().text;
      }
    }
    if (pattern.empty()) {
      refuse();
    }
    part.what = make(node::star, part.offset, std::move(pattern));
    order(part);
    made.push_back(std::move(part));
  } while (take_symbol(","));
  return made;
}

// `items` stops before asc/desc, so the parts after the first ordered one are read here.
auto parser::ordered(std::vector<item> parts) -> std::vector<item> {
  order(parts.back());
  while (take_symbol(",")) {
    parts.push_back(one_item());
    order(parts.back());
  }
  return parts;
}

void parser::order(item& part) {
  if (at_word("asc") || at_word("desc")) {
    part.ascending = take().text == "asc";
  }
  if (take_word("nulls")) {
    if (!at_word("first") && !at_word("last")) {
      refuse();
    }
    part.nulls_first = take().text == "first";
  }
}

void parser::summarize(operation& made) {
  while (at_word("hint") && at_symbol(".", 1)) {
    option_name();
    need_symbol("=");
    take();
  }
  if (!at_word("by")) {
    made.items = items();
  }
  if (take_word("by")) {
    made.by = items();
  }
}

void parser::join(operation& made) {
  options(made);
  made.tables.push_back(postfix());
  need_word("on");
  made.by = items();
}

void parser::unite(operation& made) {
  options(made);
  do {
    if (at_symbol("*")) {
      fail_unsupported("wildcard in 'union'", peek().offset);
    }
    made.tables.push_back(postfix());
  } while (take_symbol(","));
}

void parser::top(operation& made) {
  made.count = expression();
  need_word("by");
  made.items.push_back(one_item());
  order(made.items.back());
}

void parser::expand(operation& made) {
  while ((at_word("bagexpansion") || at_word("with_itemindex") || at_word("kind")) &&
         at_symbol("=", 1)) {
    const auto name = take().text;
    take();
    made.options[name] = need_name();
  }
  do {
    made.items.push_back(one_item());
    if (take_word("to")) {
      made.items.back().as = type_of();
    }
  } while (take_symbol(","));
  if (take_word("limit")) {
    made.count = expression();
  }
}

void parser::evaluate(operation& made) {
  options(made);
  auto part = item();
  part.offset = peek().offset;
  part.what = postfix();
  if (part.what->kind != node::call) {
    refuse();
  }
  if (part.what->text != "bag_unpack") {
    fail_unsupported("plugin '" + part.what->text + "'", part.offset);
  }
  if (at_symbol(":")) {
    fail_unsupported("output schema of 'evaluate'", peek().offset);
  }
  made.items.push_back(std::move(part));
}

// A chart changes nothing in the rows; its properties are read over.
void parser::render() {
  need_name();
  while (peek().what != token::kind::end && !at_symbol(";") && !at_symbol("|") && !at_symbol("}")) {
    if (take_symbol("(")) {
      while (!take_symbol(")")) {
        if (peek().what == token::kind::end) {
          refuse();
        }
        take();
      }
    } else if (at_symbol(")")) {
      return;
    } else {
      take();
    }
  }
}

void parser::datatable(operation& made) {
  need_symbol("(");
  do {
    auto name = need_name();
    need_symbol(":");
    const auto type = scalar_named(peek().text);
    if (!type) {
      refuse();
    }
    take();
    made.schema.push_back({std::move(name), *type});
  } while (take_symbol(","));
  need_symbol(")");
  need_symbol("[");
  while (!at_symbol("]")) {
    made.items.push_back(one_item());
    if (!take_symbol(",")) {
      break;
    }
  }
  if (made.items.size() % made.schema.size() != 0) {
    refuse();
  }
  need_symbol("]");
}

auto parser::type_of() -> scalar {
  need_word("typeof");
  need_symbol("(");
  const auto type = scalar_named(peek().text);
  if (peek().what != token::kind::name || !type) {
    refuse();
  }
  take();
  need_symbol(")");
  return *type;
}

} // namespace mock_graph::hunting::kql
