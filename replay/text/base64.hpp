#pragma once
// Base64 in both alphabets (RFC 4648, sections 4 and 5), as bodies and tokens hold it.
#include <optional>
#include <string>
#include <string_view>

namespace replay::text {

enum class base64_form { plain, plain_unpadded, url, url_padded };

auto to_base64(std::string_view bytes, base64_form how = base64_form::plain) -> std::string;

/// The bytes of `text`, in either alphabet but not both mixed, padded rightly or not at all.
/// Spare bits at the end are not looked at: other encoders leave some.
auto from_base64(std::string_view text) -> std::optional<std::string>;

/// Whether `c` is a digit of either alphabet.
auto is_base64_digit(char c) -> bool;

/// The form in which `text`, which `from_base64` took, is written.
auto form_of(std::string_view text) -> base64_form;

} // namespace replay::text
