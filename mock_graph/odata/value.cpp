#include "mock_graph/odata/value.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/odata/literal/time.hpp"

#include <algorithm>

namespace mock_graph::odata {
namespace {

auto as_real(const value& v) -> std::optional<double> {
  if (const auto* whole = std::get_if<std::int64_t>(&v)) {
    return static_cast<double>(*whole);
  }
  if (const auto* real = std::get_if<double>(&v)) {
    return *real;
  }
  return {};
}

auto as_time(const value& v) -> std::optional<seams::instant> {
  if (const auto* at = std::get_if<seams::instant>(&v)) {
    return *at;
  }
  if (const auto* text = std::get_if<std::string>(&v)) {
    const auto parsed = parse_date_time(*text);
    return parsed ? std::optional{*parsed} : std::nullopt;
  }
  return {};
}

template <class T> auto both(const value& a, const value& b) -> bool {
  return std::holds_alternative<T>(a) && std::holds_alternative<T>(b);
}

template <class T> auto order_of(const value& a, const value& b) -> std::partial_ordering {
  return std::get<T>(a) <=> std::get<T>(b);
}

template <class Json> auto read_number(const Json& where, kind type) -> value {
  if (type == kind::real || where.is_number_float()) {
    return where.template get<double>();
  }
  if (where.is_number_unsigned() &&
      where.template get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return where.template get<double>();
  }
  return where.template get<std::int64_t>();
}

template <class Json> auto read_text(const Json& where, kind type) -> value {
  const auto& text = where.template get_ref<const std::string&>();
  if (type == kind::date_time) {
    const auto at = parse_date_time(text);
    return at ? value{*at} : value{};
  }
  if (type == kind::guid || type == kind::enumeration) {
    return seams::lower_case(text);
  }
  return text;
}

} // namespace

auto upper_case(std::string text) -> std::string {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

auto compare(const value& a, const value& b) -> std::optional<std::partial_ordering> {
  if (both<std::string>(a, b)) {
    return order_of<std::string>(a, b);
  }
  if (both<bool>(a, b)) {
    return order_of<bool>(a, b);
  }
  if (both<std::int64_t>(a, b)) {
    return order_of<std::int64_t>(a, b);
  }
  if (const auto left = as_real(a), right = as_real(b); left && right) {
    return *left <=> *right;
  }
  if (const auto left = as_time(a), right = as_time(b); left && right) {
    return *left <=> *right;
  }
  return {};
}

auto sort_order(const value& a, const value& b) -> std::weak_ordering {
  if (const auto left = as_real(a), right = as_real(b); left && right && *left != *right) {
    return *left < *right ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  if (a.index() != b.index() || is_null(a)) {
    return a.index() <=> b.index();
  }
  const auto same_type = compare(a, b).value_or(std::partial_ordering::equivalent);
  return same_type < 0   ? std::weak_ordering::less
         : same_type > 0 ? std::weak_ordering::greater
                         : std::weak_ordering::equivalent;
}

template <class Json> auto read_value(const Json& where, kind type) -> value {
  if (where.is_boolean()) {
    return where.template get<bool>();
  }
  if (where.is_number()) {
    return read_number(where, type);
  }
  if (where.is_string()) {
    return read_text(where, type);
  }
  return {};
}

template auto read_value(const nlohmann::json&, kind) -> value;
template auto read_value(const nlohmann::ordered_json&, kind) -> value;

} // namespace mock_graph::odata
