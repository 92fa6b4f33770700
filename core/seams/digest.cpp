#include "core/seams/digest.hpp"

#include <openssl/sha.h>

namespace seams {

auto sha256(std::string_view bytes) -> digest {
  auto out = digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()),
         bytes.size(),
         reinterpret_cast<unsigned char*>(out.data()));
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
