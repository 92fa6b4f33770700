#include "mock_graph/hunting/kql/values.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/hunting/kql/times.hpp"

#include <charconv>
#include <cmath>

namespace mock_graph::hunting::kql {
namespace {

using json = nlohmann::json;

auto real_text(double number) -> std::string {
  if (std::isnan(number)) {
    return "NaN";
  }
  if (std::isinf(number)) {
    return number > 0 ? "Infinity" : "-Infinity";
  }
  auto text = std::string(32, '\0');
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number);
  text.resize(static_cast<std::size_t>(end - text.data()));
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

auto bool_from(std::string_view text) -> std::optional<bool> {
  const auto word = seams::lower_case(text);
  if (word == "true" || word == "1") {
    return true;
  }
  if (word == "false" || word == "0") {
    return false;
  }
  return std::nullopt;
}

template <class T> auto whole_number(std::string_view text) -> std::optional<T> {
  auto made = T{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), made);
  return problem == std::errc() && end == text.data() + text.size() ? std::optional(made)
                                                                    : std::nullopt;
}

auto depth_of(std::string_view text) -> int {
  auto depth = 0;
  auto most = 0;
  auto quoted = false;
  for (auto at = std::size_t{0}; at < text.size(); ++at) {
    const auto c = text[at];
    if (quoted) {
      at += c == '\\' ? 1U : 0U;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      most = std::max(most, ++depth);
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return most;
}

auto mixed(const value& left, const value& right) -> std::optional<std::partial_ordering> {
  if (const auto* text = std::get_if<std::string>(&right)) {
    if (const auto* at = std::get_if<seams::instant>(&left)) {
      const auto read = parse_datetime(*text);
      return read ? std::optional<std::partial_ordering>(*at <=> *read) : std::nullopt;
    }
    if (const auto* flag = std::get_if<bool>(&left)) {
      const auto read = bool_from(*text);
      return read ? std::optional<std::partial_ordering>(*flag <=> *read) : std::nullopt;
    }
    return std::nullopt;
  }
  if (std::holds_alternative<std::string>(left)) {
    const auto swapped = mixed(right, left);
    return swapped ? std::optional(0 <=> *swapped) : std::nullopt;
  }
  const auto a = number_of(left);
  const auto b = number_of(right);
  return a && b ? std::optional(*a <=> *b) : std::nullopt;
}

struct order_same {
  template <class T>
  auto operator()(const T& left, const T& right) const -> std::optional<std::partial_ordering> {
    if constexpr (std::is_same_v<T, std::monostate>) {
      return std::nullopt;
    } else if constexpr (std::is_same_v<T, json>) {
      return left == right  ? std::partial_ordering::equivalent
             : left < right ? std::partial_ordering::less
                            : std::partial_ordering::greater;
    } else if constexpr (std::is_same_v<T, std::string>) {
      return left.compare(right) <=> 0;
    } else {
      return left <=> right;
    }
  }
  template <class T, class U>
  auto operator()(const T&, const U&) const -> std::optional<std::partial_ordering> {
    return std::nullopt;
  }
};

} // namespace

auto plain(const value& cell, value& scratch) -> const value& {
  const auto* held = std::get_if<json>(&cell);
  if (held == nullptr || held->is_structured()) {
    return cell;
  }
  if (const auto* text = held->get_ptr<const std::string*>()) {
    scratch = *text;
  } else if (held->is_boolean()) {
    scratch = held->get<bool>();
  } else if (held->is_number_float() ||
             (held->is_number_unsigned() && held->get<std::uint64_t>() > 0x7FFFFFFFFFFFFFFFU)) {
    scratch = held->get<double>();
  } else if (held->is_number()) {
    scratch = held->get<std::int64_t>();
  } else {
    scratch = std::monostate();
  }
  return scratch;
}

auto compare(const value& left, const value& right) -> std::optional<std::partial_ordering> {
  auto left_scratch = value();
  auto right_scratch = value();
  const auto& a = plain(left, left_scratch);
  const auto& b = plain(right, right_scratch);
  if (is_null(a) || is_null(b)) {
    return std::nullopt;
  }
  if (a.index() != b.index()) {
    return mixed(a, b);
  }
  return std::visit(order_same(), a, b);
}

auto equal(const value& left, const value& right) -> std::optional<bool> {
  if (is_null(left) || is_null(right)) {
    return is_null(left) && is_null(right) ? std::nullopt : std::optional(false);
  }
  const auto order = compare(left, right);
  return order && *order == std::partial_ordering::equivalent;
}

auto sorts_before(const value& left, const value& right) -> bool {
  const auto order = compare(left, right);
  return order && *order == std::partial_ordering::less;
}

auto text_of(const value& cell) -> std::string {
  auto scratch = value();
  const auto& held = plain(cell, scratch);
  switch (held.index()) {
  case 1:
    return std::get<std::string>(held);
  case 2:
    return datetime_text(std::get<seams::instant>(held));
  case 3:
    return std::get<bool>(held) ? "true" : "false";
  case 4:
    return std::to_string(std::get<std::int64_t>(held));
  case 5:
    return real_text(std::get<double>(held));
  case 6:
    return timespan_text(std::get<seams::duration>(held));
  case 7:
    return std::get<json>(held).dump(-1, ' ', false, json::error_handler_t::replace);
  default:
    return {};
  }
}

auto text_view(const value& cell, std::string& scratch) -> std::string_view {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  if (const auto* held = std::get_if<json>(&cell); held != nullptr && held->is_string()) {
    return held->get_ref<const std::string&>();
  }
  scratch = text_of(cell);
  return scratch;
}

auto number_of(const value& cell) -> std::optional<double> {
  auto scratch = value();
  const auto& held = plain(cell, scratch);
  if (const auto* whole = std::get_if<std::int64_t>(&held)) {
    return static_cast<double>(*whole);
  }
  if (const auto* real = std::get_if<double>(&held)) {
    return *real;
  }
  if (const auto* flag = std::get_if<bool>(&held)) {
    return *flag ? 1.0 : 0.0;
  }
  if (const auto* text = std::get_if<std::string>(&held)) {
    return whole_number<double>(*text);
  }
  return std::nullopt;
}

auto integer_of(const value& cell) -> std::optional<std::int64_t> {
  auto scratch = value();
  const auto& held = plain(cell, scratch);
  if (const auto* whole = std::get_if<std::int64_t>(&held)) {
    return *whole;
  }
  if (const auto* text = std::get_if<std::string>(&held)) {
    if (const auto read = whole_number<std::int64_t>(*text)) {
      return read;
    }
  }
  if (const auto* span = std::get_if<seams::duration>(&held)) {
    return span->count();
  }
  const auto real = number_of(held);
  return real && std::abs(*real) < 9.2e18 ? std::optional(static_cast<std::int64_t>(*real))
                                          : std::nullopt;
}

auto cast(const value& cell, scalar type) -> value {
  auto scratch = value();
  const auto& held = plain(cell, scratch);
  if (is_null(held)) {
    return absent(type);
  }
  const auto* text = std::get_if<std::string>(&held);
  switch (type) {
  case scalar::string:
    return text_of(held);
  case scalar::guid:
    return text != nullptr ? held : value();
  case scalar::int32: {
    const auto read = integer_of(held);
    return read && *read >= INT32_MIN && *read <= INT32_MAX ? value(*read) : value();
  }
  case scalar::int64: {
    const auto read = integer_of(held);
    return read ? value(*read) : value();
  }
  case scalar::real: {
    const auto read = number_of(held);
    return read ? value(*read) : value();
  }
  case scalar::boolean: {
    const auto read = text != nullptr ? bool_from(*text) : std::optional<bool>();
    const auto number = read || text != nullptr ? std::nullopt : number_of(held);
    return read ? value(*read) : number ? value(*number != 0) : value();
  }
  case scalar::datetime: {
    const auto read = text != nullptr ? parse_datetime(*text) : std::nullopt;
    return read ? value(*read) : std::holds_alternative<seams::instant>(held) ? held : value();
  }
  case scalar::timespan: {
    const auto read = text != nullptr ? parse_timespan_text(*text) : std::nullopt;
    return read ? value(*read) : std::holds_alternative<seams::duration>(held) ? held : value();
  }
  case scalar::dynamic:
    return from_json(to_json(cell));
  }
  return {};
}

auto to_json(const value& cell) -> json {
  switch (cell.index()) {
  case 0:
    return nullptr;
  case 1:
    return std::get<std::string>(cell);
  case 3:
    return std::get<bool>(cell);
  case 4:
    return std::get<std::int64_t>(cell);
  case 5:
    return std::isfinite(std::get<double>(cell)) ? json(std::get<double>(cell))
                                                 : json(text_of(cell));
  case 7:
    return std::get<json>(cell);
  default:
    return text_of(cell);
  }
}

auto from_json(json held) -> value {
  return held.is_null() ? value() : value(std::in_place_type<json>, std::move(held));
}

auto parse_json_text(std::string_view text, int depth_max) -> std::optional<json> {
  if (depth_of(text) > std::min(depth_max, json_depth_max)) {
    return std::nullopt;
  }
  auto parsed = json::parse(text, nullptr, false);
  return parsed.is_discarded() ? std::nullopt : std::optional(std::move(parsed));
}

auto json_size(const json& held, std::size_t most, int depth) -> std::size_t {
  if (depth > json_depth_max) {
    return most;
  }
  auto size = sizeof(json);
  if (const auto* text = held.get_ptr<const std::string*>()) {
    size += text->size();
  }
  if (held.is_object()) {
    for (const auto& each : held.items()) {
      size += each.key().size();
    }
  }
  if (held.is_structured()) {
    for (const auto& each : held) {
      size += size < most ? json_size(each, most - size, depth + 1) : 0;
    }
  }
  return std::min(size, most);
}

void append_key(std::string& key, const value& cell) {
  auto scratch = value();
  const auto& held = plain(cell, scratch);
  const auto append = [&](char tag, const void* from, std::size_t length) {
    key += tag;
    key.append(reinterpret_cast<const char*>(&length), sizeof length);
    key.append(static_cast<const char*>(from), length);
  };
  if (const auto* real = std::get_if<double>(&held)) {
    const auto whole = static_cast<std::int64_t>(std::abs(*real) < 9e15 ? *real : 0.0);
    if (static_cast<double>(whole) == *real) {
      return append('n', &whole, sizeof whole);
    }
    return append('r', real, sizeof *real);
  }
  if (const auto* whole = std::get_if<std::int64_t>(&held)) {
    return append('n', whole, sizeof *whole);
  }
  const auto text = text_of(held);
  append(static_cast<char>('A' + static_cast<char>(held.index())), text.data(), text.size());
}

auto footprint(const value& cell) -> std::size_t {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return sizeof(value) + text->size();
  }
  if (const auto* held = std::get_if<json>(&cell)) {
    return sizeof(value) + json_size(*held, std::size_t{1} << 30U);
  }
  return sizeof(value);
}

auto footprint(const row& cells) -> std::size_t {
  auto sum = sizeof(row);
  for (const auto& cell : cells) {
    sum += footprint(cell);
  }
  return sum;
}

auto absent(scalar type) -> value {
  return type == scalar::string ? value(std::string()) : value();
}

} // namespace mock_graph::hunting::kql
