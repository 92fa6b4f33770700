#include "core/toml_reading/parse.hpp"

#include <algorithm>

namespace core::toml_reading {

namespace {

/// Follows just enough of TOML's lexis to tell keys from strings and comments. On text that is not
/// TOML it may go astray, but only behind the first syntax error, where the parser has stopped.
class prescan {
public:
  prescan(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  auto run() -> std::optional<diagnostic> {
    while (at_ < text_.size()) {
      const auto c = text_[at_];
      if (c == '"' || c == '\'') {
        skip_string(c);
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        step(c);
      }
      if (parts_ > key_parts_max) {
        return wrong("a key is nested too deeply", "at most 32 parts");
      }
      if (brackets_ > brackets_max) {
        return wrong("a value is nested too deeply", "at most 32 brackets inside each other");
      }
      if (values_ > values_max) {
        return wrong("too many values", "at most 1000000 in a file");
      }
    }
    return std::nullopt;
  }

private:
  void step(char c) {
    if (c == '\n') {
      ++line_;
      line_start_ = at_ + 1;
    }
    if (c == '[' || c == '{') {
      ++brackets_;
    } else if ((c == ']' || c == '}') && brackets_ > 0) {
      --brackets_;
    }
    if (c == '.') {
      ++parts_;
    } else if (c == '\n' || c == '=' || c == ',' || c == '{' || c == '[') {
      parts_ = 1;
      values_ += (c == '\n') ? 0U : 1U;
    }
    ++at_;
  }

  void skip_string(char quote) {
    const auto triple = std::string(3, quote);
    const auto many = text_.substr(at_, 3) == triple;
    at_ += many ? 3 : 1;
    while (at_ < text_.size()) {
      const auto c = text_[at_];
      if (c == '\n') {
        if (!many) {
          return;
        }
        ++line_;
        line_start_ = at_ + 1;
      }
      if (c == '\\' && quote == '"' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') {
        at_ += 2;
      } else if (many ? text_.substr(at_, 3) == triple : c == quote) {
        at_ += many ? 3 : 1;
        skip_inner_quotes(many, quote);
        return;
      } else {
        ++at_;
      }
    }
  }

  /// A string in triple quotes may end in up to two quotes of its own: '""""a"""""'.
  void skip_inner_quotes(bool many, char quote) {
    for (auto own = 0; many && own < 2 && at_ < text_.size() && text_[at_] == quote; ++own) {
      ++at_;
    }
  }

  [[nodiscard]] auto wrong(std::string message, std::string expected) const -> diagnostic {
    const auto column = static_cast<std::uint32_t>(at_ - line_start_);
    return {file_, {line_, std::max(column, 1U)}, std::move(message), std::move(expected), {}};
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t line_start_ = 0;
  std::size_t parts_ = 1;
  std::size_t brackets_ = 0;
  std::size_t values_ = 0;
};

} // namespace

auto broken_bound(std::string_view text, const std::string& file) -> std::optional<diagnostic> {
  if (text.size() > file_bytes_max) {
    return diagnostic{file, {}, "the file is too large", "at most 16 MiB", {}};
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return diagnostic{
        file, {}, "the file is empty", R"(keys and values: name = "..." and so on)", {}};
  }
  return prescan{text, file}.run();
}

} // namespace core::toml_reading
