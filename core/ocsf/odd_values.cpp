#include "core/ocsf/odd_values.hpp"

#include "core/ocsf/document.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace core::ocsf {
namespace {

/// Beyond that a double no longer knows every whole number.
constexpr auto exact_most = 9'007'199'254'740'992.0;

template <class number> auto number_of_text(const std::string& text) -> std::optional<number> {
  auto out = number{};
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
}

} // namespace

auto says_nothing(const nlohmann::json& value) -> bool {
  if (value.is_array()) {
    return std::ranges::all_of(value, [](const auto& one) { return says_nothing(one); });
  }
  return value.is_null() || (value.is_object() && value.empty()) ||
         (value.is_string() && value.get_ref<const std::string&>().empty());
}

auto to_text(const nlohmann::json& value) -> std::optional<std::string> {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return text.find_first_not_of(" \t\r\n") == std::string::npos ? std::nullopt
                                                                  : std::optional(text);
  }
  if (value.is_number() || value.is_boolean()) {
    return value.dump();
  }
  return std::nullopt;
}

auto to_whole(const nlohmann::json& value) -> std::optional<std::int64_t> {
  if (value.is_number_unsigned()) {
    const auto large = value.get<std::uint64_t>();
    return std::in_range<std::int64_t>(large) ? std::optional(static_cast<std::int64_t>(large))
                                              : std::nullopt;
  }
  if (value.is_number_integer()) {
    return value.get<std::int64_t>();
  }
  if (value.is_number_float()) {
    const auto real = value.get<double>();
    return std::floor(real) == real && std::abs(real) < exact_most
               ? std::optional(static_cast<std::int64_t>(real))
               : std::nullopt;
  }
  return value.is_string() ? number_of_text<std::int64_t>(value.get_ref<const std::string&>())
                           : std::nullopt;
}

auto to_fraction(const nlohmann::json& value) -> std::optional<double> {
  if (value.is_number()) {
    return value.get<double>();
  }
  const auto real = value.is_string() ? number_of_text<double>(value.get_ref<const std::string&>())
                                      : std::nullopt;
  return real && std::isfinite(*real) ? real : std::nullopt;
}

auto to_truth(const nlohmann::json& value) -> std::optional<bool> {
  if (value.is_boolean()) {
    return value.get<bool>();
  }
  const auto word = to_text(value).value_or("");
  if (same_word(word, "true") || word == "1") {
    return true;
  }
  return same_word(word, "false") || word == "0" ? std::optional(false) : std::nullopt;
}

auto unfolded(const nlohmann::json& value) -> nlohmann::json {
  if (!value.is_string()) {
    return value;
  }
  const auto& text = value.get_ref<const std::string&>();
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (text[first] != '{' && text[first] != '[')) {
    return value;
  }
  auto inner = read_document(text);
  return inner ? std::move(*inner) : value;
}

auto to_list(const nlohmann::json& value) -> std::vector<nlohmann::json> {
  if (says_nothing(value)) {
    return {};
  }
  const auto plain = unfolded(value);
  if (!plain.is_array()) {
    return {plain};
  }
  auto out = std::vector<nlohmann::json>();
  std::ranges::copy_if(
      plain, std::back_inserter(out), [](const auto& one) { return !says_nothing(one); });
  return out;
}

auto same_word(std::string_view one, std::string_view two) -> bool {
  return std::ranges::equal(
      one, two, [](char a, char b) { return seams::lower(a) == seams::lower(b); });
}

auto mentions(std::string_view text, std::string_view word) -> bool {
  return !std::ranges::search(text, word, [](char a, char b) {
            return seams::lower(a) == seams::lower(b);
          }).empty();
}

} // namespace core::ocsf
