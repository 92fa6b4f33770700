#include "core/ocsf/odd_values.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>

namespace core::ocsf {
namespace {

constexpr auto is_letter_or_digit(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr auto is_hex_digit(char c) -> bool {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The longest form of an address, in OCSF too.
constexpr auto ip_size_most = std::size_t{40};

auto is_ip_of(int family, std::string_view text) -> bool {
  auto bytes = std::array<unsigned char, 16>();
  return text.size() <= ip_size_most &&
         inet_pton(family, std::string(text).c_str(), bytes.data()) == 1;
}

auto is_ipv4(std::string_view text) -> bool {
  return is_ip_of(AF_INET, text);
}

auto to_port(std::string_view text) -> std::optional<int> {
  auto out = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  const auto fits = read.ec == std::errc() && read.ptr == end && out >= 0 && out <= 65'535;
  return fits ? std::optional(out) : std::nullopt;
}

/// Host and port parted; the whole text is the host if there is no port.
struct parted {
  std::string_view host;
  std::string_view port;
};

auto part(std::string_view text) -> parted {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) {
      return {text, {}};
    }
    const auto rest = text.substr(end + 1);
    return {text.substr(1, end - 1), rest.starts_with(':') ? rest.substr(1) : std::string_view()};
  }
  const auto colon = text.find(':');
  const auto is_only = colon != std::string_view::npos && colon == text.rfind(':');
  return is_only ? parted{text.substr(0, colon), text.substr(colon + 1)} : parted{text, {}};
}

auto is_host_name(std::string_view text) -> bool {
  constexpr auto size_most = std::size_t{253};
  return !text.empty() && text.size() <= size_most && is_letter_or_digit(text.front()) &&
         std::ranges::all_of(text, [](char c) {
           return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
         });
}

auto without_zone(std::string_view text) -> std::string_view {
  return text.substr(0, text.find('%'));
}

/// "::ffff:192.0.2.1" is 192.0.2.1, whoever wrote it.
auto without_mapping(std::string_view text) -> std::string_view {
  constexpr auto prefix = std::string_view("::ffff:");
  const auto inner = text.substr(std::min(prefix.size(), text.size()));
  return same_word(text.substr(0, prefix.size()), prefix) && is_ipv4(inner) ? inner : text;
}

} // namespace

auto is_ip(std::string_view text) -> bool {
  return is_ipv4(text) || is_ip_of(AF_INET6, text);
}

auto to_endpoint(const nlohmann::json& value) -> std::optional<endpoint> {
  if (!value.is_string()) {
    return std::nullopt;
  }
  const auto [host, port] = part(value.get_ref<const std::string&>());
  const auto ip = without_mapping(without_zone(host));
  if (ip == "0.0.0.0" || ip == "::") {
    return std::nullopt;
  }
  auto out = endpoint();
  if (is_ip(ip)) {
    out.ip = ip;
  } else if (is_host_name(host)) {
    out.hostname = host;
  } else {
    return std::nullopt;
  }
  out.port = to_port(port);
  return out;
}

auto is_mail_address(std::string_view text) -> bool {
  constexpr auto marks = std::string_view("!#$%&'*+,-./=?^_`{|}~");
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0) {
    return false;
  }
  const auto local = text.substr(0, at);
  const auto domain = text.substr(at + 1);
  const auto dot = domain.find('.');
  return dot != std::string_view::npos && dot != 0 && dot + 1 < domain.size() &&
         std::ranges::all_of(local,
                             [&](char c) {
                               return is_letter_or_digit(c) ||
                                      marks.find(c) != std::string_view::npos;
                             }) &&
         std::ranges::all_of(domain,
                             [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

auto to_mail_address(const nlohmann::json& value) -> std::optional<std::string> {
  if (!value.is_string() || !is_mail_address(value.get_ref<const std::string&>())) {
    return std::nullopt;
  }
  return value.get<std::string>();
}

auto is_mac(std::string_view text) -> bool {
  constexpr auto size = std::size_t{17};
  if (text.size() != size) {
    return false;
  }
  for (auto i = std::size_t{0}; i < size; ++i) {
    const auto fits = i % 3 == 2 ? text[i] == ':' || text[i] == '-' : is_hex_digit(text[i]);
    if (!fits) {
      return false;
    }
  }
  return true;
}

auto to_mac(const nlohmann::json& value) -> std::optional<std::string> {
  constexpr auto digits = std::size_t{12};
  if (!value.is_string()) {
    return std::nullopt;
  }
  auto text = value.get<std::string>();
  std::erase_if(text, [](char c) { return c == ':' || c == '-' || c == '.'; });
  if (text.size() != digits || !std::ranges::all_of(text, is_hex_digit)) {
    return std::nullopt;
  }
  auto out = std::string();
  for (auto i = std::size_t{0}; i < digits; i += 2) {
    out += (out.empty() ? "" : ":") + text.substr(i, 2);
  }
  return out;
}

auto is_guid(std::string_view text) -> bool {
  constexpr auto size = std::size_t{36};
  if (text.size() != size) {
    return false;
  }
  for (auto i = std::size_t{0}; i < size; ++i) {
    const auto is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : !is_hex_digit(text[i])) {
      return false;
    }
  }
  return true;
}

} // namespace core::ocsf
