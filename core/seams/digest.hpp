#pragma once
// SHA-256, for comparing bytes that must not change.
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace seams {

using digest = std::array<std::byte, 32>;

auto sha256(std::string_view bytes) -> digest;

/// Lower-case hexadecimal, 64 characters.
auto to_hex(const digest& value) -> std::string;

} // namespace seams
