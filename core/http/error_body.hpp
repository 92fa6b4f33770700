#pragma once
// What an error answer says, whatever its form: JSON, JSON in single quotes, HTML, nothing.
#include "core/seams/http.hpp"

#include <string>

namespace core::http {

/// `code` is "" where the body names none. `message` is cut to a few hundred bytes.
struct error_words {
  std::string code;
  std::string message;
};

/// Reads `{"error":{"code","message"}}` (Graph, Management API) and `{"error":"…",
/// "error_description":"AADSTS…"}` (login); of other bodies finds an AF or AADSTS number, as the
/// Management API's throttle answer is a Python-like text in single quotes.
auto read_error(const seams::response& answer) -> error_words;

} // namespace core::http
