#include "replay/redact/json_rewrite.hpp"

#include "replay/text/encodings.hpp"
#include "replay/text/json_write.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace replay {
namespace {

struct open_container {
  bool object = false;
  std::string field; ///< of the member that is being read, or the one that holds the list
  std::string named;
  std::string holder; ///< the field of what this is in
};

auto json_space(char c) -> bool {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

auto hex4_at(std::string_view raw, std::size_t at) -> int {
  auto out = 0;
  for (auto i = at; i < at + 4; ++i) {
    const auto digit = i < raw.size() ? text::hex_value(raw[i]) : -1;
    if (digit < 0) {
      return -1;
    }
    out = out * 16 + digit;
  }
  return out;
}

class rewriter {
public:
  rewriter(std::string_view text, const json_changes& how) : text_(text), how_(how) {}

  auto run() -> std::string {
    open_.push_back({});
    while (at_ < text_.size()) {
      step();
    }
    return std::move(out_);
  }

private:
  void step() {
    const auto c = text_[at_];
    if (c == '"') {
      string();
    } else if (json_space(c) || std::string_view("{}[],:").find(c) != std::string_view::npos) {
      bracket(c);
      out_ += c;
      ++at_;
    } else if (const auto size = number_size(); size > 0) {
      out_ += how_.number(place(), text_.substr(at_, size));
      at_ += size;
    } else {
      const auto end = std::min(text_.find_first_of("\"{}[],\n", at_), text_.size());
      out_ += how_.stray(text_.substr(at_, end - at_));
      at_ = end;
    }
  }

  /// 0 if what begins here is more than a number.
  [[nodiscard]] auto number_size() const -> std::size_t {
    const auto end = std::min(text_.find_first_not_of("0123456789+-.eE", at_), text_.size());
    const auto begins = text_[at_] == '-' || text::is_decimal(text_[at_]);
    const auto ends = end == text_.size() || json_space(text_[end]) ||
                      std::string_view(",}]").find(text_[end]) != std::string_view::npos;
    return begins && ends ? end - at_ : 0;
  }

  void bracket(char c) {
    if (c == '{' || c == '[') {
      auto next = open_container{c == '{', open_.back().field, "", open_.back().field};
      if (c == '[') {
        next.named = open_.back().named;
      }
      open_.push_back(std::move(next));
    } else if ((c == '}' || c == ']') && open_.size() > 1) {
      open_.pop_back();
    }
  }

  [[nodiscard]] auto place() const -> json_place {
    return {open_.back().field, open_.back().named, open_.back().holder};
  }

  [[nodiscard]] auto string_end() const -> std::size_t {
    auto end = at_ + 1;
    while (end < text_.size() && text_[end] != '"') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    return std::min(end, text_.size());
  }

  void string() {
    const auto end = string_end();
    const auto closed = end < text_.size();
    const auto plain = json_unescaped(text_.substr(at_ + 1, end - at_ - 1));
    const auto behind = std::find_if_not(
        text_.begin() + static_cast<std::ptrdiff_t>(std::min(end + 1, text_.size())),
        text_.end(),
        json_space);
    const auto is_name = open_.back().object && behind != text_.end() && *behind == ':';
    const auto changed = is_name ? how_.name(plain) : how_.value(place(), plain);
    if (changed == plain) {
      out_ += text_.substr(at_, end + (closed ? 1 : 0) - at_);
    } else {
      auto quoted = text::in_json_quotes(text::as_utf8(changed));
      quoted.resize(quoted.size() - (closed ? 0 : 1));
      out_ += quoted;
    }
    at_ = end + (closed ? 1 : 0);
    note(is_name, plain);
  }

  void note(bool is_name, const std::string& plain) {
    constexpr auto naming =
        std::to_array<std::string_view>({"Name", "name", "Key", "key", "displayName"});
    if (is_name) {
      open_.back().field = plain;
    } else if (std::find(naming.begin(), naming.end(), open_.back().field) != naming.end() &&
               open_.back().object) {
      open_.back().named = plain;
    }
  }

  std::string_view text_;
  const json_changes& how_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<open_container> open_;
};

} // namespace

auto rewrite_json(std::string_view text, const json_changes& how) -> std::string {
  return rewriter(text, how).run();
}

auto begins_like_json(std::string_view text) -> bool {
  const auto* first = std::find_if_not(text.begin(), text.end(), json_space);
  if (first == text.end() || (*first != '{' && *first != '[')) {
    return false;
  }
  const auto* second = std::find_if_not(first + 1, text.end(), json_space);
  return second != text.end() &&
         std::string_view(*first == '{' ? "\"}" : "\"{[]-0123456789tfn").find(*second) !=
             std::string_view::npos;
}

auto json_unescaped(std::string_view raw) -> std::string {
  constexpr auto letters = std::string_view("\"\\/bfnrt");
  constexpr auto meanings = std::string_view("\"\\/\b\f\n\r\t");
  auto out = std::string();
  for (auto i = std::size_t{0}; i < raw.size(); ++i) {
    const auto next = raw[i] == '\\' && i + 1 < raw.size() ? raw[i + 1] : '\0';
    if (const auto which = letters.find(next); next != '\0' && which != letters.npos) {
      out += meanings[which];
      ++i;
      continue;
    }
    auto code = next == 'u' ? hex4_at(raw, i + 2) : -1;
    if (code < 0) {
      out += raw[i];
      continue;
    }
    i += 5;
    if (code >= 0xd800 && code <= 0xdbff && raw.substr(i + 1).starts_with("\\u")) {
      const auto low = hex4_at(raw, i + 3);
      if (low >= 0xdc00 && low <= 0xdfff) {
        code = 0x10000 + (code - 0xd800) * 1024 + (low - 0xdc00);
        i += 6;
      }
    }
    text::append_utf8(out, static_cast<std::uint32_t>(code));
  }
  return out;
}

} // namespace replay
