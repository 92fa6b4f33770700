#include "core/auth/key_pair.hpp"

#include "core/auth/openssl.hpp"

#include <openssl/rsa.h>

#include <ctime>

namespace core::auth {
namespace {

using detail::insist;

constexpr auto key_bits_min = 2048;

auto unusable_pair(const char* code, const char* why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, code, why};
}

auto digest_of(X509* certificate, const EVP_MD* hash) -> std::string {
  auto out = std::string(EVP_MAX_MD_SIZE, '\0');
  auto size = 0U;
  insist(X509_digest(certificate, hash, detail::as_bytes(out), &size) == 1, "a thumbprint");
  out.resize(size);
  return out;
}

auto instant_of(const ASN1_TIME* from) -> seams::instant {
  using namespace std::chrono;
  auto parts = std::tm{};
  insist(ASN1_TIME_to_tm(from, &parts) == 1, "a date of a certificate");
  const auto day = year{parts.tm_year + 1900} / (parts.tm_mon + 1) / parts.tm_mday;
  return sys_days{day} + hours{parts.tm_hour} + minutes{parts.tm_min} + seconds{parts.tm_sec};
}

/// RFC 7518, 3.5: MGF1 with the same hash, a salt as long as the hash.
auto pad(EVP_PKEY_CTX* context, signature_scheme how) -> bool {
  if (how == signature_scheme::rs256) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0;
  }
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0;
}

} // namespace

auto key_pair::of(std::shared_ptr<evp_pkey_st> key, x509_st* certificate)
    -> seams::result<key_pair> {
  if (EVP_PKEY_is_a(key.get(), "RSA") != 1) {
    return unusable_pair("key_unreadable", "the private key is no RSA key");
  }
  if (EVP_PKEY_get_bits(key.get()) < key_bits_min) {
    return unusable_pair("key_too_short", "the RSA key is shorter than 2048 bits");
  }
  if (X509_check_private_key(certificate, key.get()) != 1) {
    return unusable_pair("key_mismatch", "the private key is not the certificate's");
  }
  return key_pair(std::move(key),
                  {digest_of(certificate, EVP_sha1()),
                   digest_of(certificate, EVP_sha256()),
                   instant_of(X509_get0_notBefore(certificate)),
                   instant_of(X509_get0_notAfter(certificate))});
}

auto key_pair::sign(signature_scheme how, std::string_view bytes) const -> std::string {
  const auto context = detail::digest_context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  insist(EVP_DigestSignInit(context.get(), &options, EVP_sha256(), nullptr, key_.get()) == 1 &&
             pad(options, how),
         "start of a signature");
  auto out = std::string(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())), '\0');
  auto size = out.size();
  insist(EVP_DigestSign(
             context.get(), detail::as_bytes(out), &size, detail::as_bytes(bytes), bytes.size()) ==
             1,
         "a signature");
  out.resize(size);
  return out;
}

auto key_pair::portal_thumbprint() const -> std::string {
  constexpr auto digits = std::string_view("0123456789ABCDEF");
  auto out = std::string();
  for (const auto c : facts_.sha1) {
    const auto byte = static_cast<unsigned char>(c);
    out += {digits[byte >> 4U], digits[byte & 15U]};
  }
  return out;
}

} // namespace core::auth
