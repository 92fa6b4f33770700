#include "core/json/salvage.hpp"

namespace core::json {
namespace {

constexpr auto blanks = std::string_view(" \t\r\n");

auto without_blanks(std::string_view text) -> std::string_view {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The place of the quote that ends the string which starts at `from`, or the end of the text.
auto end_of_string(std::string_view text, std::size_t from) -> std::size_t {
  for (auto at = from + 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at;
    }
  }
  return text.size();
}

} // namespace

auto split_array(std::string_view text) -> std::optional<std::vector<std::string_view>> {
  const auto whole = without_blanks(text);
  if (whole.size() < 2 || whole.front() != '[' || whole.back() != ']') {
    return std::nullopt;
  }
  auto out = std::vector<std::string_view>();
  auto depth = std::size_t{0};
  auto from = std::size_t{1};
  const auto last = whole.size() - 1;
  for (auto at = from; at < last; ++at) {
    const auto c = whole[at];
    if (c == '"') {
      at = end_of_string(whole, at);
      if (at >= last) {
        return std::nullopt;
      }
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) {
        return std::nullopt;
      }
      --depth;
    } else if (c == ',' && depth == 0) {
      out.push_back(without_blanks(whole.substr(from, at - from)));
      from = at + 1;
    }
  }
  if (depth != 0) {
    return std::nullopt;
  }
  const auto rest = without_blanks(whole.substr(from, last - from));
  if (!rest.empty() || !out.empty()) {
    out.push_back(rest);
  }
  return out;
}

} // namespace core::json
