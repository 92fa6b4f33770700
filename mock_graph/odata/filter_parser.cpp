#include "core/seams/letters.hpp"
#include "mock_graph/odata/filter_tree.hpp"
#include "mock_graph/odata/lexer.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::odata {
namespace {

struct relation_word {
  std::string_view word;
  relation op;
};
constexpr auto relations = std::array{relation_word{"eq", relation::equal},
                                      relation_word{"ne", relation::not_equal},
                                      relation_word{"gt", relation::greater},
                                      relation_word{"ge", relation::greater_equal},
                                      relation_word{"lt", relation::less},
                                      relation_word{"le", relation::less_equal}};

struct function_word {
  std::string_view word;
  function which;
};
constexpr auto functions = std::array{function_word{"contains", function::contains},
                                      function_word{"startswith", function::starts_with},
                                      function_word{"endswith", function::ends_with},
                                      function_word{"tolower", function::to_lower},
                                      function_word{"toupper", function::to_upper},
                                      function_word{"length", function::length}};

auto too_deep() -> api_error {
  return invalid_filter("Recursion depth exceeded allowed limit.");
}

template <class T> auto make(T form) -> expression_ptr {
  return std::make_unique<expression>(expression{std::move(form)});
}

/// Recursive descent with a bound on depth. Operators and functions are recognised in any case, as
/// Graph's documentation itself writes `startsWith` [inferred for the operators].
class parser {
public:
  parser(std::string_view text, std::vector<token> tokens)
      : text_(text), tokens_(std::move(tokens)) {}

  auto run() -> outcome<expression_ptr> {
    auto root = either();
    if (root && !is(token::sort::end)) {
      return unexpected();
    }
    return root;
  }

private:
  using parsed = outcome<expression_ptr>;

  struct level {
    explicit level(int& depth) : depth_(depth) { ++depth_; }
    level(const level&) = delete;
    auto operator=(const level&) -> level& = delete;
    ~level() { --depth_; }
    [[nodiscard]] auto too_deep() const -> bool { return depth_ > filter_depth_max; }
    int& depth_;
  };

  [[nodiscard]] auto now() const -> const token& { return tokens_[at_]; }
  [[nodiscard]] auto is(token::sort what) const -> bool { return now().what == what; }
  [[nodiscard]] auto is_word(std::string_view word) const -> bool {
    return is(token::sort::name) && seams::lower_case(std::string(now().text)) == word;
  }
  auto accept(token::sort what) -> bool {
    const auto found = is(what);
    at_ += found ? 1 : 0;
    return found;
  }
  auto accept_word(std::string_view word) -> bool {
    const auto found = is_word(word);
    at_ += found ? 1 : 0;
    return found;
  }
  [[nodiscard]] auto unexpected() const -> api_error { return syntax_error(now().position, text_); }

  auto either() -> parsed { return chain("or", &parser::every); }
  auto every() -> parsed { return chain("and", &parser::related); }

  auto chain(std::string_view word, parsed (parser::*operand)()) -> parsed {
    auto first = (this->*operand)();
    if (!first || !is_word(word)) {
      return first;
    }
    auto all = junction{word == "and", {}};
    all.parts.push_back(*std::move(first));
    while (accept_word(word)) {
      auto more = (this->*operand)();
      if (!more) {
        return more;
      }
      all.parts.push_back(*std::move(more));
    }
    return make(std::move(all));
  }

  auto related() -> parsed {
    auto left = unary();
    if (!left) {
      return left;
    }
    if (accept_word("in")) {
      return listed(*std::move(left));
    }
    for (const auto& [word, op] : relations) {
      if (accept_word(word)) {
        auto right = unary();
        return right ? make(comparison{op, *std::move(left), *std::move(right)}) : std::move(right);
      }
    }
    return left;
  }

  auto listed(expression_ptr left) -> parsed {
    auto out = membership{std::move(left), {}};
    if (!accept(token::sort::open)) {
      return unexpected();
    }
    do {
      auto one = literal();
      if (!one) {
        return unexpected();
      }
      out.among.push_back(*std::move(one));
    } while (accept(token::sort::comma));
    if (!accept(token::sort::close)) {
      return unexpected();
    }
    return make(std::move(out));
  }

  auto literal() -> std::optional<constant> {
    if (is(token::sort::literal)) {
      const auto& found = tokens_[at_++];
      return constant{found.content, found.type};
    }
    if (accept_word("null")) {
      return constant{};
    }
    if (is_word("true") || is_word("false")) {
      const auto truth = is_word("true");
      ++at_;
      return constant{truth, kind::boolean};
    }
    return {};
  }

  auto unary() -> parsed {
    const auto deeper = level{depth_};
    if (deeper.too_deep()) {
      return too_deep();
    }
    if (accept_word("not")) {
      auto operand = unary();
      return operand ? make(negation{*std::move(operand)}) : std::move(operand);
    }
    if (accept(token::sort::open)) {
      auto inside = either();
      if (inside && !accept(token::sort::close)) {
        return unexpected();
      }
      return inside;
    }
    if (auto constant = literal()) {
      return make(*std::move(constant));
    }
    return is(token::sort::name) ? named() : unexpected();
  }

  auto named() -> parsed {
    const auto& first = tokens_[at_++];
    if (is(token::sort::open)) {
      return called(first);
    }
    auto path = property_path{};
    const auto open = std::find(variables_.rbegin(), variables_.rend(), first.text);
    if (open == variables_.rend()) {
      path.names.emplace_back(first.text);
    } else {
      path.variable = static_cast<int>(std::distance(open, variables_.rend())) - 1;
    }
    while (accept(token::sort::slash)) {
      if (!is(token::sort::name)) {
        return unexpected();
      }
      const auto any_or_all = is_word("any") || is_word("all");
      if (any_or_all && tokens_[at_ + 1].what == token::sort::open) {
        return quantified(std::move(path));
      }
      path.names.emplace_back(tokens_[at_++].text);
    }
    return make(std::move(path));
  }

  auto called(const token& name) -> parsed {
    const auto wanted = seams::lower_case(std::string(name.text));
    const auto known = std::find_if(
        functions.begin(), functions.end(), [&](const auto& each) { return each.word == wanted; });
    if (known == functions.end()) {
      return invalid_filter("An unknown function with name '" + std::string(name.text) +
                            "' was found. This may also be a function import or a key lookup on a "
                            "navigation property, which is not allowed.");
    }
    auto out = call{known->which, {}};
    accept(token::sort::open);
    do {
      auto argument = either();
      if (!argument) {
        return argument;
      }
      out.arguments.push_back(*std::move(argument));
    } while (accept(token::sort::comma));
    if (!accept(token::sort::close)) {
      return unexpected();
    }
    return make(std::move(out));
  }

  auto quantified(property_path collection) -> parsed {
    auto out = lambda{is_word("all"), std::move(collection), nullptr};
    at_ += 2;
    if (!out.all && accept(token::sort::close)) {
      return make(std::move(out));
    }
    if (!is(token::sort::name) || tokens_[at_ + 1].what != token::sort::colon) {
      return unexpected();
    }
    variables_.push_back(now().text);
    at_ += 2;
    auto body = either();
    variables_.pop_back();
    if (!body) {
      return body;
    }
    out.body = *std::move(body);
    if (!accept(token::sort::close)) {
      return unexpected();
    }
    return make(std::move(out));
  }

  std::string_view text_;
  std::vector<token> tokens_;
  std::vector<std::string_view> variables_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

} // namespace

auto parse_filter_tree(std::string_view text) -> outcome<expression_ptr> {
  auto tokens = tokenize(text);
  if (!tokens) {
    return tokens.error();
  }
  return parser{text, *std::move(tokens)}.run();
}

} // namespace mock_graph::odata
