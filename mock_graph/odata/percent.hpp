#pragma once
// Percent-encoding and UTF-8, as far as reading and writing a request URL needs them.
#include <optional>
#include <string>
#include <string_view>

namespace mock_graph::odata {

/// Whether `bytes` are well-formed UTF-8 (no surrogates, no overlong forms).
auto is_utf8(std::string_view bytes) -> bool;

/// `text` with %XX undone. Nothing when an escape is malformed or the outcome is no UTF-8 or holds
/// a NUL.
auto decode_segment(std::string_view text) -> std::optional<std::string>;

/// As `decode_segment`, with '+' for a blank; a '%' that starts no escape stays as it is, as
/// ASP.NET leaves it.
auto decode_query(std::string_view text) -> std::optional<std::string>;

/// All but RFC 3986's unreserved characters as %XX.
auto encode(std::string_view text) -> std::string;

/// What cannot stand in a URL as %XX (blanks, quotes of the double kind, `|`, bytes beyond ASCII);
/// escapes and everything else unchanged.
auto mend(std::string_view part) -> std::string;

} // namespace mock_graph::odata
