#include "core/auth/key_files.hpp"

#include "core/auth/base64.hpp"
#include "core/auth/openssl.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstring>

namespace core::auth {
namespace {

/// Key files are a few kilobytes.
constexpr auto file_bytes_max = std::size_t{256} << 10U;

auto unusable_file(const char* code, const char* why) -> seams::failure {
  ERR_clear_error();
  return {seams::reaction::stop_and_diagnose, code, why};
}

/// Gives OpenSSL the passphrase it asks for; its own answer would ask a person.
auto hand_over(char* into, int room, int, void* from) -> int {
  const auto& passphrase = *static_cast<const std::string*>(from);
  if (passphrase.empty() || passphrase.size() > static_cast<std::size_t>(room)) {
    return -1;
  }
  std::memcpy(into, passphrase.data(), passphrase.size());
  return static_cast<int>(passphrase.size());
}

auto without_space(std::string_view text) -> std::string {
  auto out = std::string(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return out;
}

/// A PFX starts with the tag of an ASN.1 sequence, which no base64 of one does.
auto der_of(std::string_view file) -> std::optional<std::string> {
  return file.starts_with('0') && file.size() > 1 && (file[1] & '\x80') != 0
             ? std::optional(std::string(file))
             : from_base64(without_space(file));
}

} // namespace

auto read_pem(std::string_view key_pem,
              std::string_view certificate_pem,
              const std::string& passphrase) -> seams::result<key_pair> {
  if (key_pem.size() > file_bytes_max || certificate_pem.size() > file_bytes_max) {
    return unusable_file("key_unreadable", "the file is too large for a key or certificate");
  }
  const auto key_source = detail::reader(key_pem);
  auto secret = passphrase;
  auto key = detail::private_key(
      PEM_read_bio_PrivateKey(key_source.get(), nullptr, hand_over, &secret), EVP_PKEY_free);
  if (!key) {
    const auto encrypted = key_pem.find("ENCRYPTED") != std::string_view::npos;
    return encrypted ? unusable_file("passphrase_wrong",
                                     "the private key is encrypted, and its passphrase is wrong "
                                     "or missing")
                     : unusable_file("key_unreadable", "there is no private key in PEM form");
  }
  const auto source = detail::reader(certificate_pem);
  const auto certificate =
      detail::x509(PEM_read_bio_X509(source.get(), nullptr, hand_over, &secret));
  if (!certificate) {
    return unusable_file("certificate_unreadable", "there is no certificate in PEM form");
  }
  return key_pair::of(std::move(key), certificate.get());
}

auto read_pfx(std::string_view file, const std::string& passphrase) -> seams::result<key_pair> {
  const auto der = file.size() > file_bytes_max ? std::nullopt : der_of(file);
  const auto* next = der ? detail::as_bytes(*der) : nullptr;
  const auto parsed =
      detail::pkcs12(der ? d2i_PKCS12(nullptr, &next, static_cast<long>(der->size())) : nullptr);
  if (!parsed) {
    return unusable_file("certificate_unreadable", "this is no PFX file, nor the base64 of one");
  }
  if (PKCS12_verify_mac(parsed.get(), passphrase.c_str(), -1) != 1) {
    return unusable_file("passphrase_wrong", "the passphrase of the PFX is wrong or missing");
  }
  EVP_PKEY* raw_key = nullptr;
  X509* raw_certificate = nullptr;
  const auto opened =
      PKCS12_parse(parsed.get(), passphrase.c_str(), &raw_key, &raw_certificate, nullptr) == 1;
  auto key = detail::private_key(raw_key, EVP_PKEY_free);
  const auto certificate = detail::x509(raw_certificate);
  if (!opened || !key || !certificate) {
    return unusable_file("certificate_unreadable",
                         "the PFX holds no private key with its certificate, or is encrypted the "
                         "old way (RC2): export it with AES");
  }
  return key_pair::of(std::move(key), certificate.get());
}

} // namespace core::auth
