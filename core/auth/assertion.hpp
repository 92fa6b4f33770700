#pragma once
// The signed statement that stands in for a secret: a JWT made anew for each token request.
#include "core/auth/credential.hpp"

namespace core::auth {

struct assertion_facts {
  std::string client_id; ///< issuer and subject
  std::string audience;  ///< URL of the token endpoint
  std::string id;        ///< a GUID, never used twice
  seams::instant now;    ///< what the login's clock shows
};

/// The compact form. Valid from `now` for five minutes, the short end of what is advised:
/// learn.microsoft.com/entra/identity-platform/certificate-credentials.
auto make_assertion(const key_pair& pair, const assertion_form& how, const assertion_facts& about)
    -> std::string;

} // namespace core::auth
