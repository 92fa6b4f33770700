#pragma once
// A request of the login taken apart: its URL, its form fields, its HTTP Basic credentials.
#include "core/seams/http.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::login {

struct url_parts {
  std::string base;              ///< "https://login.microsoftonline.com:8443", lower case
  std::string authority;         ///< host and port as written, lower case
  std::string host;              ///< without port
  std::vector<std::string> path; ///< segments, decoded
  std::string_view query;        ///< raw, a slice of the URL
};

/// Takes an absolute URL apart; the default port of the scheme is dropped (MSAL Python 1.21 writes
/// ":443"). Nothing if it is not absolute http(s), has no plain ASCII host, or is over 8 KiB long.
auto split_url(std::string_view url) -> std::optional<url_parts>;

using form = std::map<std::string, std::string, std::less<>>;

/// Fields of application/x-www-form-urlencoded. '%' without two digits stands for itself, raw
/// spaces and bars are let through (MSAL Node 2.16 sends them). Nothing if `text` is over 64 KiB,
/// has over 100 fields, a field without '=', a name twice, or control characters.
auto parse_form(std::string_view text) -> std::optional<form>;

/// The field's value, or null.
auto field(const form& fields, std::string_view name) -> const std::string*;

/// User and password of `Authorization: Basic`, each form-decoded (RFC 6749, 2.3.1).
struct basic_credentials {
  std::string user;
  std::string password;
};
auto parse_basic(const seams::headers& fields) -> std::optional<basic_credentials>;

/// 8-4-4-4-12 hexadecimal digits, any case.
auto is_guid(std::string_view text) -> bool;

} // namespace mock_graph::login
