#pragma once
// Stand-ins that depend on a key and on what they stand for, and on nothing else: one person has
// one stand-in in every field, URL and file that was redacted with the key.
#include "core/seams/digest.hpp"

#include <string>
#include <string_view>

namespace replay {

/// HMAC-SHA256 (RFC 2104).
auto keyed_digest(std::string_view key, std::string_view message) -> seams::digest;

/// Begins what stands for tokens, keys and tenant names, so that a leak check knows them.
constexpr auto stand_in_mark = std::string_view("standin");
/// Begins each GUID that stands for another.
constexpr auto stand_in_guid_mark = std::string_view("0ff7");
/// Letters that Graph puts before the GUID in an id of an alert: "fa", "da".
constexpr auto guid_prefix_size = std::size_t{2};

/// What is compared without regard to case has one stand-in in all cases; one in capitals alone
/// gets a stand-in in capitals.
class pseudonyms {
public:
  /// `key` decides all stand-ins; who has it can find out what they stand for by trying.
  explicit pseudonyms(std::string key) : key_(std::move(key)) {}

  /// For 32 hexadecimal digits with or without hyphens, in the same form; a prefix stays.
  [[nodiscard]] auto guid(std::string_view value) const -> std::string;
  /// Other hexadecimal digits, as many.
  [[nodiscard]] auto hex(std::string_view value) const -> std::string;
  /// Private addresses stay private, in 10.0.0.0/8; others come to lie in 240.0.0.0/4, which
  /// nobody has (RFC 1112, 4). Loopback and 0.0.0.0 stay.
  [[nodiscard]] auto ipv4(std::string_view value) const -> std::string;
  /// In 2001:db8::/32 (RFC 3849). "::" and "::1" stay.
  [[nodiscard]] auto ipv6(std::string_view value) const -> std::string;
  /// "dana.fox@contoso.com" to "words.suffix@<domain(contoso.com)>"; "#EXT#" stays.
  [[nodiscard]] auto mail_address(std::string_view value) const -> std::string;
  /// Below ".example" (RFC 2606), but for the names of tenants below Microsoft's own domains.
  /// Hosts of one domain stay hosts of one domain.
  [[nodiscard]] auto domain(std::string_view value) const -> std::string;
  /// Letters for letters and digits for digits, word by word, with capitals and punctuation as
  /// they were; equal words have equal stand-ins.
  [[nodiscard]] auto words(std::string_view value) const -> std::string;
  /// For a name that must stay different from all others: `words` and what tells it apart.
  [[nodiscard]] auto name(std::string_view value) const -> std::string;
  /// For an id of a Teams thread, "19:...@thread.v2": its form and the GUIDs in it stay those of a
  /// thread.
  [[nodiscard]] auto thread(std::string_view value) const -> std::string;
  /// For a secret: a word after `stand_in_mark` whose length says only how long it was, roughly.
  [[nodiscard]] auto opaque(std::string_view value) const -> std::string;

private:
  [[nodiscard]] auto letters(std::string_view what, std::string_view value, std::size_t count) const
      -> std::string;

  std::string key_;
};

/// Whether `domain` has the form of what `pseudonyms::domain` gives.
auto is_stand_in_domain(std::string_view domain) -> bool;

/// Whether a GUID, in either form and any case, begins as stand-ins do.
auto is_stand_in_guid(std::string_view value) -> bool;

/// Whether a GUID is one of Microsoft's own applications: "00000003-0000-0000-c000-000000000000".
auto is_service_guid(std::string_view value) -> bool;

/// Whether `domain` is one that Microsoft runs, so that a name in it tells of nobody. Not so for
/// what tenants are named after: "contoso.onmicrosoft.com".
auto is_service_domain(std::string_view domain) -> bool;

/// Whether paths there are an API's, and not what people named.
auto is_api_host(std::string_view domain) -> bool;

/// The domain of Microsoft's whose subdomains are tenants, ".sharepoint.com" with its dot, in which
/// `domain` lies, with the region between: ".us3.portal.cloudappsecurity.com"; "" if in none.
auto tenant_suffix(std::string_view domain) -> std::string_view;

} // namespace replay
