#pragma once
// What a connector proves itself with at the login: a client secret or a certificate's key.
#include "core/auth/key_pair.hpp"

#include <variant>

namespace core::auth {

struct client_secret {
  std::string value;
};

using credential = std::variant<client_secret, key_pair>;

/// How client assertions are written. Entra documents PS256 with `x5t#S256`; RS256 with `x5t` is
/// what older clients send (identity sheet, section 3).
struct assertion_form {
  signature_scheme scheme = signature_scheme::ps256;
  bool padded = false; ///< the thumbprint keeps its '=', as MSAL Python writes it
};

} // namespace core::auth
