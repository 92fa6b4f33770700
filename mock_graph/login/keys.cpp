#include "mock_graph/login/keys.hpp"

#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/certificate.hpp"
#include "mock_graph/login/openssl.hpp"

#include <nlohmann/json.hpp>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace mock_graph::login {
namespace {

using namespace std::chrono_literals;
using detail::insist;

constexpr auto largest_pem = std::size_t{64 * 1024};

/// RFC 7518, 3.5: MGF1 with the same hash, a salt as long as the hash.
auto pad(EVP_PKEY_CTX* context, rsa_padding padding) -> bool {
  if (padding == rsa_padding::pkcs1) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0;
  }
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0;
}

auto unusable(std::string code, std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, std::move(code), std::move(why)};
}

auto parameter(EVP_PKEY* key, const char* name) -> std::string {
  BIGNUM* raw = nullptr;
  insist(EVP_PKEY_get_bn_param(key, name, &raw) == 1, name);
  const auto number = detail::bignum(raw);
  auto bytes = std::string(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), detail::as_bytes(bytes));
  return base64url_encode(bytes);
}

} // namespace

auto public_key::is_rsa() const -> bool {
  return EVP_PKEY_is_a(key_.get(), "RSA") == 1;
}

auto public_key::bits() const -> int {
  return EVP_PKEY_get_bits(key_.get());
}

auto public_key::verifies(rsa_padding padding,
                          std::string_view bytes,
                          std::string_view signature) const -> bool {
  if (!is_rsa()) {
    return false;
  }
  const auto context = detail::digest_context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  insist(EVP_DigestVerifyInit(context.get(), &options, EVP_sha256(), nullptr, key_.get()) == 1 &&
             pad(options, padding),
         "start of a verification");
  return EVP_DigestVerify(context.get(),
                          detail::as_bytes(signature),
                          signature.size(),
                          detail::as_bytes(bytes),
                          bytes.size()) == 1;
}

signing_key::signing_key(public_key key) : key_(std::move(key)) {
  using namespace std::chrono;
  certificate_der_ = self_signed_certificate(key_,
                                             "offtenant token signing",
                                             sys_days{2020y / January / 1},
                                             sys_days{2049y / January / 1});
  certificate_pem_ = certificate_to_pem(certificate_der_);
  kid_ = base64url_encode(sha1(certificate_der_));
}

auto signing_key::generate() -> seams::result<signing_key> {
  auto key = std::shared_ptr<EVP_PKEY>(EVP_RSA_gen(shortest_key_bits), EVP_PKEY_free);
  if (!key) {
    return unusable("key_not_made", "no RSA key could be generated");
  }
  return signing_key(public_key(std::move(key)));
}

auto signing_key::from_pem(std::string_view pem) -> seams::result<signing_key> {
  if (pem.size() > largest_pem) {
    return unusable("key_unreadable", "the key file is too large");
  }
  const auto source = detail::reader(pem);
  auto key = std::shared_ptr<EVP_PKEY>(
      PEM_read_bio_PrivateKey(source.get(), nullptr, detail::no_passphrase, nullptr),
      EVP_PKEY_free);
  if (!key || EVP_PKEY_is_a(key.get(), "RSA") != 1) {
    return unusable("key_unreadable", "not an RSA private key in PEM without a passphrase");
  }
  if (EVP_PKEY_get_bits(key.get()) < shortest_key_bits) {
    return unusable("key_too_short", "an RSA key needs at least 2048 bits");
  }
  return signing_key(public_key(std::move(key)));
}

auto signing_key::to_pem() const -> std::string {
  const auto sink = detail::bio(BIO_new(BIO_s_mem()));
  insist(PEM_write_bio_PKCS8PrivateKey(
             sink.get(), key_.handle(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
         "writing a private key");
  return detail::written(sink.get());
}

auto signing_key::sign(rsa_padding padding, std::string_view bytes) const -> std::string {
  const auto context = detail::digest_context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  insist(EVP_DigestSignInit(context.get(), &options, EVP_sha256(), nullptr, key_.handle()) == 1 &&
             pad(options, padding),
         "start of a signature");
  auto signature = std::string(static_cast<std::size_t>(EVP_PKEY_get_size(key_.handle())), '\0');
  auto size = signature.size();
  insist(EVP_DigestSign(context.get(),
                        detail::as_bytes(signature),
                        &size,
                        detail::as_bytes(bytes),
                        bytes.size()) == 1,
         "a signature");
  signature.resize(size);
  return signature;
}

auto key_set_json(const signing_key& key, std::string_view issuer) -> std::string {
  auto* handle = key.verification_key().handle();
  auto entry = nlohmann::ordered_json();
  entry["kty"] = "RSA";
  entry["use"] = "sig";
  entry["kid"] = key.kid();
  entry["x5t"] = key.kid();
  entry["n"] = parameter(handle, OSSL_PKEY_PARAM_RSA_N);
  entry["e"] = parameter(handle, OSSL_PKEY_PARAM_RSA_E);
  entry["x5c"] = nlohmann::ordered_json::array({base64_encode(key.certificate_der())});
  entry["issuer"] = issuer;
  auto document = nlohmann::ordered_json();
  document["keys"] = nlohmann::ordered_json::array({std::move(entry)});
  return document.dump();
}

} // namespace mock_graph::login
