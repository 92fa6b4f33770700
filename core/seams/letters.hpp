#pragma once
// ASCII letters without regard to case: names of headers, hosts, addresses and enumerations.
#include <algorithm>
#include <string>
#include <string_view>

namespace seams {

/// `c` if it is no ASCII capital.
constexpr auto lower(char c) -> char {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline auto lower_case(std::string_view text) -> std::string {
  auto out = std::string(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

inline auto equal_ignoring_case(std::string_view a, std::string_view b) -> bool {
  return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace seams
