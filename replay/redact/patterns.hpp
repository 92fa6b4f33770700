#pragma once
// Finds what looks like an address, an id, a token or a key, wherever it stands in a text.
#include <optional>
#include <string_view>

namespace replay {

enum class pattern {
  date,    ///< "2026-03-10...": stays, so that its digits are taken for nothing else
  token,   ///< a JSON Web Token
  key,     ///< a private key or certificate in PEM, a known kind of API key, a long random word
  secret,  ///< the value behind "password=" and the like
  url,     ///< with "http://" or "https://"
  thread,  ///< a chat or channel of Teams: "19:...@thread.v2"
  address, ///< of mail
  guid,    ///< with hyphens, or 32 hexadecimal digits
  ipv4,
  ipv6,
  mac,
  sid,   ///< a Windows security identifier of a domain's account
  domain ///< ends like a domain that can be registered
};

struct pattern_found {
  pattern what{};
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] auto in(std::string_view text) const -> std::string_view {
    return text.substr(begin, end - begin);
  }
};

/// The first thing at or behind `from`; nothing if the rest holds none. What lies inside of what
/// was found is the caller's business: a URL holds domains and maybe addresses.
auto next_pattern(std::string_view text, std::size_t from) -> std::optional<pattern_found>;

/// Whether a word is as random as keys are: long, and changing between letters, capitals and
/// digits all the time.
auto looks_random(std::string_view word) -> bool;

/// Whether the last label is one that public domains have.
auto ends_like_domain(std::string_view name) -> bool;

/// Whether `name`, a field, header or parameter, holds what gives access: "client_secret".
auto names_secret(std::string_view name) -> bool;

} // namespace replay
