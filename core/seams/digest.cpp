#include "core/seams/digest.hpp"

#include <openssl/evp.h>

#include <memory>

namespace seams {
namespace {

struct context_free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Looking SHA-256 up in OpenSSL's providers costs more than hashing a short text: once is enough.
auto algorithm() -> const EVP_MD* {
  static const auto* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return found;
}

} // namespace

auto sha256(std::string_view bytes) -> digest {
  thread_local const auto context = std::unique_ptr<EVP_MD_CTX, context_free>(EVP_MD_CTX_new());
  auto out = digest{};
  EVP_DigestInit_ex2(context.get(), algorithm(), nullptr);
  EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(out.data()), nullptr);
  return out;
}

auto to_hex(const digest& value) -> std::string {
  constexpr auto digits = std::string_view("0123456789abcdef");
  auto out = std::string();
  out.reserve(value.size() * 2);
  for (const auto byte : value) {
    out += digits[std::to_integer<std::size_t>(byte >> 4)];
    out += digits[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return out;
}

} // namespace seams
