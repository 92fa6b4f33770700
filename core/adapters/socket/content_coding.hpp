#pragma once
// Removes gzip from an answer's body, under a bound.
#include <cstddef>
#include <string>
#include <string_view>

namespace core::adapters {

enum class decoding {
  done,
  broken,   ///< not the coding it claims to be, cut short, or followed by something else
  too_large ///< more than the bound once decoded
};

struct decoded {
  decoding outcome{};
  std::string body; ///< only when done
};

/// gzip (RFC 1952), one member or several; at most `size_max` bytes come out.
auto gunzip(std::string_view bytes, std::size_t size_max) -> decoded;

} // namespace core::adapters
