#pragma once
// How the checker and the slices move over bytes: eight at a time where nothing happens.
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace core::json::detail {

inline constexpr auto byte_order_mark = std::string_view("\xef\xbb\xbf");

constexpr auto is_space(char c) -> bool {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

constexpr auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

inline auto skip_space(const char* at, const char* end) -> const char* {
  while (at != end && is_space(*at)) {
    ++at;
  }
  return at;
}

constexpr auto repeated(unsigned char byte) -> std::uint64_t {
  return 0x0101'0101'0101'0101ULL * byte;
}

inline constexpr auto tops = repeated(0x80);

/// Top bits of the bytes of `word` that equal `byte`; exact up to the first hit from below.
constexpr auto hits(std::uint64_t word, unsigned char byte) -> std::uint64_t {
  const auto x = word ^ repeated(byte);
  return (x - repeated(1)) & ~x & tops;
}

/// What ends a stretch of string bytes that a checker need not look at.
struct needs_a_look {
  static constexpr auto in(std::uint64_t word) -> std::uint64_t {
    const auto control = (word - repeated(0x20)) & ~word & tops;
    return hits(word, '"') | hits(word, '\\') | control | (word & tops);
  }
  static constexpr auto at(char c) -> bool {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 ||
           static_cast<unsigned char>(c) >= 0x80;
  }
};

/// What ends a stretch of bytes inside a string that was checked before.
struct ends_or_escapes {
  static constexpr auto in(std::uint64_t word) -> std::uint64_t {
    return hits(word, '"') | hits(word, '\\');
  }
  static constexpr auto at(char c) -> bool { return c == '"' || c == '\\'; }
};

/// The first byte from `at` on that `Stop` names, or `end`.
template <class Stop> auto skip_until(const char* at, const char* end) -> const char* {
  if constexpr (std::endian::native == std::endian::little) {
    while (end - at >= 8) {
      auto word = std::uint64_t{};
      std::memcpy(&word, at, sizeof word);
      if (const auto found = Stop::in(word); found != 0) {
        return at + std::countr_zero(found) / 8;
      }
      at += 8;
    }
  }
  while (at != end && !Stop::at(*at)) {
    ++at;
  }
  return at;
}

/// The value of a hexadecimal digit, or -1.
constexpr auto hex_value(char c) -> int {
  if (is_digit(c)) {
    return c - '0';
  }
  const auto lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The value of the four hexadecimal digits at `at`, or -1.
inline auto hex4(const char* at, const char* end) -> int {
  if (end - at < 4) {
    return -1;
  }
  auto value = 0;
  for (auto i = 0; i < 4; ++i) {
    const auto digit = hex_value(at[i]);
    if (digit < 0) {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

} // namespace core::json::detail
