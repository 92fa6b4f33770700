#include "mock_graph/wire/authority.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace mock_graph::wire {
namespace {

namespace ssl = boost::asio::ssl;

template <auto Free> struct freed_by {
  template <class T> void operator()(T* object) const { Free(object); }
};
using key_ptr = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using certificate_ptr = std::unique_ptr<X509, freed_by<X509_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;
using bio_ptr = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

/// OpenSSL fails here only without memory or with a malformed host name.
void require(bool worked, const char* what) {
  if (!worked) {
    throw std::runtime_error(std::string("cannot make a certificate: ") + what);
  }
}

auto new_key() -> key_ptr {
  auto key = key_ptr(EVP_EC_gen("P-256"));
  require(key != nullptr, "key");
  return key;
}

/// From the public key: two authorities of the same name never share a serial number.
void set_serial(X509* certificate) {
  auto hash = std::array<unsigned char, EVP_MAX_MD_SIZE>{};
  require(X509_pubkey_digest(certificate, EVP_sha256(), hash.data(), nullptr) == 1, "serial");
  auto number = std::uint64_t{0};
  std::memcpy(&number, hash.data(), sizeof number);
  require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (number >> 1U) | 1U) == 1,
          "serial");
}

void set_time(ASN1_TIME* field, seams::instant at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  require(ASN1_TIME_set(field, std::chrono::system_clock::to_time_t(seconds)) != nullptr, "time");
}

void set_name(X509_NAME* name, const std::string& text) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  require(X509_NAME_add_entry_by_txt(
              name, "CN", MBSTRING_UTF8, bytes, static_cast<int>(text.size()), -1, 0) == 1,
          "name");
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  auto context = X509V3_CTX();
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const auto extension = extension_ptr(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

auto blank(EVP_PKEY* key, const certificate_plan& plan, const std::string& name)
    -> certificate_ptr {
  auto certificate = certificate_ptr(X509_new());
  require(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1, "version");
  set_time(X509_getm_notBefore(certificate.get()), plan.not_before);
  set_time(X509_getm_notAfter(certificate.get()), plan.not_after);
  set_name(X509_get_subject_name(certificate.get()), name);
  require(X509_set_pubkey(certificate.get(), key) == 1, "public key");
  set_serial(certificate.get());
  return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
  require(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1, "issuer");
  require(X509_sign(certificate, issuer_key, EVP_sha256()) != 0, "signature");
}

auto make_root(EVP_PKEY* key) -> certificate_ptr {
  auto root = blank(key, certificate_plan(), "offtenant local root");
  extend(root.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  extend(root.get(), root.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  extend(root.get(), root.get(), NID_subject_key_identifier, "hash");
  sign(root.get(), root.get(), key);
  return root;
}

auto alternative_names(const std::vector<std::string>& hosts) -> std::string {
  auto out = std::string("DNS:localhost,IP:127.0.0.1,IP:::1");
  for (const auto& host : hosts) {
    require(host.find_first_of(", \n") == std::string::npos, "host name");
    out += ",DNS:" + host;
  }
  return out;
}

auto make_server(const certificate_plan& plan, EVP_PKEY* key, X509* root, EVP_PKEY* root_key)
    -> certificate_ptr {
  auto server = blank(key, plan, "offtenant mock");
  extend(server.get(), root, NID_basic_constraints, "critical,CA:FALSE");
  extend(server.get(), root, NID_key_usage, "critical,digitalSignature");
  extend(server.get(), root, NID_ext_key_usage, "serverAuth");
  extend(server.get(), root, NID_subject_key_identifier, "hash");
  extend(server.get(), root, NID_authority_key_identifier, "keyid:always");
  extend(server.get(), root, NID_subject_alt_name, alternative_names(plan.hosts));
  sign(server.get(), root, root_key);
  return server;
}

auto to_pem(X509* certificate) -> std::string {
  const auto out = bio_ptr(BIO_new(BIO_s_mem()));
  require(out && PEM_write_bio_X509(out.get(), certificate) == 1, "PEM");
  auto* text = static_cast<char*>(nullptr);
  const auto size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

auto reader_of(const std::string& pem) -> bio_ptr {
  return bio_ptr(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

auto no_passphrase(char*, int, int, void*) -> int {
  return -1;
}

auto make_context(X509* certificate, EVP_PKEY* key) -> std::shared_ptr<ssl::context> {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  auto* const raw = context->native_handle();
  require(SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION) == 1, "TLS version");
  require(SSL_CTX_set_num_tickets(raw, 0) == 1, "tickets");
  SSL_CTX_set_options(raw, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  require(SSL_CTX_use_certificate(raw, certificate) == 1, "certificate");
  require(SSL_CTX_use_PrivateKey(raw, key) == 1, "private key");
  return context;
}

} // namespace

auto make_root_pair() -> root_pair {
  const auto key = new_key();
  const auto root = make_root(key.get());
  const auto out = bio_ptr(BIO_new(BIO_s_mem()));
  require(out && PEM_write_bio_PKCS8PrivateKey(
                     out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
          "PEM of the key");
  auto* text = static_cast<char*>(nullptr);
  const auto size = BIO_get_mem_data(out.get(), &text);
  return {std::string(text, static_cast<std::size_t>(size)), to_pem(root.get())};
}

authority::authority(const certificate_plan& plan, const root_pair& known) {
  const auto key_text = reader_of(known.key_pem);
  const auto root_key =
      key_ptr(PEM_read_bio_PrivateKey(key_text.get(), nullptr, no_passphrase, nullptr));
  const auto root_text = reader_of(known.certificate_pem);
  const auto root =
      certificate_ptr(PEM_read_bio_X509(root_text.get(), nullptr, no_passphrase, nullptr));
  require(root_key && root, "the root that was given");
  const auto key = new_key();
  const auto server = make_server(plan, key.get(), root.get(), root_key.get());
  root_pem_ = to_pem(root.get());
  server_pem_ = to_pem(server.get());
  context_ = make_context(server.get(), key.get());
}

} // namespace mock_graph::wire
