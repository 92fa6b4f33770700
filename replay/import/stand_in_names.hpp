#pragma once
// Makes stand-ins for identifiers: keyed, so that nobody without the key can tell or guess them.
#include <string>
#include <string_view>

namespace replay {

/// One stand-in for each value, for one key. Letters' case does not matter: "Dana@Contoso.com" and
/// "dana@contoso.com" are one person.
class stand_in_names {
public:
  explicit stand_in_names(std::string key) : key_(std::move(key)) {}

  /// "user-1a2b3c4d", with that word in front.
  [[nodiscard]] auto word(std::string_view kind, std::string_view value) const -> std::string;
  /// A GUID of the same form. Ids that are the same everywhere, all zeros and Microsoft's own
  /// applications (0000000x-0000-0000-...), stay.
  [[nodiscard]] auto guid(std::string_view value) const -> std::string;
  /// Addresses stay private or public: 10.x.y.z, or one of 198.18.0.0/15, which RFC 2544 keeps for
  /// tests. Loopback and unspecified addresses stay.
  [[nodiscard]] auto ipv4(std::string_view value) const -> std::string;
  /// One of 2001:db8::/32 (RFC 3849).
  [[nodiscard]] auto ipv6(std::string_view value) const -> std::string;
  /// Hosts of one organisation keep a common domain: "mail.contoso.com" is h-….d-….example. Names
  /// below onmicrosoft.com and sharepoint.com keep that ending, Microsoft's own hosts stay.
  [[nodiscard]] auto host(std::string_view value) const -> std::string;
  /// "dana@contoso.com" as user-…@d-….example.
  [[nodiscard]] auto address(std::string_view local, std::string_view domain) const -> std::string;
  /// "S-1-5-21-…": other numbers, the same last one.
  [[nodiscard]] auto sid(std::string_view value) const -> std::string;

private:
  /// Hexadecimal digits that depend on key, kind and value.
  [[nodiscard]] auto hex(std::string_view kind, std::string_view value) const -> std::string;

  std::string key_;
};

/// Whether the host is one of the service's own, the same for every tenant.
auto is_service_host(std::string_view host) -> bool;

} // namespace replay
