#pragma once
// RSA keys: the one that signs the mock's tokens, and the public halves that check signatures.
#include "core/seams/result.hpp"

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace mock_graph::login {

/// Shorter RSA keys are refused, as certificates and as signing keys.
constexpr auto shortest_key_bits = 2048;

/// How an RSA signature over SHA-256 is padded: RS256 or PS256 (RFC 7518, 3.3 and 3.5).
enum class rsa_padding { pkcs1, pss };

/// A public key. Copies are handles to one immutable key; any thread may use any of them.
class public_key {
public:
  explicit public_key(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}

  /// True if `signature` (raw bytes) is this key's over `bytes`. False for a key that is not RSA.
  [[nodiscard]] auto
  verifies(rsa_padding padding, std::string_view bytes, std::string_view signature) const -> bool;
  [[nodiscard]] auto is_rsa() const -> bool;
  /// Size of the modulus.
  [[nodiscard]] auto bits() const -> int;
  /// OpenSSL's object, never null; owned by this key.
  [[nodiscard]] auto handle() const -> evp_pkey_st* { return key_.get(); }

private:
  std::shared_ptr<evp_pkey_st> key_;
};

/// An RSA-2048 (or larger) private key with a self-signed certificate. Immutable: one key serves
/// all worlds of a process, on any thread. The same key always gets the same certificate, hence
/// the same `kid`.
class signing_key {
public:
  /// A new key; takes some 0.2 s and the library's own entropy, so: once per process.
  static auto generate() -> seams::result<signing_key>;
  /// PKCS #8 (or PKCS #1) PEM without a passphrase. Fails with code "key_unreadable" if it is not
  /// a private RSA key, "key_too_short" below 2048 bits.
  static auto from_pem(std::string_view pem) -> seams::result<signing_key>;

  /// PKCS #8 PEM, not encrypted: a secret.
  [[nodiscard]] auto to_pem() const -> std::string;
  /// The raw signature over `bytes`.
  [[nodiscard]] auto sign(rsa_padding padding, std::string_view bytes) const -> std::string;

  [[nodiscard]] auto verification_key() const -> const public_key& { return key_; }
  /// base64url(SHA-1 of the certificate): header fields `kid` and `x5t`.
  [[nodiscard]] auto kid() const -> const std::string& { return kid_; }
  [[nodiscard]] auto certificate_pem() const -> const std::string& { return certificate_pem_; }
  [[nodiscard]] auto certificate_der() const -> const std::string& { return certificate_der_; }

private:
  explicit signing_key(public_key key);

  public_key key_;
  std::string kid_;
  std::string certificate_der_;
  std::string certificate_pem_;
};

/// The key set document (RFC 7517), one RSA key; `issuer` may hold the literal "{tenantid}".
auto key_set_json(const signing_key& key, std::string_view issuer) -> std::string;

} // namespace mock_graph::login
