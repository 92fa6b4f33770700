#include "replay/text/json_tree.hpp"

#include "replay/text/encodings.hpp"

#include <algorithm>
#include <charconv>

namespace replay::text {
namespace {

class tree_reader {
public:
  tree_reader(std::string_view text, const json_bounds& within) : text_(text), within_(within) {}

  auto run() -> json_parsed {
    auto root = json_value();
    skip_space();
    if (!value(root)) {
      return {std::nullopt, std::move(wrong_)};
    }
    skip_space();
    if (at_ != text_.size()) {
      refuse("the value has ended, yet the text goes on");
      return {std::nullopt, std::move(wrong_)};
    }
    return {std::move(root), {}};
  }

private:
  auto refuse(std::string message) -> bool { return refuse_at(at_, std::move(message)); }

  auto refuse_at(std::size_t offset, std::string message) -> bool {
    wrong_ = {offset, std::move(message)};
    return false;
  }

  [[nodiscard]] auto next() const -> char { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \n\r\t").find(text_[at_]) != text_.npos) {
      ++at_;
    }
  }

  auto value(json_value& out) -> bool {
    out.offset = at_;
    if (++values_ > within_.values_max) {
      return refuse("more than " + std::to_string(within_.values_max) + " values");
    }
    switch (next()) {
    case '{':
      out.what = json_value::kind::object;
      return container('}', [&] { return member(out); });
    case '[':
      out.what = json_value::kind::array;
      return container(']', [&] { return value(out.items.emplace_back()); });
    case '"':
      out.what = json_value::kind::string;
      return string(out.text);
    case 't':
      return literal(out, "true", json_value::kind::boolean);
    case 'f':
      return literal(out, "false", json_value::kind::boolean);
    case 'n':
      return literal(out, "null", json_value::kind::null);
    default:
      return number(out);
    }
  }

  template <class Item> auto container(char closing, Item&& item) -> bool {
    if (depth_ == within_.depth_max) {
      return refuse("nested more than " + std::to_string(within_.depth_max) + " deep");
    }
    ++depth_;
    ++at_;
    skip_space();
    for (auto first = true; next() != closing; first = false) {
      if (!first) {
        if (next() != ',') {
          return refuse(std::string("a comma or '") + closing + "' should be here");
        }
        ++at_;
        skip_space();
      }
      if (!item()) {
        return false;
      }
      skip_space();
    }
    ++at_;
    --depth_;
    return true;
  }

  auto member(json_value& owner) -> bool {
    auto made = json_member();
    made.offset = at_;
    if (next() != '"') {
      return refuse("a member name in quotes should be here");
    }
    if (!string(made.name)) {
      return false;
    }
    if (owner.members.size() == within_.members_max) {
      return refuse("more than " + std::to_string(within_.members_max) + " names in an object");
    }
    if (owner.find(made.name) != nullptr) {
      return refuse_at(made.offset, "the name stands twice in this object");
    }
    skip_space();
    if (next() != ':') {
      return refuse("a colon should be here");
    }
    ++at_;
    skip_space();
    owner.members.push_back(std::move(made));
    return value(owner.members.back().value);
  }

  auto literal(json_value& out, std::string_view word, json_value::kind what) -> bool {
    if (!text_.substr(at_).starts_with(word)) {
      return refuse("no JSON value starts like this");
    }
    out.what = what;
    out.text = word;
    at_ += word.size();
    return true;
  }

  auto digits() -> std::size_t {
    const auto from = at_;
    while (is_decimal(next())) {
      ++at_;
    }
    return at_ - from;
  }

  auto number(json_value& out) -> bool {
    const auto from = at_;
    at_ += next() == '-' ? 1 : 0;
    const auto leading_zero = next() == '0';
    const auto whole = digits();
    auto good = whole > 0 && !(leading_zero && whole > 1);
    if (good && next() == '.') {
      ++at_;
      good = digits() > 0;
    }
    if (good && (next() == 'e' || next() == 'E')) {
      ++at_;
      at_ += next() == '+' || next() == '-' ? 1 : 0;
      good = digits() > 0;
    }
    if (!good) {
      return refuse_at(from,
                       from == text_.size() ? "the text ends here, inside a value"
                                            : "no JSON value starts like this");
    }
    out.what = json_value::kind::number;
    out.text = text_.substr(from, at_ - from);
    return true;
  }

  auto string(std::string& out) -> bool {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c < 0x20) {
        return refuse("a control character inside a string");
      }
      if (c == '\\') {
        if (!escape(out)) {
          return false;
        }
        continue;
      }
      const auto length = utf8_length(text_.substr(at_));
      if (length == 0) {
        return refuse("a byte that is no UTF-8");
      }
      out.append(text_, at_, length);
      at_ += length;
    }
    if (at_ == text_.size()) {
      return refuse("the text ends here, inside a string");
    }
    ++at_;
    return true;
  }

  auto hex4() -> int {
    auto out = 0;
    for (auto i = 0; i < 4; ++i, ++at_) {
      const auto digit = hex_value(next());
      if (digit < 0) {
        return -1;
      }
      out = out * 16 + digit;
    }
    return out;
  }

  auto escape(std::string& out) -> bool {
    constexpr auto letters = std::string_view("\"\\/bfnrt");
    constexpr auto meanings = std::string_view("\"\\/\b\f\n\r\t");
    const auto from = at_++;
    if (next() != 'u') {
      const auto which = letters.find(next());
      if (which == letters.npos || at_ == text_.size()) {
        return refuse_at(from, "an escape that JSON does not know");
      }
      out += meanings[which];
      ++at_;
      return true;
    }
    ++at_;
    auto code = hex4();
    if (code >= 0xd800 && code <= 0xdbff && text_.substr(at_).starts_with("\\u")) {
      at_ += 2;
      const auto low = hex4();
      code =
          low >= 0xdc00 && low <= 0xdfff ? 0x10000 + (code - 0xd800) * 1024 + (low - 0xdc00) : -1;
    }
    if (code < 0 || (code >= 0xd800 && code <= 0xdfff)) {
      return refuse_at(from, "an escape that means no character");
    }
    append_utf8(out, static_cast<std::uint32_t>(code));
    return true;
  }

  std::string_view text_;
  json_bounds within_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t values_ = 0;
  json_problem wrong_;
};

} // namespace

auto json_value::find(std::string_view name) const -> const json_value* {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.name == name; });
  return found == members.end() ? nullptr : &found->value;
}

auto json_value::whole() const -> std::optional<std::int64_t> {
  auto out = std::int64_t{};
  const auto* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, out);
  const auto good = what == kind::number && problem == std::errc() && stop == end;
  return good ? std::optional(out) : std::nullopt;
}

auto parse_json(std::string_view text, const json_bounds& within) -> json_parsed {
  return tree_reader(text, within).run();
}

auto to_text(json_value::kind what) -> std::string_view {
  switch (what) {
  case json_value::kind::null:
    return "null";
  case json_value::kind::boolean:
    return "true or false";
  case json_value::kind::number:
    return "a number";
  case json_value::kind::string:
    return "text";
  case json_value::kind::array:
    return "a list";
  case json_value::kind::object:
    break;
  }
  return "an object";
}

} // namespace replay::text
