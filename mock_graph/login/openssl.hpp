#pragma once
// What the files that call OpenSSL share: owners of its objects and one way to fail.
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace mock_graph::login::detail {

template <auto Free> struct freed_by {
  template <class T> void operator()(T* object) const { Free(object); }
};

using bio = std::unique_ptr<BIO, freed_by<BIO_free_all>>;
using bignum = std::unique_ptr<BIGNUM, freed_by<BN_free>>;
using digest_context = std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>>;
using asn1_time = std::unique_ptr<ASN1_TIME, freed_by<ASN1_TIME_free>>;
using x509 = std::unique_ptr<X509, freed_by<X509_free>>;

/// For calls that can only fail when memory or the library itself is broken.
inline void insist(bool holds, const char* what) {
  if (!holds) {
    throw std::logic_error(std::string("OpenSSL failed: ") + what);
  }
}

/// A reader over `text`, which must outlive it.
inline auto reader(std::string_view text) -> bio {
  return bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Everything that was written to `sink`.
inline auto written(BIO* sink) -> std::string {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(sink, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

/// Answers OpenSSL's question for a passphrase: there is none. Its own answer would ask a person.
inline auto no_passphrase(char*, int, int, void*) -> int {
  return -1;
}

inline auto as_bytes(std::string_view text) -> const unsigned char* {
  return reinterpret_cast<const unsigned char*>(text.data());
}

inline auto as_bytes(std::string& text) -> unsigned char* {
  return reinterpret_cast<unsigned char*>(text.data());
}

} // namespace mock_graph::login::detail
