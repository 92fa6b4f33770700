#include "core/http/error_body.hpp"

#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <algorithm>

namespace core::http {
namespace {

constexpr auto message_bytes_max = std::size_t{600};
constexpr auto code_bytes_max = std::size_t{100};
constexpr auto body_bytes_max = std::size_t{1} << 20U;
constexpr auto removed = std::string_view("[removed]");

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

auto is_word(char c) -> bool {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
         c == '.';
}

auto is_control(char c) -> bool {
  return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
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

/// Exchange's outer message is always "Invalid Operation": what went wrong is told further inside
/// (rknightion/graph2otel docs/graph-api-gotchas.md).
auto inner_message(std::string_view error) -> std::string {
  const auto inner = json::find(error, "innererror.internalexception").value_or("");
  return text_of(inner, "message");
}

auto words_of_json(std::string_view body) -> error_words {
  const auto error = json::member(body, "error").value_or("");
  if (json::kind_of(error) == json::kind::object) {
    auto inner = inner_message(error);
    return {text_of(error, "code"), inner.empty() ? text_of(error, "message") : std::move(inner)};
  }
  auto out = error_words{"", text_of(body, "error_description")};
  out.code = numbered(out.message, "AADSTS");
  if (out.code.empty()) {
    out.code = json::as_string(error).value_or("");
  }
  if (out.message.empty()) {
    out.message = text_of(body, "Message"); // the Management API's own 401
  }
  return out;
}

} // namespace

auto without(std::string text, std::string_view secret) -> std::string {
  if (secret.empty()) {
    return text;
  }
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), removed);
    at += removed.size();
  }
  return text;
}

auto read_error(const seams::response& answer, std::span<const std::string_view> secrets)
    -> error_words {
  const auto body = std::string_view(answer.body).substr(0, body_bytes_max);
  auto out = error_words();
  if (!answer.body_undecodable && json::check(body)) {
    out = words_of_json(body);
  } else {
    out.code = numbered(body, "AADSTS");
    out.code = out.code.empty() ? numbered(body, "AF") : out.code;
  }
  for (const auto secret : secrets) {
    out.message = without(std::move(out.message), secret);
    if (!secret.empty() && out.code.find(secret) != std::string::npos) {
      out.code.clear();
    }
  }
  if (out.code.size() > code_bytes_max || !std::ranges::all_of(out.code, is_word)) {
    out.code.clear();
  }
  out.message.resize(std::min(out.message.size(), message_bytes_max));
  std::ranges::replace_if(out.message, is_control, ' ');
  return out;
}

} // namespace core::http
