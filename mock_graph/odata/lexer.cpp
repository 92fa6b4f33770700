#include "mock_graph/odata/lexer.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/odata/literal/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mock_graph::odata {
namespace {

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}
auto is_letter(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
auto is_hex(char c) -> bool {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
auto is_blank(char c) -> bool {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

auto at_position(std::size_t position, std::string_view text) -> std::string {
  return " at position " + std::to_string(position) + " in '" + std::string(text) + "'.";
}

/// Length of the GUID that `text` starts with, or 0.
auto guid_length(std::string_view text) -> std::size_t {
  constexpr auto length = std::size_t{36};
  if (text.size() < length) {
    return 0;
  }
  for (auto i = std::size_t{0}; i < length; ++i) {
    const auto dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) {
      return 0;
    }
  }
  const auto goes_on = text.size() > length &&
                       (is_letter(text[length]) || is_digit(text[length]) || text[length] == '-');
  return goes_on ? 0 : length;
}

class lexer {
public:
  explicit lexer(std::string_view text) : text_(text) {}

  auto run() -> outcome<std::vector<token>> {
    while (true) {
      while (at_ < text_.size() && is_blank(text_[at_])) {
        ++at_;
      }
      if (at_ == text_.size()) {
        out_.push_back({token::sort::end, {}, at_});
        return std::move(out_);
      }
      if (auto failed = next()) {
        return *std::move(failed);
      }
    }
  }

private:
  using failure = std::optional<api_error>;

  auto next() -> failure {
    const auto rest = text_.substr(at_);
    if (const auto length = guid_length(rest); length != 0) {
      take(length,
           token::sort::literal,
           seams::lower_case(std::string(rest.substr(0, length))),
           kind::guid);
      return {};
    }
    if (rest.front() == '\'') {
      return quoted(0);
    }
    if (is_digit(rest.front()) || rest.front() == '-') {
      return number_or_time();
    }
    if (is_letter(rest.front())) {
      return name();
    }
    return mark();
  }

  auto mark() -> failure {
    constexpr auto marks = std::string_view{"(),/:"};
    constexpr auto sorts = std::array{token::sort::open,
                                      token::sort::close,
                                      token::sort::comma,
                                      token::sort::slash,
                                      token::sort::colon};
    const auto which = marks.find(text_[at_]);
    if (which == std::string_view::npos) {
      return invalid_filter("Syntax error: character '" + whole_character() + "' is not valid" +
                            at_position(at_, text_));
    }
    take(1, sorts[which], {}, {});
    return {};
  }

  [[nodiscard]] auto whole_character() const -> std::string {
    auto length = std::size_t{1};
    while (at_ + length < text_.size() &&
           (static_cast<unsigned char>(text_[at_ + length]) & 0xC0U) == 0x80U) {
      ++length;
    }
    return std::string(text_.substr(at_, length));
  }

  /// A string whose opening quote stands `prefix` bytes ahead (after the type of an enumeration).
  auto quoted(std::size_t prefix) -> failure {
    auto content = std::string{};
    for (auto i = at_ + prefix + 1; i < text_.size(); ++i) {
      if (text_[i] != '\'') {
        content += text_[i];
      } else if (i + 1 < text_.size() && text_[i + 1] == '\'') {
        content += '\'';
        ++i;
      } else {
        take(i + 1 - at_,
             token::sort::literal,
             std::move(content),
             prefix == 0 ? kind::string : kind::enumeration);
        return {};
      }
    }
    return invalid_filter("There is an unterminated string literal" +
                          at_position(text_.size(), text_));
  }

  auto number_or_time() -> failure {
    auto length = std::size_t{1};
    const auto rest = text_.substr(at_);
    while (length < rest.size() &&
           (is_digit(rest[length]) || is_letter(rest[length]) ||
            std::string_view{".:+-"}.find(rest[length]) != std::string_view::npos)) {
      ++length;
    }
    const auto word = rest.substr(0, length);
    const auto looks_dated =
        word.size() > 4 && word[4] == '-' && std::all_of(word.begin(), word.begin() + 4, is_digit);
    return looks_dated ? time(word) : number(word);
  }

  auto time(std::string_view word) -> failure {
    const auto at = parse_date_time(word);
    if (!at) {
      return invalid_filter(at.error().message);
    }
    take(word.size(), token::sort::literal, *at, kind::date_time);
    return {};
  }

  auto number(std::string_view word) -> failure {
    auto whole = std::int64_t{};
    const auto* last = word.data() + word.size();
    if (const auto [end, fault] = std::from_chars(word.data(), last, whole);
        fault == std::errc{} && end == last) {
      const auto small = whole >= INT32_MIN && whole <= INT32_MAX;
      take(word.size(), token::sort::literal, whole, small ? kind::int32 : kind::int64);
      return {};
    }
    auto real = double{};
    if (const auto [end, fault] = std::from_chars(word.data(), last, real);
        fault == std::errc{} && end == last && word.find_first_of("0123456789") <= 1) {
      take(word.size(), token::sort::literal, real, kind::real);
      return {};
    }
    return syntax_error(at_, text_);
  }

  auto name() -> failure {
    auto length = std::size_t{1};
    const auto rest = text_.substr(at_);
    while (length < rest.size() &&
           (is_letter(rest[length]) || is_digit(rest[length]) || rest[length] == '.')) {
      ++length;
    }
    const auto dotted = rest.substr(0, length).find('.') != std::string_view::npos;
    if (dotted && length < rest.size() && rest[length] == '\'') {
      return quoted(length);
    }
    take(length, token::sort::name, {}, {});
    return {};
  }

  void take(std::size_t length, token::sort what, value content, kind type) {
    out_.push_back({what, text_.substr(at_, length), at_, std::move(content), type});
    at_ += length;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<token> out_;
};

} // namespace

auto syntax_error(std::size_t position, std::string_view text) -> api_error {
  return invalid_filter("Syntax error" + at_position(position, text));
}

auto tokenize(std::string_view text) -> outcome<std::vector<token>> {
  return lexer{text}.run();
}

} // namespace mock_graph::odata
