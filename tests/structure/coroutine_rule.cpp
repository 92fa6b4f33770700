#include "tests/structure/rules.hpp"

#include <algorithm>

namespace structure {

namespace {

struct position {
  std::size_t line = 0;
  std::size_t column = 0;
};

/// Reads code character by character over line ends.
class reader {
public:
  reader(const std::vector<std::string>& lines, position start) : lines_(lines), at_(start) {}

  [[nodiscard]] auto where() const -> position { return at_; }

  /// The next character, '\0' at the end of the file; a line end reads as a space.
  auto next() -> char {
    if (at_.line >= lines_.size()) {
      return '\0';
    }
    if (at_.column >= lines_[at_.line].size()) {
      at_ = {at_.line + 1, 0};
      return ' ';
    }
    return lines_[at_.line][at_.column++];
  }

private:
  const std::vector<std::string>& lines_;
  position at_;
};

/// Whether a capture list copies something into the lambda. References and `this` are pointers:
/// nothing is destroyed twice.
auto copies(const std::string& captures) -> bool {
  auto depth = 0;
  auto part = std::string();
  for (const auto c : captures + ",") {
    depth += c == '(' || c == '{' || c == '<' ? 1 : 0;
    depth -= c == ')' || c == '}' || c == '>' ? 1 : 0;
    if (c != ',' || depth != 0) {
      part += c == ' ' ? std::string() : std::string(1, c);
      continue;
    }
    if (!part.empty() && !part.starts_with('&') && part != "this") {
      return true;
    }
    part.clear();
  }
  return false;
}

/// A '[' opens a lambda where a value is expected: after ( , = & | ? : or `return`-like space.
auto expects_value(char before) -> bool {
  return std::string_view("(,=&|?:{").find(before) != std::string_view::npos;
}

auto read_captures(reader& r) -> std::string {
  auto captures = std::string();
  auto depth = 1;
  for (auto c = r.next(); c != '\0'; c = r.next()) {
    depth += c == '[' ? 1 : 0;
    depth -= c == ']' ? 1 : 0;
    if (depth == 0) {
      return captures;
    }
    captures += c;
  }
  return captures;
}

void check_expression(const inspected_file& file, position start, findings& found) {
  auto r = reader(file.text.code, start);
  auto depth = 0;
  auto before = '('; // what follows co_await is a value
  for (auto c = r.next(); c != '\0'; c = r.next()) {
    const auto line = r.where().line + 1;
    depth += c == '(' || c == '{' ? 1 : 0;
    depth -= c == ')' || c == '}' ? 1 : 0;
    if (depth < 0 || (c == ';' && depth == 0)) {
      return;
    }
    if (c == '[' && expects_value(before) && copies(read_captures(r))) {
      found.push_back({file.path,
                       line,
                       "a lambda that captures by value inside co_await: GCC 12 destroys it "
                       "twice; name it in a local first"});
      return;
    }
    before = c == ' ' ? before : c;
  }
}

} // namespace

void check_coroutines(const inspected_file& file, findings& found) {
  constexpr auto word = std::string_view("co_await");
  for (std::size_t i = 0; i < file.text.code.size(); ++i) {
    const auto& line = file.text.code[i];
    for (auto at = line.find(word); at != std::string::npos; at = line.find(word, at + 1)) {
      const auto end = at + word.size();
      if ((at == 0 || !is_word(line[at - 1])) && (end == line.size() || !is_word(line[end]))) {
        check_expression(file, {i, end}, found);
      }
    }
  }
}

} // namespace structure
