#include "core/json/check.hpp"

#include "core/json/scan.hpp"

#include <algorithm>
#include <bitset>
#include <string>

namespace core::json {
namespace {

constexpr auto depth_limit = std::size_t{1024};

/// The length of the UTF-8 sequence at `at`, whose first byte is above 0x7f; 0 if it is not
/// one of the well-formed sequences of table 3-7 of the Unicode standard.
auto utf8_length(const char* at, const char* end) -> std::ptrdiff_t {
  const auto byte = [at](int i) { return static_cast<unsigned char>(at[i]); };
  const auto is_tail = [&](int i) { return (byte(i) & 0xc0) == 0x80; };
  const auto room = end - at;
  const auto first = byte(0);
  if (first >= 0xc2 && first <= 0xdf) {
    return room >= 2 && is_tail(1) ? 2 : 0;
  }
  if ((first & 0xf0) == 0xe0) {
    if (room < 3 || !is_tail(1) || !is_tail(2)) {
      return 0;
    }
    const auto overlong = first == 0xe0 && byte(1) < 0xa0;
    const auto surrogate = first == 0xed && byte(1) > 0x9f;
    return overlong || surrogate ? 0 : 3;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if (room < 4 || !is_tail(1) || !is_tail(2) || !is_tail(3)) {
      return 0;
    }
    const auto overlong = first == 0xf0 && byte(1) < 0x90;
    const auto beyond = first == 0xf4 && byte(1) > 0x8f;
    return overlong || beyond ? 0 : 4;
  }
  return 0;
}

/// What may stand at the next byte that is no white space.
enum class expected { value, value_or_end, name, name_or_end, separator, nothing };

class checker {
public:
  checker(std::string_view text, std::size_t depth_max)
      : begin_(text.data()), at_(begin_), end_(begin_ + text.size()),
        depth_max_(std::min(depth_max, depth_limit)) {}

  auto run() -> bool {
    if (std::string_view(at_, size_left()).starts_with(detail::byte_order_mark)) {
      at_ += detail::byte_order_mark.size();
    }
    auto next = expected::value;
    for (;;) {
      at_ = detail::skip_space(at_, end_);
      if (at_ == end_) {
        return next == expected::nothing || refuse("the text ends here, inside a value");
      }
      if (!step(next)) {
        return false;
      }
    }
  }

  [[nodiscard]] auto why() const -> std::string {
    return "byte " + std::to_string(at_ - begin_) + ": " + problem_;
  }

private:
  [[nodiscard]] auto size_left() const -> std::size_t {
    return static_cast<std::size_t>(end_ - at_);
  }

  auto refuse(const char* problem) -> bool {
    problem_ = problem;
    return false;
  }

  auto step(expected& next) -> bool {
    switch (next) {
    case expected::value_or_end:
      return *at_ == ']' ? close(next) : value(next);
    case expected::value:
      return value(next);
    case expected::name_or_end:
      return *at_ == '}' ? close(next) : name(next);
    case expected::name:
      return name(next);
    case expected::separator:
      return separator(next);
    case expected::nothing:
      break;
    }
    return refuse("the value has ended, yet the text goes on");
  }

  auto value(expected& next) -> bool {
    switch (*at_) {
    case '{':
      return open(true, next);
    case '[':
      return open(false, next);
    case '"':
      next = after_value();
      return string();
    case 't':
      next = after_value();
      return literal("true");
    case 'f':
      next = after_value();
      return literal("false");
    case 'n':
      next = after_value();
      return literal("null");
    default:
      next = after_value();
      return number();
    }
  }

  auto open(bool object, expected& next) -> bool {
    if (depth_ == depth_max_) {
      return refuse("nested too deep");
    }
    objects_[depth_++] = object;
    ++at_;
    next = object ? expected::name_or_end : expected::value_or_end;
    return true;
  }

  auto close(expected& next) -> bool {
    --depth_;
    ++at_;
    next = after_value();
    return true;
  }

  [[nodiscard]] auto after_value() const -> expected {
    return depth_ == 0 ? expected::nothing : expected::separator;
  }

  auto name(expected& next) -> bool {
    if (*at_ != '"') {
      return refuse("a member name in quotes should be here");
    }
    if (!string()) {
      return false;
    }
    at_ = detail::skip_space(at_, end_);
    if (at_ == end_ || *at_ != ':') {
      return refuse("a colon should be here");
    }
    ++at_;
    next = expected::value;
    return true;
  }

  auto separator(expected& next) -> bool {
    const auto object = objects_[depth_ - 1];
    if (*at_ == ',') {
      ++at_;
      next = object ? expected::name : expected::value;
      return true;
    }
    if (*at_ == (object ? '}' : ']')) {
      return close(next);
    }
    return refuse(object ? "a comma or '}' should be here" : "a comma or ']' should be here");
  }

  auto literal(std::string_view word) -> bool {
    if (!std::string_view(at_, size_left()).starts_with(word)) {
      return refuse("no JSON value starts like this");
    }
    at_ += word.size();
    return true;
  }

  auto string() -> bool {
    ++at_;
    for (;;) {
      at_ = detail::skip_until<detail::needs_a_look>(at_, end_);
      if (at_ == end_) {
        return refuse("the text ends here, inside a string");
      }
      if (*at_ == '"') {
        ++at_;
        return true;
      }
      if (!(*at_ == '\\' ? escape() : beyond_ascii())) {
        return false;
      }
    }
  }

  auto escape() -> bool {
    constexpr auto single = std::string_view("\"\\/bfnrt");
    if (size_left() >= 2 && single.find(at_[1]) != std::string_view::npos) {
      at_ += 2;
      return true;
    }
    if (size_left() >= 2 && at_[1] == 'u' && detail::hex4(at_ + 2, end_) >= 0) {
      at_ += 6;
      return true;
    }
    return refuse("no such escape");
  }

  /// Takes all of a stretch of such bytes, so that no script costs a call per letter.
  auto beyond_ascii() -> bool {
    do {
      const auto length = utf8_length(at_, end_);
      if (length == 0) {
        const auto control = static_cast<unsigned char>(*at_) < 0x20;
        return refuse(control ? "a bare control character in a string" : "not UTF-8");
      }
      at_ += length;
    } while (at_ != end_ && static_cast<unsigned char>(*at_) >= 0x80);
    return true;
  }

  auto digits() -> bool {
    const auto* const first = at_;
    while (at_ != end_ && detail::is_digit(*at_)) {
      ++at_;
    }
    return at_ != first || refuse("a digit should be here");
  }

  auto number() -> bool {
    const auto negative = *at_ == '-';
    if (!negative && !detail::is_digit(*at_)) {
      return refuse("no JSON value starts like this");
    }
    at_ += negative ? 1 : 0;
    if (at_ != end_ && *at_ == '0') {
      ++at_;
    } else if (!digits()) {
      return false;
    }
    if (at_ != end_ && *at_ == '.') {
      ++at_;
      if (!digits()) {
        return false;
      }
    }
    return exponent();
  }

  auto exponent() -> bool {
    if (at_ == end_ || (*at_ != 'e' && *at_ != 'E')) {
      return true;
    }
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) {
      ++at_;
    }
    return digits();
  }

  const char* begin_;
  const char* at_;
  const char* end_;
  std::size_t depth_max_;
  std::size_t depth_ = 0;
  std::bitset<depth_limit> objects_; ///< per open level: whether it is an object
  const char* problem_ = "";
};

} // namespace

auto check(std::string_view text, const bounds& within) -> seams::result<void> {
  const auto fails = [](std::string why) {
    return seams::failure(seams::reaction::retry_later, "answer_malformed", std::move(why));
  };
  if (text.size() > within.bytes_max) {
    return fails("byte " + std::to_string(within.bytes_max) + ": the text is longer than allowed");
  }
  auto reader = checker(text, within.depth_max);
  if (!reader.run()) {
    return fails(reader.why());
  }
  return {};
}

} // namespace core::json
