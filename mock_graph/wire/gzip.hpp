#pragma once
// gzip for bodies on the wire: fast rather than small, the same bytes for the same input.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mock_graph::wire {

/// Whether a content coding is gzip: "x-gzip" is the same (RFC 9110, 8.4.1.3).
auto is_gzip(std::string_view coding) -> bool;

/// One gzip member (RFC 1952) without name or time, zlib level 1. `body` stays below 4 GiB.
auto gzip(std::string_view body) -> std::string;

/// What is in `packed`, one member; nothing if it is no sound gzip or holds more than
/// `bytes_max`.
auto gunzip(std::string_view packed, std::size_t bytes_max) -> std::optional<std::string>;

/// Whether an Accept-Encoding value (RFC 9110, 12.5.3) allows gzip: named, or "*", and not with
/// q=0.
auto accepts_gzip(std::string_view accept_encoding) -> bool;

} // namespace mock_graph::wire
