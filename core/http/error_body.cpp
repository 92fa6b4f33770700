#include "core/http/error_body.hpp"

#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <algorithm>

namespace core::http {
namespace {

constexpr auto message_bytes_max = std::size_t{600};
constexpr auto body_bytes_max = std::size_t{1} << 20U;

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

/// The first run of `prefix` followed by digits, "" if there is none.
auto numbered(std::string_view text, std::string_view prefix) -> std::string {
  for (auto at = text.find(prefix); at != std::string_view::npos; at = text.find(prefix, at + 1)) {
    const auto digits = text.substr(at + prefix.size());
    const auto length =
        static_cast<std::size_t>(std::ranges::find_if_not(digits, is_digit) - digits.begin());
    if (length > 0) {
      return std::string(text.substr(at, prefix.size() + length));
    }
  }
  return {};
}

auto text_of(std::string_view object, std::string_view name) -> std::string {
  const auto slice = json::member(object, name);
  return slice ? json::as_string(*slice).value_or("") : std::string();
}

} // namespace

auto read_error(const seams::response& answer) -> error_words {
  const auto body = std::string_view(answer.body).substr(0, body_bytes_max);
  auto out = error_words();
  if (!answer.body_undecodable && json::check(body)) {
    const auto error = json::member(body, "error").value_or("");
    if (json::kind_of(error) == json::kind::object) {
      out = {text_of(error, "code"), text_of(error, "message")};
    } else {
      const auto description = text_of(body, "error_description");
      out = {numbered(description, "AADSTS"), description};
      if (out.code.empty()) {
        out.code = json::as_string(error).value_or("");
      }
    }
  } else {
    out.code = numbered(body, "AADSTS");
    out.code = out.code.empty() ? numbered(body, "AF") : out.code;
  }
  out.message.resize(std::min(out.message.size(), message_bytes_max));
  return out;
}

} // namespace core::http
