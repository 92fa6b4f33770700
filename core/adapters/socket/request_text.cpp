#include "core/adapters/socket/request_text.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::adapters {
namespace {

constexpr auto own_fields = std::array<std::string_view, 6>{
    "Host", "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "Keep-Alive"};

auto is_own(std::string_view name) -> bool {
  return std::ranges::any_of(
      own_fields, [&](std::string_view own) { return seams::equal_ignoring_case(own, name); });
}

auto is_printable(char c) -> bool {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7f;
}

auto is_token_char(char c) -> bool {
  const auto lower = static_cast<char>(c | 0x20);
  return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

auto is_value_char(char c) -> bool {
  return is_printable(c) || c == ' ' || c == '\t';
}

/// Splits "host", "host:port", "[::1]:port".
auto read_authority(std::string_view text, destination& out) -> bool {
  auto rest = text;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) {
      return false;
    }
    out.host = text.substr(1, close - 1);
    rest.remove_prefix(close + 1);
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    out.host = seams::lower_case(text.substr(0, colon));
    rest.remove_prefix(colon);
  }
  out.authority = seams::lower_case(text);
  out.port = out.encrypted ? 443 : 80;
  if (rest.empty()) {
    return !out.host.empty();
  }
  const auto digits = rest.substr(1);
  const auto* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, out.port);
  return rest.front() == ':' && error == std::errc() && end == last && out.port != 0 &&
         !out.host.empty();
}

auto needs_length(const seams::request& query) -> bool {
  const auto& m = query.method;
  return !query.body.empty() || m == "POST" || m == "PUT" || m == "PATCH";
}

} // namespace

auto split_url(std::string_view url) -> std::optional<destination> {
  auto out = destination();
  if (!std::ranges::all_of(url, is_printable)) {
    return std::nullopt;
  }
  const auto scheme_end = url.find("://");
  const auto scheme = url.substr(0, scheme_end);
  out.encrypted = seams::equal_ignoring_case(scheme, "https");
  if (scheme_end == std::string_view::npos ||
      (!out.encrypted && !seams::equal_ignoring_case(scheme, "http"))) {
    return std::nullopt;
  }
  auto rest = url.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find('#'));
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.find('@') != std::string_view::npos || !read_authority(authority, out)) {
    return std::nullopt;
  }
  rest.remove_prefix(authority.size());
  out.target = rest.starts_with('/') ? "" : "/";
  out.target += rest;
  return out;
}

auto is_sendable(const seams::request& query) -> bool {
  const auto is_name = [](std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_char);
  };
  return is_name(query.method) && std::ranges::all_of(query.fields, [&](const seams::header& f) {
           return is_name(f.name) && std::ranges::all_of(f.value, is_value_char);
         });
}

auto request_text(const seams::request& query, const destination& to, bool accept_gzip)
    -> std::string {
  auto out = query.method + " " + to.target + " HTTP/1.1\r\nHost: " + to.authority + "\r\n";
  for (const auto& [name, value] : query.fields) {
    if (!is_own(name)) {
      out += name + ": " + value + "\r\n";
    }
  }
  if (accept_gzip) {
    out += "Accept-Encoding: gzip\r\n";
  }
  if (needs_length(query)) {
    out += "Content-Length: " + std::to_string(query.body.size()) + "\r\n";
  }
  out += "\r\n";
  return out += query.body;
}

} // namespace core::adapters
