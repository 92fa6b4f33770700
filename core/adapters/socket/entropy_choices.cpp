#include "core/adapters/socket/entropy_choices.hpp"

#include <openssl/rand.h>

#include <array>
#include <bit>
#include <stdexcept>

namespace core::adapters {

auto entropy_choices::below(std::uint64_t limit, std::string_view) -> std::uint64_t {
  // Draws below `excess` would make the low results likelier than the high ones.
  const auto excess = (0 - limit) % limit;
  for (;;) {
    auto bytes = std::array<unsigned char, sizeof(std::uint64_t)>();
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
      throw std::runtime_error("the system's source of randomness failed");
    }
    if (const auto draw = std::bit_cast<std::uint64_t>(bytes); draw >= excess) {
      return draw % limit;
    }
  }
}

} // namespace core::adapters
