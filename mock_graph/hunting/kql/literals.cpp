#include "mock_graph/hunting/kql/literals.hpp"

#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/times.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <charconv>

namespace mock_graph::hunting::kql {
namespace {

auto trimmed(std::string_view text) -> std::string_view {
  const auto from = text.find_first_not_of(" \t\r\n");
  const auto to = text.find_last_not_of(" \t\r\n");
  return from == std::string_view::npos ? std::string_view() : text.substr(from, to - from + 1);
}

auto unquoted(std::string_view text) -> std::string_view {
  text = trimmed(text);
  const auto quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

template <class T> auto number(std::string_view text, int base = 10) -> std::optional<T> {
  auto made = T{};
  auto result = std::from_chars_result{};
  if constexpr (std::is_floating_point_v<T>) {
    result = std::from_chars(text.data(), text.data() + text.size(), made);
  } else {
    result = std::from_chars(text.data(), text.data() + text.size(), made, base);
  }
  const auto whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
  return whole ? std::optional(made) : std::nullopt;
}

auto integer(std::string_view text) -> std::optional<value> {
  const auto hex = text.starts_with("0x") || text.starts_with("0X");
  const auto read = number<std::int64_t>(hex ? text.substr(2) : text, hex ? 16 : 10);
  return read ? std::optional(value(*read)) : std::nullopt;
}

template <class T> auto as_value(std::optional<T> read) -> std::optional<value> {
  return read ? std::optional(value(*read)) : std::nullopt;
}

// KQL lets dynamic literals use single quotes; JSON does not.
auto double_quoted(std::string_view text) -> std::string {
  auto made = std::string();
  auto quote = '\0';
  for (auto at = std::size_t{0}; at < text.size(); ++at) {
    const auto c = text[at];
    if (quote == '\0') {
      quote = c == '"' || c == '\'' ? c : quote;
      made += c == '\'' ? '"' : c;
    } else if (c == '\\' && at + 1 < text.size()) {
      ++at;
      made += text[at] == '\'' ? "'" : std::string("\\") + text[at];
    } else if (c == quote) {
      quote = '\0';
      made += '"';
    } else {
      made += c == '"' ? "\\\"" : std::string(1, c);
    }
  }
  return made;
}

auto typed(const token& written, scalar type, int nesting_max) -> std::optional<value> {
  const auto inner = trimmed(written.inner);
  if (inner == "null") {
    return value();
  }
  switch (type) {
  case scalar::datetime:
    return as_value(parse_datetime(unquoted(inner)));
  case scalar::timespan:
    return as_value(parse_timespan_text(unquoted(inner)));
  case scalar::boolean:
    return cast(value(std::string(inner)), scalar::boolean);
  case scalar::int32:
  case scalar::int64:
    return integer(inner);
  case scalar::real:
    return inner == "nan" || inner == "+inf" || inner == "-inf"
               ? std::optional(value(inner == "nan"    ? std::numeric_limits<double>::quiet_NaN()
                                     : inner == "-inf" ? -std::numeric_limits<double>::infinity()
                                                       : std::numeric_limits<double>::infinity()))
               : as_value(number<double>(inner));
  case scalar::guid:
    return value(std::string(unquoted(inner)));
  default: {
    auto parsed = parse_json_text(double_quoted(inner), nesting_max);
    return parsed ? std::optional(from_json(std::move(*parsed))) : std::nullopt;
  }
  }
}

} // namespace

auto literal_of(const token& written, int nesting_max) -> std::optional<typed_value> {
  auto type = scalar::string;
  auto read = std::optional<value>();
  switch (written.what) {
  case token::kind::text:
    read = value(written.text);
    break;
  case token::kind::integer:
    type = scalar::int64;
    read = integer(written.text);
    break;
  case token::kind::real:
    type = scalar::real;
    read = as_value(number<double>(written.text));
    break;
  case token::kind::span:
    type = scalar::timespan;
    read = as_value(parse_timespan_text(written.text));
    break;
  default:
    type = scalar_named(written.text).value_or(scalar::dynamic);
    read = typed(written, type, nesting_max);
  }
  return read ? std::optional(typed_value{std::move(*read), type}) : std::nullopt;
}

} // namespace mock_graph::hunting::kql
