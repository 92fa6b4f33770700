#pragma once
// An absolute URL taken apart, and a request as the text that goes over a connection.
#include "core/seams/http.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core::adapters {

/// Where a request goes and what it asks for there.
struct destination {
  bool encrypted = false; ///< the scheme is https
  std::string authority;  ///< host and port as the URL has them, lower case: the Host field
  std::string host;       ///< without port and brackets
  std::uint16_t port = 0;
  std::string target; ///< path and query; "/" when the URL has no path
};

/// Nothing when `url` is not an absolute http(s) URL that can stand in a request: bad port, user
/// name, white space, control characters.
auto split_url(std::string_view url) -> std::optional<destination>;

/// No field can smuggle another one in: names are tokens (RFC 9110, 5.1), values free of control
/// characters other than tab.
auto is_sendable(const seams::request& query) -> bool;

/// The whole request, HTTP/1.1. Fields that belong to the connection are set here, those in
/// `query` are left out.
auto request_text(const seams::request& query, const destination& to, bool accept_gzip)
    -> std::string;

} // namespace core::adapters
