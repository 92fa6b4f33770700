#include "core/auth/self_signed.hpp"

#include "core/auth/openssl.hpp"
#include "core/seams/digest.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <ctime>

namespace core::auth {
namespace {

using detail::insist;

constexpr auto serial_bytes = 16;

struct asn1_time_free {
  void operator()(ASN1_TIME* object) const { ASN1_TIME_free(object); }
};

auto asn1_time_of(seams::instant at) -> std::unique_ptr<ASN1_TIME, asn1_time_free> {
  const auto whole = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  return std::unique_ptr<ASN1_TIME, asn1_time_free>(
      ASN1_TIME_set(nullptr, static_cast<std::time_t>(whole)));
}

/// Positive and its own for each key (RFC 5280, 4.1.2.2).
void set_serial(X509* what, EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const auto size = i2d_PUBKEY(key, &der);
  insist(size > 0, "writing a public key");
  auto digest = seams::sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  digest[0] = (digest[0] & std::byte{0x7f}) | std::byte{0x40};
  auto* number =
      BN_bin2bn(reinterpret_cast<const unsigned char*>(digest.data()), serial_bytes, nullptr);
  insist(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(what)) != nullptr, "a serial number");
  BN_free(number);
}

void extend(X509* what, int kind, const char* value) {
  auto context = X509V3_CTX();
  X509V3_set_ctx(&context, what, what, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  insist(extension != nullptr && X509_add_ext(what, extension, -1) == 1, "an extension");
  X509_EXTENSION_free(extension);
}

/// False for a name that no certificate can hold.
auto set_name(X509* what, const std::string& common_name) -> bool {
  auto* subject = X509_get_subject_name(what);
  return X509_NAME_add_entry_by_txt(subject,
                                    "CN",
                                    MBSTRING_UTF8,
                                    detail::as_bytes(common_name),
                                    static_cast<int>(common_name.size()),
                                    -1,
                                    0) == 1 &&
         X509_set_issuer_name(what, subject) == 1;
}

/// Null for a name that no certificate can hold.
auto certificate_of(EVP_PKEY* key, const pair_order& order) -> detail::x509 {
  auto out = detail::x509(X509_new());
  insist(out && X509_set_version(out.get(), X509_VERSION_3) == 1 &&
             X509_set1_notBefore(out.get(), asn1_time_of(order.from).get()) == 1 &&
             X509_set1_notAfter(out.get(), asn1_time_of(order.until).get()) == 1 &&
             X509_set_pubkey(out.get(), key) == 1,
         "filling a certificate");
  set_serial(out.get(), key);
  if (!set_name(out.get(), order.common_name)) {
    return nullptr;
  }
  extend(out.get(), NID_basic_constraints, "critical,CA:FALSE");
  extend(out.get(), NID_key_usage, "critical,digitalSignature");
  extend(out.get(), NID_subject_key_identifier, "hash");
  insist(X509_sign(out.get(), key, EVP_sha256()) > 0, "signing a certificate");
  return out;
}

auto pfx_of(EVP_PKEY* key, X509* certificate, const pair_order& order) -> std::string {
  const auto made = detail::pkcs12(PKCS12_create(order.passphrase.c_str(),
                                                 order.common_name.c_str(),
                                                 key,
                                                 certificate,
                                                 nullptr,
                                                 0,
                                                 0,
                                                 PKCS12_DEFAULT_ITER,
                                                 0,
                                                 0));
  const auto sink = detail::bio(BIO_new(BIO_s_mem()));
  insist(made && i2d_PKCS12_bio(sink.get(), made.get()) == 1, "writing a PFX");
  return detail::written(sink.get());
}

auto key_pem_of(EVP_PKEY* key) -> std::string {
  const auto sink = detail::bio(BIO_new(BIO_s_mem()));
  insist(PEM_write_bio_PKCS8PrivateKey(sink.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
         "writing a private key");
  return detail::written(sink.get());
}

auto certificate_pem_of(X509* certificate) -> std::string {
  const auto sink = detail::bio(BIO_new(BIO_s_mem()));
  insist(PEM_write_bio_X509(sink.get(), certificate) == 1, "writing a certificate");
  return detail::written(sink.get());
}

} // namespace

auto make_self_signed(const pair_order& order) -> seams::result<new_pair> {
  const auto key =
      detail::private_key(EVP_RSA_gen(static_cast<unsigned>(order.bits)), EVP_PKEY_free);
  insist(key != nullptr, "making an RSA key");
  const auto certificate = certificate_of(key.get(), order);
  if (!certificate) {
    ERR_clear_error();
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "pair_not_made",
                          "the subject must be 1 to 64 bytes of UTF-8");
  }
  auto pair = key_pair::of(key, certificate.get());
  if (!pair) {
    return pair.error();
  }
  return new_pair{std::move(*pair),
                  key_pem_of(key.get()),
                  certificate_pem_of(certificate.get()),
                  pfx_of(key.get(), certificate.get(), order)};
}

} // namespace core::auth
