#pragma once
// A private RSA key with its certificate: what a client signs its assertions with.
#include "core/seams/result.hpp"
#include "core/seams/time.hpp"

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;
struct x509_st;

namespace core::auth {

/// How an assertion is signed: RSA over SHA-256, padded as RFC 7518 says in 3.3 and 3.5.
enum class signature_scheme { ps256, rs256 };

/// The parts of a certificate that a login goes by.
struct certificate_facts {
  std::string sha1;   ///< of the DER form, raw bytes: header field `x5t`
  std::string sha256; ///< of the DER form, raw bytes: header field `x5t#S256`
  seams::instant from;
  seams::instant until; ///< the last second in which it is valid
};

/// Copies are handles to one immutable key, which is freed with the last of them.
class key_pair {
public:
  /// Takes over a reference to `key`; fails with code "key_too_short" (Entra accepts 2048 bits and
  /// more), "key_unreadable" for no RSA key, "key_mismatch" if it is not the certificate's.
  static auto of(std::shared_ptr<evp_pkey_st> key, x509_st* certificate) -> seams::result<key_pair>;

  /// The raw signature over `bytes`. PS256 draws its salt from OpenSSL, so it differs each time.
  [[nodiscard]] auto sign(signature_scheme how, std::string_view bytes) const -> std::string;
  [[nodiscard]] auto certificate() const -> const certificate_facts& { return facts_; }
  /// SHA-1 in upper-case hexadecimal: "Thumbprint" as the portal shows it.
  [[nodiscard]] auto portal_thumbprint() const -> std::string;

private:
  key_pair(std::shared_ptr<evp_pkey_st> key, certificate_facts facts)
      : key_(std::move(key)), facts_(std::move(facts)) {}

  std::shared_ptr<evp_pkey_st> key_;
  certificate_facts facts_;
};

} // namespace core::auth
