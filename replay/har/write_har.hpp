#pragma once
// Writes a cassette as an HTTP archive, for the tools that read those.
#include "replay/cassette/cassette.hpp"

#include <string>

namespace replay {

/// HAR 1.2 with an entry a line, in the cassette's order
/// (http://www.softwareishard.com/blog/har-12-spec/). What a cassette does not know has the value
/// that the format has for that: -1 for sizes and timings. Binary answers are base64; the format
/// has no such thing for requests, whose odd bytes become U+FFFD.
auto write_har(const cassette& tape) -> std::string;

} // namespace replay
