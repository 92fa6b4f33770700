#include "replay/import/stand_in_names.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace replay {
namespace {

auto number_at(const std::string& hex, std::size_t at, std::size_t digits) -> unsigned long {
  return std::stoul(hex.substr(at, digits), nullptr, 16);
}

auto labels_of(std::string_view host) -> std::vector<std::string> {
  auto out = std::vector<std::string>(1);
  for (const auto c : host) {
    if (c == '.') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

auto is_second_level(std::string_view label) -> bool {
  static constexpr auto known =
      std::to_array<std::string_view>({"co", "com", "org", "net", "ac", "gov", "edu"});
  return std::ranges::find(known, label) != known.end();
}

/// How many labels at the end are the domain that an organisation has registered.
auto registered_labels(const std::vector<std::string>& labels) -> std::size_t {
  const auto count = labels.size();
  const auto deep = count >= 3 && labels.back().size() == 2 && is_second_level(labels[count - 2]);
  return std::min<std::size_t>(count, deep ? 3 : 2);
}

auto has_ending(std::string_view host, std::string_view domain) -> bool {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

/// Domains below which every tenant has its own names.
constexpr auto tenant_domains = std::to_array<std::string_view>({"mail.onmicrosoft.com",
                                                                 "onmicrosoft.com",
                                                                 "onmicrosoft.us",
                                                                 "sharepoint.com",
                                                                 "sharepoint.us"});

constexpr auto service_domains = std::to_array<std::string_view>({"microsoft.com",
                                                                  "microsoftonline.com",
                                                                  "microsoftonline.us",
                                                                  "microsoft.us",
                                                                  "office.com",
                                                                  "office365.com",
                                                                  "office365.us",
                                                                  "office.net",
                                                                  "outlook.com",
                                                                  "windows.net",
                                                                  "azure.com",
                                                                  "live.com",
                                                                  "w3.org",
                                                                  "example.com",
                                                                  "example.org",
                                                                  "example.net"});

} // namespace

auto is_service_host(std::string_view host) -> bool {
  const auto lower = seams::lower_case(host);
  const auto is_tenants =
      std::ranges::any_of(tenant_domains, [&](auto one) { return lower == one; });
  return is_tenants || lower == "localhost" || lower.ends_with(".example") ||
         std::ranges::any_of(service_domains, [&](auto one) { return has_ending(lower, one); });
}

auto stand_in_names::hex(std::string_view kind, std::string_view value) const -> std::string {
  const auto inner =
      seams::sha256(key_ + "\n" + std::string(kind) + "\n" + seams::lower_case(value));
  return seams::to_hex(seams::sha256(key_ + "\n" + seams::to_hex(inner)));
}

auto stand_in_names::word(std::string_view kind, std::string_view value) const -> std::string {
  return std::string(kind) + "-" + hex(kind, value).substr(0, 8);
}

auto stand_in_names::guid(std::string_view value) const -> std::string {
  if (value.starts_with("0000000")) {
    return std::string(value);
  }
  const auto digits = hex("guid", value);
  return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-4" + digits.substr(13, 3) + "-9" +
         digits.substr(17, 3) + "-" + digits.substr(20, 12);
}

auto stand_in_names::ipv4(std::string_view value) const -> std::string {
  if (value.starts_with("127.") || value.starts_with("0.") || value == "255.255.255.255") {
    return std::string(value);
  }
  const auto digits = hex("ip", value);
  const auto part = [&](std::size_t at) { return std::to_string(number_at(digits, at, 2)); };
  const auto inside = value.starts_with("10.") || value.starts_with("192.168.");
  if (inside) {
    return "10." + part(0) + "." + part(2) + "." + part(4);
  }
  return "198." + std::to_string(18 + number_at(digits, 6, 2) % 2) + "." + part(2) + "." + part(4);
}

auto stand_in_names::ipv6(std::string_view value) const -> std::string {
  const auto digits = hex("ip", value);
  return "2001:db8:" + digits.substr(0, 4) + ":" + digits.substr(4, 4) + ":" + digits.substr(8, 4) +
         ":" + digits.substr(12, 4) + ":" + digits.substr(16, 4) + ":" + digits.substr(20, 4);
}

auto stand_in_names::host(std::string_view value) const -> std::string {
  const auto lower = seams::lower_case(value);
  if (is_service_host(lower)) {
    return std::string(value);
  }
  for (const auto domain : tenant_domains) {
    if (has_ending(lower, domain)) {
      const auto tenant = lower.substr(0, lower.size() - domain.size() - 1);
      return word("t", tenant) + "." + std::string(domain);
    }
  }
  const auto labels = labels_of(lower);
  const auto own = registered_labels(labels);
  auto registered = std::string();
  for (auto i = labels.size() - own; i < labels.size(); ++i) {
    registered += (registered.empty() ? "" : ".") + labels[i];
  }
  const auto below = lower.substr(0, lower.size() - registered.size());
  return (below.empty() ? "" : word("h", below) + ".") + word("d", registered) + ".example";
}

auto stand_in_names::address(std::string_view local, std::string_view domain) const -> std::string {
  return word("user", local) + "@" + host(domain);
}

auto stand_in_names::sid(std::string_view value) const -> std::string {
  const auto digits = hex("sid", value);
  return "S-1-5-21-" + std::to_string(number_at(digits, 0, 8)) + "-" +
         std::to_string(number_at(digits, 8, 8)) + "-" + std::to_string(number_at(digits, 16, 8)) +
         std::string(value.substr(value.rfind('-')));
}

} // namespace replay
