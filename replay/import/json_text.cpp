#include "replay/import/json_text.hpp"

#include "core/seams/letters.hpp"
#include "replay/text/encodings.hpp"
#include "replay/text/json_write.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace replay {
namespace {

constexpr auto nesting_max = 64;

auto is_blank(char c) -> bool {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

auto skip_blanks(std::string_view text, std::size_t at) -> std::size_t {
  while (at < text.size() && is_blank(text[at])) {
    ++at;
  }
  return at;
}

/// Where the string that opens at `at` ends.
auto string_end(std::string_view text, std::size_t at) -> std::size_t {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    at += text[at] == '\\' ? 1 : 0;
  }
  return std::min(at + 1, text.size());
}

/// Where the value that starts at `at` ends.
auto value_end(std::string_view text, std::size_t at) -> std::size_t {
  auto depth = 0;
  while (at < text.size()) {
    const auto c = text[at];
    if (c == '"') {
      at = string_end(text, at);
      if (depth == 0) {
        return at;
      }
      continue;
    }
    if (depth == 0 && (c == ',' || c == ']' || c == '}' || is_blank(c))) {
      return at;
    }
    depth += c == '{' || c == '[' ? 1 : 0;
    const auto closes = c == '}' || c == ']';
    depth -= closes ? 1 : 0;
    ++at;
    if (closes && depth == 0) {
      return at;
    }
  }
  return at;
}

auto is_shallow(std::string_view text) -> bool {
  auto depth = 0;
  for (auto at = std::size_t{0}; at < text.size();) {
    const auto c = text[at];
    depth += c == '{' || c == '[' ? 1 : 0;
    depth -= c == '}' || c == ']' ? 1 : 0;
    if (depth > nesting_max) {
      return false;
    }
    at = c == '"' ? string_end(text, at) : at + 1;
  }
  return true;
}

} // namespace

auto is_json(std::string_view text) -> bool {
  return is_shallow(text) && nlohmann::json::accept(text);
}

auto left_trimmed(std::string_view text) -> std::string_view {
  return text.substr(skip_blanks(text, 0));
}

auto first_value(std::string_view text) -> std::string_view {
  return text.substr(0, value_end(text, 0));
}

auto trimmed(std::string_view text) -> std::string_view {
  text = left_trimmed(text);
  while (!text.empty() && is_blank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

auto is_object(std::string_view value) -> bool {
  return trimmed(value).starts_with('{');
}

auto is_array(std::string_view value) -> bool {
  return trimmed(value).starts_with('[');
}

auto elements_of(std::string_view array) -> std::vector<std::string_view> {
  auto out = std::vector<std::string_view>();
  const auto text = trimmed(array);
  if (!text.starts_with('[')) {
    return out;
  }
  auto at = skip_blanks(text, 1);
  while (at < text.size() && text[at] != ']') {
    const auto end = value_end(text, at);
    out.push_back(text.substr(at, end - at));
    at = skip_blanks(text, end);
    at = skip_blanks(text, at < text.size() && text[at] == ',' ? at + 1 : at);
  }
  return out;
}

auto members_of(std::string_view object) -> json_members {
  auto out = json_members();
  const auto text = trimmed(object);
  if (!text.starts_with('{')) {
    return out;
  }
  auto at = skip_blanks(text, 1);
  while (at < text.size() && text[at] == '"') {
    const auto name_end = string_end(text, at);
    const auto colon = skip_blanks(text, name_end);
    const auto start = skip_blanks(text, std::min(colon + 1, text.size()));
    const auto end = value_end(text, start);
    out.emplace_back(text.substr(at, name_end - at), text.substr(start, end - start));
    at = skip_blanks(text, end);
    at = skip_blanks(text, at < text.size() && text[at] == ',' ? at + 1 : at);
  }
  return out;
}

auto member_of(std::string_view object, std::string_view name) -> std::optional<std::string_view> {
  return find_member(members_of(object), name);
}

auto find_member(const json_members& inside, std::string_view name)
    -> std::optional<std::string_view> {
  auto out = std::optional<std::string_view>();
  for (const auto& [raw_name, value] : inside) {
    const auto plain = raw_name.substr(1, raw_name.size() - 2);
    const auto same = plain.find('\\') == std::string_view::npos
                          ? seams::equal_ignoring_case(plain, name)
                          : seams::equal_ignoring_case(string_of(raw_name), name);
    out = same ? value : out;
  }
  return out;
}

auto string_of(std::string_view value) -> std::string {
  if (!value.starts_with('"')) {
    return {};
  }
  if (value.find('\\') == std::string_view::npos) {
    return std::string(value.substr(1, value.size() - 2));
  }
  const auto parsed = nlohmann::json::parse(value, nullptr, false);
  return parsed.is_string() ? parsed.get<std::string>() : std::string();
}

auto string_of(std::string_view object, std::string_view name) -> std::string {
  const auto found = member_of(object, name);
  return found ? string_of(*found) : std::string();
}

auto quoted_json(std::string_view text) -> std::string {
  return text::in_json_quotes(text::as_utf8(text));
}

auto on_one_line(std::string_view value) -> std::string {
  auto out = std::string(trimmed(value));
  std::ranges::replace_if(
      out, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return out;
}

auto line_of_slice::operator()(std::string_view slice) -> std::size_t {
  line_ += static_cast<std::size_t>(std::count(next_, slice.data(), '\n'));
  next_ = slice.data();
  return line_;
}

} // namespace replay
