#pragma once
// Hexadecimal, percent-encoding, UTF-8 and UTF-16: to bytes and back.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace replay::text {

/// The value of a hexadecimal digit, or -1.
constexpr auto hex_value(char c) -> int {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

constexpr auto is_letter(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr auto is_decimal(char c) -> bool {
  return c >= '0' && c <= '9';
}

/// Lower case.
auto to_hex(std::string_view bytes) -> std::string;
/// Nothing if a character is no digit or one is left over.
auto from_hex(std::string_view text) -> std::optional<std::string>;

/// Each "%41" as the byte it means; a '%' that starts no such triple stays.
auto percent_decoded(std::string_view text) -> std::string;
/// Everything but letters, digits and "-._~" as "%41", and what `also_plain` names (RFC 3986, 2.3).
auto percent_encoded(std::string_view text, std::string_view also_plain = {}) -> std::string;

/// The length of the well-formed UTF-8 sequence at the start of `text`, 0 if there is none
/// (Unicode standard, table 3-7).
auto utf8_length(std::string_view text) -> std::size_t;
auto is_utf8(std::string_view text) -> bool;
/// With U+FFFD for each byte that is no UTF-8.
auto as_utf8(std::string_view bytes) -> std::string;
/// Half a surrogate pair becomes U+FFFD.
void append_utf8(std::string& out, std::uint32_t code);

enum class byte_order { little, big };

/// `text`, which is UTF-8, as UTF-16 without a byte order mark.
auto to_utf16(std::string_view text, byte_order order) -> std::string;
/// Nothing for an odd number of bytes or half a surrogate pair.
auto from_utf16(std::string_view bytes, byte_order order) -> std::optional<std::string>;

} // namespace replay::text
