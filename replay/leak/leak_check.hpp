#pragma once
// Looks for what must not be in a recording: known secrets, and all that looks like one.
#include "replay/cassette/cassette.hpp"
#include "replay/redact/policy.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// A finding never quotes what it found.
struct leak {
  std::string where; ///< "exchange 3, response_body"
  std::string what;  ///< "known secret 2", "a mail address"
};

/// Known secrets shorter than this are found by chance everywhere; they are not looked for.
constexpr auto known_secret_bytes_least = std::size_t{4};
/// Findings beyond these are left out.
constexpr auto leaks_most = std::size_t{100};

/// What `text` holds of `known`, in any case: plain, behind JSON escapes, percent-encoded, in
/// base64 at any alignment, in hexadecimal, in UTF-16, and these inside each other; and what looks
/// like a token, a key, a mail address, an IP address, a real domain or somebody's GUID and is no
/// stand-in of ours. What `policy` lets stay is none.
auto leaks_in(std::string_view text,
              const std::vector<std::string>& known,
              const redaction_policy& policy = {}) -> std::vector<std::string>;

/// The same for method, URL, headers, bodies and failure of every exchange.
auto find_leaks(const cassette& tape,
                const std::vector<std::string>& known,
                const redaction_policy& policy = {}) -> std::vector<leak>;

} // namespace replay
