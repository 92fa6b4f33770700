#pragma once
// A new key with a certificate that it signs itself, to be uploaded to an app registration.
#include "core/auth/key_pair.hpp"

namespace core::auth {

struct pair_order {
  std::string
      common_name; ///< subject and issuer, "CN="; at most 64 bytes (RFC 5280, ub-common-name)
  seams::instant from;
  seams::instant until;
  int bits = 2048;        ///< 2048, 3072 or 4096
  std::string passphrase; ///< of the PFX; may be empty
};

/// The pair in the forms that tools ask for. `key_pem` and `pfx` are secrets.
struct new_pair {
  key_pair pair;
  std::string key_pem;         ///< PKCS #8, not encrypted
  std::string certificate_pem; ///< what is uploaded
  std::string pfx;             ///< both, as the bytes of a .pfx file
};

/// Draws the key from OpenSSL, not from a seed: it is meant for real tenants. Fails with code
/// "pair_not_made" for a name that no certificate can hold, and with those of `key_pair::of`.
auto make_self_signed(const pair_order& order) -> seams::result<new_pair>;

} // namespace core::auth
