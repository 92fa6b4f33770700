#include "tests/structure/source_text.hpp"

#include <cctype>

namespace structure {

namespace {

/// Walks over the text once and writes each character to the copies it belongs to.
class splitter {
public:
  explicit splitter(std::string_view text)
      : text_(text), code_(text.size(), ' '), comments_(text.size(), ' ') {
    while (at_ < text_.size()) {
      step();
    }
  }

  [[nodiscard]] auto code() const -> const std::string& { return code_; }
  [[nodiscard]] auto comments() const -> const std::string& { return comments_; }

private:
  void step() {
    if (ahead("//")) {
      copy_until("\n", comments_);
    } else if (ahead("/*")) {
      copy_until("*/", comments_);
    } else if (ahead("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) {
      skip_raw_string();
    } else if (text_[at_] == '"' || (text_[at_] == '\'' && !digit_before())) {
      skip_literal(text_[at_]);
    } else {
      put(code_);
    }
  }

  [[nodiscard]] auto ahead(std::string_view word) const -> bool {
    return text_.substr(at_).starts_with(word);
  }

  /// 1'000: that quote is no literal.
  [[nodiscard]] auto digit_before() const -> bool {
    return at_ > 0 && std::isxdigit(static_cast<unsigned char>(text_[at_ - 1])) != 0;
  }

  void put(std::string& copy) {
    copy[at_] = text_[at_];
    if (text_[at_] == '\n') {
      code_[at_] = comments_[at_] = '\n';
    }
    ++at_;
  }

  void copy_until(std::string_view end, std::string& copy) {
    put(copy);
    while (at_ < text_.size() && !ahead(end)) {
      put(copy);
    }
    for (std::size_t i = 0; i < end.size() && at_ < text_.size(); ++i) {
      put(copy);
    }
  }

  void skip_raw_string() {
    const auto open = text_.find('(', at_);
    const auto mark = open == std::string_view::npos ? "" : text_.substr(at_ + 2, open - at_ - 2);
    const auto end = ")" + std::string(mark) + "\"";
    copy_until(end, nowhere_);
  }

  void skip_literal(char quote) {
    put(code_);
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        put(nowhere_);
      }
      put(nowhere_);
    }
    if (at_ < text_.size()) {
      put(code_);
    }
  }

  std::string_view text_;
  std::string code_;
  std::string comments_;
  std::string nowhere_ = std::string(text_.size(), ' ');
  std::size_t at_ = 0;
};

} // namespace

auto lines_of(std::string_view text) -> std::vector<std::string> {
  auto lines = std::vector<std::string>();
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

auto is_word(char c) -> bool {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

auto read_source(std::string_view text) -> source_text {
  const auto parts = splitter(text);
  return {lines_of(text), lines_of(parts.code()), lines_of(parts.comments())};
}

} // namespace structure
