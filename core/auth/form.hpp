#pragma once
// application/x-www-form-urlencoded, the body of a token request.
#include <string>
#include <string_view>
#include <vector>

namespace core::auth {

struct form_field {
  std::string_view name;
  std::string_view value;
};

/// Everything but unreserved characters (RFC 3986, 2.3) is percent-encoded: a secret may hold '+',
/// '&' or '~'.
auto encode_form(const std::vector<form_field>& fields) -> std::string;

/// One value, percent-encoded the same way; for query strings too.
auto percent_encode(std::string_view text) -> std::string;

} // namespace core::auth
