#pragma once
// Half a SHA-256: enough to tell a billion records apart, in half the room.
#include "core/seams/digest.hpp"

#include <compare>
#include <cstdint>
#include <cstring>

namespace mock_graph {

struct fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const fingerprint&) const = default;
};

/// The first 16 bytes of a digest.
inline auto fingerprint_of(const seams::digest& whole) -> fingerprint {
  auto out = fingerprint();
  std::memcpy(&out.high, whole.data(), sizeof out.high);
  std::memcpy(&out.low, whole.data() + sizeof out.high, sizeof out.low);
  return out;
}

/// For unordered containers: the bytes are as good as random already.
struct fingerprint_hash {
  auto operator()(const fingerprint& of) const -> std::size_t {
    return static_cast<std::size_t>(of.high);
  }
};

} // namespace mock_graph
