#pragma once
// What the files of the core that call OpenSSL's key functions share: owners, one way to fail.
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace core::auth::detail {

template <auto Free> struct freed_by {
  template <class T> void operator()(T* object) const { Free(object); }
};

using bio = std::unique_ptr<BIO, freed_by<BIO_free_all>>;
using digest_context = std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>>;
using pkcs12 = std::unique_ptr<PKCS12, freed_by<PKCS12_free>>;
using private_key = std::shared_ptr<EVP_PKEY>;
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

inline auto as_bytes(std::string_view text) -> const unsigned char* {
  return reinterpret_cast<const unsigned char*>(text.data());
}

inline auto as_bytes(std::string& text) -> unsigned char* {
  return reinterpret_cast<unsigned char*>(text.data());
}

} // namespace core::auth::detail
