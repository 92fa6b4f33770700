#pragma once
// What an error answer says, whatever its form: JSON, JSON in single quotes, HTML, nothing.
#include "core/seams/http.hpp"

#include <span>
#include <string>
#include <string_view>

namespace core::http {

/// `code` is one word of letters, digits, '_', '-' and '.', or "" where the body names none.
/// `message` is cut to a few hundred bytes, without control characters.
struct error_words {
  std::string code;
  std::string message;
};

/// Reads `{"error":{"code","message"}}` (Graph, Management API, Azure; of Exchange's the message of
/// the exception inside) and `{"error":"…",
/// "error_description":"AADSTS…"}` (login); of other bodies finds an AF or AADSTS number, as the
/// Management API's throttle answer is a Python-like text in single quotes.
///
/// A peer may echo what was sent: every text of `secrets` is taken out, before anything is cut.
auto read_error(const seams::response& answer, std::span<const std::string_view> secrets = {})
    -> error_words;

/// `text` with each occurrence of `secret` replaced by "[removed]".
auto without(std::string text, std::string_view secret) -> std::string;

} // namespace core::http
