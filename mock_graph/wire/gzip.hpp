#pragma once
// gzip for bodies on the wire: fast rather than small, the same bytes for the same input.
#include <string>
#include <string_view>

namespace mock_graph::wire {

/// One gzip member (RFC 1952) without name or time, zlib level 1. `body` stays below 4 GiB.
auto gzip(std::string_view body) -> std::string;

/// Whether an Accept-Encoding value (RFC 9110, 12.5.3) allows gzip: named, or "*", and not with
/// q=0.
auto accepts_gzip(std::string_view accept_encoding) -> bool;

} // namespace mock_graph::wire
