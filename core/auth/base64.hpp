#pragma once
// Base64 as tokens, thumbprints and key files write it (RFC 4648, sections 4 and 5).
#include <optional>
#include <string>
#include <string_view>

namespace core::auth {

/// Which alphabet, and whether '=' fills the end.
enum class base64_form { plain, url, url_padded };

auto to_base64(std::string_view bytes, base64_form how) -> std::string;

/// Bytes of `text` in either alphabet, padded or not; what follows a '=' is not looked at. Nothing
/// if it holds any other character, white space too.
auto from_base64(std::string_view text) -> std::optional<std::string>;

} // namespace core::auth
