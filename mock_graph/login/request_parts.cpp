#include "mock_graph/login/request_parts.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/login/base64url.hpp"

#include <algorithm>

namespace mock_graph::login {
namespace {

constexpr auto longest_url = std::size_t{8 * 1024};
constexpr auto longest_form = std::size_t{64 * 1024};
constexpr auto most_fields = std::size_t{100};

auto hex_digit(char c) -> int {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const auto letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

auto decoded(std::string_view text, bool plus_is_space) -> std::string {
  auto out = std::string();
  out.reserve(text.size());
  for (auto i = std::size_t{0}; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

/// The piece before `end`; `text` keeps what follows it.
auto take_until(std::string_view& text, char end) -> std::string_view {
  const auto at = text.find(end);
  const auto piece = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return piece;
}

auto is_control(char c) -> bool {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

auto without_default_port(std::string authority, bool tls) -> std::string {
  const auto port = std::string_view(tls ? ":443" : ":80");
  if (authority.ends_with(port)) {
    authority.erase(authority.size() - port.size());
  }
  return authority;
}

} // namespace

auto is_guid(std::string_view text) -> bool {
  if (text.size() != 36) {
    return false;
  }
  for (auto i = std::size_t{0}; i < text.size(); ++i) {
    const auto dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : hex_digit(text[i]) < 0) {
      return false;
    }
  }
  return true;
}

auto split_url(std::string_view url) -> std::optional<url_parts> {
  const auto colon = url.find("://");
  const auto scheme = seams::lower_case(url.substr(0, colon));
  if (colon == url.npos || url.size() > longest_url || (scheme != "https" && scheme != "http")) {
    return std::nullopt;
  }
  auto rest = url.substr(scheme.size() + 3);
  rest = rest.substr(0, rest.find('#'));
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  rest.remove_prefix(authority.size());
  const auto printable = [](char c) { return c > 0x20 && c < 0x7f; };
  if (authority.substr(0, authority.find(':')).empty() ||
      !std::ranges::all_of(authority, printable)) {
    return std::nullopt;
  }
  auto out = url_parts{};
  out.authority = without_default_port(seams::lower_case(authority), scheme == "https");
  out.base = scheme + "://" + out.authority;
  const auto port = out.authority.find(':', out.authority.find(']') + 1);
  out.host =
      out.authority.substr(0, out.authority.starts_with('[') ? out.authority.find(']') + 1 : port);
  auto path = take_until(rest, '?');
  out.query = rest;
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  while (!path.empty()) {
    out.path.push_back(decoded(take_until(path, '/'), false));
  }
  return out;
}

auto parse_form(std::string_view text) -> std::optional<form> {
  if (text.size() > longest_form) {
    return std::nullopt;
  }
  auto out = form();
  while (!text.empty()) {
    auto value = take_until(text, '&');
    if (value.empty()) {
      continue;
    }
    if (value.find('=') == std::string_view::npos || out.size() == most_fields) {
      return std::nullopt;
    }
    auto name = decoded(take_until(value, '='), true);
    auto content = decoded(value, true);
    if (std::ranges::any_of(name, is_control) || std::ranges::any_of(content, is_control) ||
        !out.emplace(std::move(name), std::move(content)).second) {
      return std::nullopt;
    }
  }
  return out;
}

auto field(const form& fields, std::string_view name) -> const std::string* {
  const auto found = fields.find(name);
  return found == fields.end() ? nullptr : &found->second;
}

auto parse_basic(const seams::headers& fields) -> std::optional<basic_credentials> {
  constexpr auto scheme = std::string_view("Basic ");
  constexpr auto longest = std::size_t{8 * 1024};
  const auto value = fields.find("Authorization").value_or("");
  if (!seams::equal_ignoring_case(value.substr(0, scheme.size()), scheme)) {
    return std::nullopt;
  }
  const auto pair = base64_decode(value.substr(scheme.size()), longest);
  const auto colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) {
    return std::nullopt;
  }
  const auto text = std::string_view(*pair);
  return basic_credentials{decoded(text.substr(0, colon), true),
                           decoded(text.substr(colon + 1), true)};
}

} // namespace mock_graph::login
