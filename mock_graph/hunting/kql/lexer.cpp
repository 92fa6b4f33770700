#include "mock_graph/hunting/kql/lexer.hpp"

#include "mock_graph/hunting/kql/failure.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::hunting::kql {
namespace {

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

auto is_name_start(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

auto is_name_part(char c) -> bool {
  return is_name_start(c) || is_digit(c);
}

auto is_space(char c) -> bool {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

constexpr auto typed_names = std::array<std::string_view, 12>{"datetime",
                                                              "date",
                                                              "timespan",
                                                              "time",
                                                              "dynamic",
                                                              "guid",
                                                              "int",
                                                              "long",
                                                              "real",
                                                              "double",
                                                              "bool",
                                                              "boolean"};

// Longest first: the first that fits is taken.
constexpr auto symbols = std::array<std::string_view, 29>{
    "==", "=~", "!=", "!~", "<=", ">=", "<>", "..", "=>", "(", ")", "[", "]", "{", "}",
    "|",  ",",  ";",  ":",  "=",  "<",  ">",  "+",  "-",  "*", "/", "%", ".", "~"};

class lexer {
public:
  explicit lexer(std::string_view query) : query_(query) {}

  auto run() -> std::vector<token> {
    for (skip_blank(); at_ < query_.size(); skip_blank()) {
      next();
    }
    add(token::kind::end, query_.size(), "");
    return std::move(tokens_);
  }

private:
  [[nodiscard]] auto peek(std::size_t ahead = 0) const -> char {
    return at_ + ahead < query_.size() ? query_[at_ + ahead] : '\0';
  }

  [[nodiscard]] auto starts_with(std::string_view text) const -> bool {
    return query_.substr(at_).starts_with(text);
  }

  void add(token::kind what, std::size_t from, std::string text, std::string inner = {}) {
    tokens_.push_back({what, std::move(text), std::move(inner), from, at_ - from});
  }

  void skip_blank() {
    while (at_ < query_.size()) {
      if (is_space(query_[at_])) {
        ++at_;
      } else if (starts_with("//")) {
        at_ = std::min(query_.find('\n', at_), query_.size());
      } else {
        return;
      }
    }
  }

  void next() {
    const auto c = peek();
    const auto prefixed = (c == '@' || c == 'h' || c == 'H') && (peek(1) == '"' || peek(1) == '\'');
    if (starts_with("```")) {
      fenced_text();
    } else if (c == '"' || c == '\'') {
      quoted_text();
    } else if (prefixed && c == '@') {
      verbatim_text();
    } else if (prefixed) {
      ++at_; // h"…": a string the service hides in its logs
      quoted_text();
    } else if (is_digit(c)) {
      number();
    } else if (is_name_start(c)) {
      name();
    } else if (c == '!' && is_name_start(peek(1))) {
      negated_word();
    } else {
      symbol();
    }
  }

  void fenced_text() {
    const auto from = at_;
    const auto to = query_.find("```", at_ + 3);
    if (to == std::string_view::npos) {
      fail_syntax(query_.substr(from, 20), from);
    }
    at_ = to + 3;
    add(token::kind::text, from, std::string(query_.substr(from + 3, to - from - 3)));
  }

  void verbatim_text() {
    const auto from = at_++;
    const auto quote = query_[at_++];
    auto text = std::string();
    for (;; ++at_) {
      if (at_ >= query_.size()) {
        fail_syntax(query_.substr(from, 20), from);
      }
      if (query_[at_] == quote) {
        if (peek(1) != quote) {
          break;
        }
        ++at_;
      }
      text += query_[at_];
    }
    ++at_;
    add(token::kind::text, from, std::move(text));
  }

  void quoted_text() {
    const auto from = at_;
    const auto quote = query_[at_++];
    auto text = std::string();
    while (peek() != quote) {
      if (at_ >= query_.size() || peek() == '\n') {
        fail_syntax(query_.substr(from, at_ - from), from);
      }
      if (peek() == '\\') {
        escape(text);
      } else {
        text += query_[at_++];
      }
    }
    ++at_;
    add(token::kind::text, from, std::move(text));
  }

  void escape(std::string& text) {
    const auto from = at_++;
    const auto c = peek();
    ++at_;
    switch (c) {
    case 'n':
      text += '\n';
      return;
    case 't':
      text += '\t';
      return;
    case 'r':
      text += '\r';
      return;
    case '0':
      text += '\0';
      return;
    case '\\':
    case '\'':
    case '"':
    case '/':
      text += c;
      return;
    case 'u':
      unicode(text, from);
      return;
    default:
      fail_syntax(query_.substr(from, 2), from);
    }
  }

  void unicode(std::string& text, std::size_t from) {
    auto code = 0U;
    for (auto i = 0; i < 4; ++i, ++at_) {
      const auto c = peek();
      const auto letter = static_cast<char>(c | 0x20);
      if (!is_digit(c) && (letter < 'a' || letter > 'f')) {
        fail_syntax(query_.substr(from, 6), from);
      }
      code = code * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : letter - 'a' + 10);
    }
    if (code < 0x80) {
      text += static_cast<char>(code);
    } else if (code < 0x800) {
      text += static_cast<char>(0xC0 | (code >> 6));
      text += static_cast<char>(0x80 | (code & 0x3F));
    } else {
      text += static_cast<char>(0xE0 | (code >> 12));
      text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
      text += static_cast<char>(0x80 | (code & 0x3F));
    }
  }

  void digits() {
    while (is_digit(peek())) {
      ++at_;
    }
  }

  void number() {
    const auto from = at_;
    auto what = token::kind::integer;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at_ += 2;
    } else {
      digits();
      if (peek() == '.' && is_digit(peek(1))) {
        what = token::kind::real;
        ++at_;
        digits();
      }
      const auto sign = static_cast<std::size_t>(peek(1) == '+' || peek(1) == '-');
      if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
        what = token::kind::real;
        at_ += 1 + sign;
        digits();
      }
    }
    const auto hex = what == token::kind::integer && at_ - from == 2 && query_[from + 1] != '.' &&
                     !is_digit(query_[from + 1]);
    const auto suffix_from = at_;
    while (is_name_part(peek())) {
      ++at_;
    }
    if (at_ > suffix_from && !hex) {
      what = token::kind::span;
    }
    add(what, from, std::string(query_.substr(from, at_ - from)));
  }

  void name() {
    const auto from = at_;
    while (is_name_part(peek())) {
      ++at_;
    }
    const auto word = query_.substr(from, at_ - from);
    if (word == "in" && peek() == '~') {
      ++at_;
      add(token::kind::symbol, from, "in~");
    } else if (std::find(typed_names.begin(), typed_names.end(), word) != typed_names.end() &&
               opens_typed(from)) {
      typed(from, word);
    } else {
      add(token::kind::name, from, std::string(word));
    }
  }

  // `a.time(…)` cannot be, but `bag.time` and `typeof(int)` are names.
  [[nodiscard]] auto opens_typed(std::size_t from) const -> bool {
    auto next = at_;
    while (next < query_.size() && is_space(query_[next])) {
      ++next;
    }
    return next < query_.size() && query_[next] == '(' && (from == 0 || query_[from - 1] != '.');
  }

  void typed(std::size_t from, std::string_view word) {
    at_ = query_.find('(', at_) + 1;
    const auto inner_from = at_;
    auto open = 1;
    auto quote = '\0';
    for (; at_ < query_.size(); ++at_) {
      const auto c = query_[at_];
      if (quote != '\0') {
        at_ += c == '\\' ? 1U : 0U;
        quote = c == quote ? '\0' : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(') {
        ++open;
      } else if (c == ')' && --open == 0) {
        break;
      }
    }
    if (at_ >= query_.size()) {
      fail_syntax(word, from);
    }
    const auto inner = query_.substr(inner_from, at_++ - inner_from);
    add(token::kind::typed, from, std::string(word), std::string(inner));
  }

  void negated_word() {
    const auto from = at_++;
    while (is_name_part(peek())) {
      ++at_;
    }
    if (query_.substr(from, at_ - from) == "!in" && peek() == '~') {
      ++at_;
    }
    add(token::kind::symbol, from, std::string(query_.substr(from, at_ - from)));
  }

  void symbol() {
    for (const auto candidate : symbols) {
      if (starts_with(candidate)) {
        const auto from = at_;
        at_ += candidate.size();
        add(token::kind::symbol, from, std::string(candidate));
        return;
      }
    }
    fail_syntax(query_.substr(at_, 1), at_);
  }

  std::string_view query_;
  std::size_t at_ = 0;
  std::vector<token> tokens_;
};

} // namespace

auto tokenize(std::string_view query) -> std::vector<token> {
  return lexer(query).run();
}

} // namespace mock_graph::hunting::kql
