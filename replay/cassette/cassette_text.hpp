#pragma once
// Cassettes as text: docs/cassette-format.md has every key.
#include "replay/cassette/cassette.hpp"

#include <string>
#include <string_view>

namespace replay {

/// Bodies above this size stand beside the cassette, so that its lines can be read and compared.
constexpr auto inline_bytes_max = std::size_t{64} << 10U;

/// Whether `body` stands in the line itself.
auto stands_inline(std::string_view body) -> bool;

/// The name of a body's file: the SHA-256 of its bytes in lower-case hexadecimal.
auto body_name(std::string_view body) -> std::string;

/// The first line, with its line feed.
auto to_line(const cassette_head& head) -> std::string;

/// One exchange, with its line feed. Bodies that do not stand inline are named only.
auto to_line(const exchange& what) -> std::string;

} // namespace replay
