#pragma once
// One place for each way in which Microsoft's records write the same thing differently.
//
// Every function takes a value as it stands in a record and gives nothing for what it cannot read,
// so that the value stays in `unmapped`.
#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core::ocsf {

/// Absent, null, "", [], {}, or a list of nothing but those: all say nothing.
[[nodiscard]] auto says_nothing(const nlohmann::json& value) -> bool;

/// Milliseconds since 1970, UTC. Read are:
/// "2026-03-10T08:29:16.4466667Z", with none to nine digits, with 'T' or a blank, with 'Z', an
/// offset ("+02:00") or no zone (audit records: UTC); "/Date(1658751973240)/" of OData verbose,
/// its slashes escaped or not; "4/18/2020 4:50:30 AM" of PowerShell; a number of milliseconds
/// (Cloud Apps), as number or text, from 1973 on.
[[nodiscard]] auto to_milliseconds(const nlohmann::json& value) -> std::optional<std::int64_t>;

/// The text of a string, number or truth value; nothing for the others and for blank texts.
[[nodiscard]] auto to_text(const nlohmann::json& value) -> std::optional<std::string>;

/// A whole number, also one in a text ("50") or with an empty fraction (5.0).
[[nodiscard]] auto to_whole(const nlohmann::json& value) -> std::optional<std::int64_t>;

/// A number, also one in a text.
[[nodiscard]] auto to_fraction(const nlohmann::json& value) -> std::optional<double>;

/// A truth value, also as "True", "false", 1, 0, "1", "0".
[[nodiscard]] auto to_truth(const nlohmann::json& value) -> std::optional<bool>;

/// A mail address as OCSF's `email_t` has it. Nothing for "<>", X.500 names, "Name <a@b.c>" and
/// whatever else is no plain address.
[[nodiscard]] auto to_mail_address(const nlohmann::json& value) -> std::optional<std::string>;
[[nodiscard]] auto is_mail_address(std::string_view text) -> bool;

/// Where something came from or went.
struct endpoint {
  std::string ip;       ///< without port, brackets and zone; IPv4 in IPv6 clothes is IPv4
  std::string hostname; ///< where a name stands in place of an address
  std::optional<int> port;
};

/// "192.0.2.1", "192.0.2.1:51234", "[192.0.2.1]:51234", "2001:db8::1", "[2001:db8::1]:443",
/// "fe80::1%eth0", "::ffff:192.0.2.1", "localhost:80". An unspecified address ("0.0.0.0", "::")
/// says nothing.
[[nodiscard]] auto to_endpoint(const nlohmann::json& value) -> std::optional<endpoint>;
[[nodiscard]] auto is_ip(std::string_view text) -> bool;

/// "1836F3984F9A", "18-36-F3-98-4F-9A" or with colons, as the latter.
[[nodiscard]] auto to_mac(const nlohmann::json& value) -> std::optional<std::string>;
[[nodiscard]] auto is_mac(std::string_view text) -> bool;

[[nodiscard]] auto is_guid(std::string_view text) -> bool;

/// A value whose text is a JSON object or list, read; any other value as it is.
[[nodiscard]] auto unfolded(const nlohmann::json& value) -> nlohmann::json;

/// The elements of a list, also one that is written as JSON in a text; a lone value is a list of
/// one, what says nothing is empty.
[[nodiscard]] auto to_list(const nlohmann::json& value) -> std::vector<nlohmann::json>;

[[nodiscard]] auto same_word(std::string_view one, std::string_view two) -> bool;
/// Whether `word` stands in `text`, letter case aside.
[[nodiscard]] auto mentions(std::string_view text, std::string_view word) -> bool;

} // namespace core::ocsf
