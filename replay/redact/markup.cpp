#include "replay/redact/markup.hpp"

#include "replay/text/encodings.hpp"

#include <algorithm>

namespace replay {
namespace {

auto is_blank_char(char c) -> bool {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

auto is_blank(std::string_view text) -> bool {
  return std::all_of(text.begin(), text.end(), is_blank_char);
}

auto is_name_char(char c) -> bool {
  return !is_blank_char(c) && std::string_view("<>=/\"'").find(c) == std::string_view::npos;
}

auto name_at(std::string_view text, std::size_t from) -> std::string_view {
  auto end = from;
  while (end < text.size() && is_name_char(text[end])) {
    ++end;
  }
  return text.substr(from, end - from);
}

auto local_name(std::string_view name) -> std::string_view {
  return name.substr(name.find(':') == name.npos ? 0 : name.find(':') + 1);
}

/// Reads a text from front to back.
class markup_rewriter {
public:
  markup_rewriter(std::string_view text, const markup_changes& how) : text_(text), how_(how) {}

  auto run() -> std::string {
    while (at_ < text_.size()) {
      if (rest().starts_with("<!--")) {
        enclosed("<!--", "-->");
      } else if (rest().starts_with("<![CDATA[")) {
        enclosed("<![CDATA[", "]]>");
      } else if (begins_like_markup(rest()) || rest().starts_with("</")) {
        tag();
      } else {
        words();
      }
    }
    return std::move(out_);
  }

private:
  [[nodiscard]] auto rest() const -> std::string_view { return text_.substr(at_); }

  void copy(std::size_t bytes) {
    out_ += text_.substr(at_, bytes);
    at_ += std::min(bytes, text_.size() - at_);
  }

  void changed(std::string_view part) {
    out_ += is_blank(part) ? std::string(part) : how_.text(element_, part);
    at_ += part.size();
  }

  void enclosed(std::string_view opening, std::string_view closing) {
    copy(opening.size());
    changed(rest().substr(0, std::min(rest().find(closing), rest().size())));
    copy(closing.size());
  }

  void words() {
    const auto next = rest().find('<', 1);
    changed(rest().substr(0, std::min(next, rest().size())));
  }

  void tag() {
    const auto closes = rest().starts_with("</");
    copy(closes ? 2 : 1);
    const auto name = name_at(text_, at_);
    element_ = closes ? std::string_view() : local_name(name);
    named(name);
    while (at_ < text_.size() && text_[at_] != '>') {
      const auto attribute = name_at(text_, at_);
      named(attribute);
      copy(attribute.empty() ? 1 : 0);
      if (!attribute.empty() && rest().starts_with('=')) {
        copy(1);
        value(local_name(attribute));
      }
    }
    copy(1);
  }

  void named(std::string_view name) {
    out_ += name.empty() ? std::string() : how_.name(name);
    at_ += name.size();
  }

  void value(std::string_view attribute) {
    const auto quote = rest().empty() ? ' ' : rest().front();
    const auto quoted = quote == '"' || quote == '\'';
    copy(quoted ? 1 : 0);
    const auto end = quoted ? rest().find(quote) : name_at(text_, at_).size();
    const auto part = rest().substr(0, std::min(end, rest().size()));
    out_ += how_.value(attribute, part);
    at_ += part.size();
  }

  std::string_view text_;
  const markup_changes& how_;
  std::size_t at_ = 0;
  std::string_view element_;
  std::string out_;
};

} // namespace

auto begins_like_markup(std::string_view text) -> bool {
  const auto begin = std::find_if_not(text.begin(), text.end(), is_blank_char);
  const auto next = begin == text.end() ? begin : begin + 1;
  return next != text.end() && *begin == '<' &&
         (text::is_letter(*next) || *next == '?' || *next == '!');
}

auto rewrite_markup(std::string_view text, const markup_changes& how) -> std::string {
  return markup_rewriter(text, how).run();
}

} // namespace replay
