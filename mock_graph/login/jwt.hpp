#pragma once
// JSON Web Tokens in compact form (RFC 7515, 7519): split, read under bounds, sign, verify.
#include "core/seams/result.hpp"
#include "core/seams/time.hpp"
#include "mock_graph/login/keys.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace mock_graph::login {

/// The algorithms this platform uses. Nothing else is ever verified: no "none", no HMAC.
enum class jws_algorithm { rs256, ps256 };

/// A token taken apart. Reading it says nothing about its signature.
struct jws {
  std::string signed_part; ///< "header.claims", as it came
  nlohmann::json header;   ///< an object
  nlohmann::json claims;   ///< an object
  std::string signature;   ///< raw bytes; may be empty
};

/// Longest token that is looked at, in characters.
inline constexpr auto longest_token = std::size_t{16 * 1024};

/// Fails with code "jwt_malformed" unless `token` is three base64url parts of which the first two
/// are JSON objects, nested at most 8 deep. The text of the failure holds nothing of the token.
auto parse_jws(std::string_view token) -> seams::result<jws>;

/// What `alg` says, if it is one of ours (exact spelling: RFC 7515, 4.1.1).
auto algorithm_of(const jws& token) -> std::optional<jws_algorithm>;

/// True if `token` names `algorithm` and `key` made its signature with it. The caller says which
/// algorithm it expects, so a token cannot choose how it is checked.
auto verify(const jws& token, jws_algorithm algorithm, const public_key& key) -> bool;

/// The compact form. `header` must name the same algorithm.
auto sign_jws(const nlohmann::ordered_json& header,
              const nlohmann::ordered_json& claims,
              jws_algorithm algorithm,
              const signing_key& key) -> std::string;

/// A NumericDate claim (RFC 7519, section 2), whole or with a fraction: MSAL Python sends floats.
/// Nothing if it is absent, no number, or outside the years 1970 to 9999.
auto date_of(const nlohmann::json& object, const char* name) -> std::optional<seams::instant>;

/// A string member, or nothing.
auto text_of(const nlohmann::json& object, const char* name) -> std::optional<std::string>;

} // namespace mock_graph::login
