#include "core/actions/targets.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace core::actions {
namespace {

using seams::failure;
using seams::reaction;
using checked = seams::result<std::string>;

/// RFC 1035, 2.3.4.
constexpr auto label_max = std::size_t{63};
constexpr auto name_max = std::size_t{253};
/// Ranges must be longer: a slip would lock out a continent.
constexpr auto widest_prefix = 8;

auto unfit(std::string_view text, std::string_view why, const char* code = "unfit_target")
    -> failure {
  return {
      reaction::stop_and_diagnose, code, "\"" + std::string(text) + "\" is " + std::string(why)};
}

auto is_hex(char c) -> bool {
  return (c >= '0' && c <= '9') || (seams::lower(c) >= 'a' && seams::lower(c) <= 'f');
}

/// Letters beyond ASCII count: names of hosts may hold them.
auto is_of_name(char c) -> bool {
  const auto small = seams::lower(c);
  return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

auto is_label(std::string_view text) -> bool {
  return !text.empty() && text.size() <= label_max && std::ranges::all_of(text, is_of_name);
}

/// Names of hosts, of one label or more.
auto is_host(std::string_view text) -> bool {
  if (text.size() > name_max) {
    return false;
  }
  for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
    if (!is_label(text.substr(0, dot))) {
      return false;
    }
    text.remove_prefix(dot + 1);
  }
  return is_label(text);
}

/// An address of either version, most significant byte first.
struct ip_address {
  int family = AF_INET;
  std::array<std::uint8_t, 16> bytes = {};

  [[nodiscard]] auto bits() const -> int { return family == AF_INET ? 32 : 128; }
  /// As RFC 5952 writes it.
  [[nodiscard]] auto text() const -> std::string {
    auto out = std::array<char, INET6_ADDRSTRLEN>{};
    return inet_ntop(family, bytes.data(), out.data(), out.size());
  }
  /// Keeps the first `count` bits.
  void cut(int count) {
    for (auto bit = count; bit < bits(); ++bit) {
      const auto mask = 0x80U >> static_cast<unsigned>(bit % 8);
      auto& byte = bytes.at(static_cast<std::size_t>(bit / 8));
      byte = static_cast<std::uint8_t>(byte & ~mask);
    }
  }
};

/// Version 4 within version 6 ("::ffff:203.0.113.7") is version 4.
auto unmapped(const ip_address& from) -> ip_address {
  constexpr auto prefix = std::to_array<std::uint8_t>({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff});
  if (from.family == AF_INET || !std::equal(prefix.begin(), prefix.end(), from.bytes.begin())) {
    return from;
  }
  auto out = ip_address();
  std::copy(from.bytes.begin() + prefix.size(), from.bytes.end(), out.bytes.begin());
  return out;
}

/// Without the name of a network interface.
auto address_of(const std::string& text) -> std::optional<ip_address> {
  for (const auto family : {AF_INET, AF_INET6}) {
    auto out = ip_address{family};
    if (inet_pton(family, text.c_str(), out.bytes.data()) == 1) {
      return unmapped(out);
    }
  }
  return std::nullopt;
}

auto check_address(std::string_view text) -> checked {
  if (text.find('/') != std::string_view::npos) {
    return unfit(text, "a range: an indicator holds one address", "no_ranges");
  }
  const auto address = address_of(std::string(text));
  return address ? checked(address->text()) : checked(unfit(text, "no IP address"));
}

auto check_range(std::string_view text) -> checked {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) {
    return check_address(text);
  }
  auto address = address_of(std::string(text.substr(0, slash)));
  const auto digits = text.substr(slash + 1);
  auto bits = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (!address || read.ec != std::errc() || read.ptr != digits.data() + digits.size() || bits < 0 ||
      bits > address->bits()) {
    return unfit(text, "no IP address and no range of them");
  }
  if (bits <= widest_prefix) {
    return unfit(text, "no range that can be blocked: longer than /8 it must be", "range_too_wide");
  }
  const auto is_one = bits == address->bits();
  address->cut(bits);
  return address->text() + (is_one ? "" : "/" + std::to_string(bits));
}

auto check_hash(std::string_view text) -> checked {
  const auto fits = (text.size() == 64 || text.size() == 40 || text.size() == 32) &&
                    std::ranges::all_of(text, is_hex);
  return fits ? checked(seams::lower_case(text))
              : checked(unfit(text, "no SHA-256, SHA-1 or MD5 in hexadecimal", "no_hash"));
}

auto check_name(std::string_view text) -> checked {
  if (text.ends_with('.')) {
    text.remove_suffix(1);
  }
  const auto fits =
      is_host(text) && text.find('.') != std::string_view::npos && !address_of(std::string(text));
  return fits ? checked(seams::lower_case(text)) : checked(unfit(text, "no domain"));
}

/// Both sides of its one @, nothing if there are not two.
auto halves_of(std::string_view text)
    -> std::optional<std::pair<std::string_view, std::string_view>> {
  const auto at = text.find('@');
  const auto fits = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                    text.find('@', at + 1) == std::string_view::npos;
  return fits ? std::optional(std::pair(text.substr(0, at), text.substr(at + 1))) : std::nullopt;
}

/// Subdomains of a domain, "*.contoso.com", are senders too (New-TenantAllowBlockListItems,
/// -Entries).
auto check_sender(std::string_view text) -> checked {
  const auto address = halves_of(text);
  const auto domain = address ? address->second : text.starts_with("*.") ? text.substr(2) : text;
  return check_name(domain) ? checked(seams::lower_case(text))
                            : checked(unfit(text, "neither an address nor a domain"));
}

/// The path keeps its case: servers tell it apart.
auto check_url(std::string_view text) -> checked {
  const auto scheme = text.find("://");
  const auto from = scheme < text.find_first_of("/?#") ? scheme + 3 : 0;
  const auto end = std::min(text.find_first_of("/?#", from), text.size());
  if (text.substr(from, end - from).find_first_of(".[") == std::string_view::npos) {
    return unfit(text, "no URL: it names no host");
  }
  return seams::lower_case(text.substr(0, end)) + std::string(text.substr(end));
}

auto check_person(std::string_view text) -> checked {
  return is_guid(text) || halves_of(text)
             ? checked(seams::lower_case(text))
             : checked(unfit(text, "no user: an object id or a user principal name names one"));
}

/// Names keep their case: the service compares them as they are spelt.
auto check_device(std::string_view text) -> checked {
  if (is_machine_id(text) || is_guid(text)) {
    return seams::lower_case(text);
  }
  return is_host(text) ? checked(std::string(text))
                       : checked(unfit(text, "no machine id, DNS name or Entra device id"));
}

using checker = auto(*)(std::string_view) -> checked;

/// What no target may be, and then what this kind may not.
auto checked_by(checker kind, std::string_view text) -> checked {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  if (text.empty()) {
    return failure(reaction::stop_and_diagnose, "no_target", "a target is empty");
  }
  if (std::ranges::any_of(text, blank)) {
    return failure(reaction::stop_and_diagnose,
                   "unfit_target",
                   "a target holds a blank or a control character");
  }
  return kind(text);
}

struct kind_of_target {
  std::string_view action;
  checker kind;
};

constexpr auto kinds =
    std::to_array<kind_of_target>({{"hard_delete_message", check_person},
                                   {"block_url", check_url},
                                   {"block_sender", check_sender},
                                   {"block_domain", check_name},
                                   {"block_file", check_hash},
                                   {"block_ip_on_endpoints", check_address},
                                   {"block_ip", check_range},
                                   {"isolate_device", check_device},
                                   {"release_device", check_device},
                                   {"disable_user", check_person},
                                   {"enable_user", check_person},
                                   {"reset_password", check_person},
                                   {"revoke_sessions", check_person},
                                   {"disable_forwarding_rules", check_person},
                                   {"delete_external_forwarding_rules", check_person}});

} // namespace

auto check_target(std::string_view action, std::string_view text) -> checked {
  const auto* found = std::ranges::find(kinds, action, &kind_of_target::action);
  if (found == kinds.end()) {
    return failure(reaction::stop_and_diagnose,
                   "unknown_action",
                   "there is no action called " + std::string(action));
  }
  return checked_by(found->kind, text);
}

auto check_user(std::string_view text) -> checked {
  return checked_by(check_person, text);
}

auto check_domain(std::string_view text) -> checked {
  return checked_by(check_name, text);
}

auto is_guid(std::string_view text) -> bool {
  if (text.size() != 36) {
    return false;
  }
  for (auto i = std::size_t{0}; i < text.size(); ++i) {
    const auto is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_hyphen ? text[i] != '-' : !is_hex(text[i])) {
      return false;
    }
  }
  return true;
}

auto is_machine_id(std::string_view text) -> bool {
  return text.size() == 40 && std::ranges::all_of(text, is_hex);
}

} // namespace core::actions
