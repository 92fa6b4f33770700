#pragma once
// Reads HTTP archives (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/) as cassettes.
#include "core/seams/result.hpp"
#include "replay/cassette/cassette.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace replay {

struct har_bounds {
  std::size_t bytes_max = std::size_t{256} << 20U;
  std::size_t entries_max = 100'000;
  std::size_t headers_max = 1'000; ///< of one message
};

struct har_reading {
  cassette tape; ///< the base time is that of the earliest entry
  /// What the archive does not hold: "export.har:12:5: the answer's body (3012 bytes) was not
  /// recorded".
  std::vector<std::string> missing;
};

/// Entries keep their order. Bodies in an archive are free of content coding, so the headers that
/// tell of one, and of the length, are left out; so are names that start with ':' (HTTP/2).
/// Members that the format does not have are ignored, as its section on customisation asks. A
/// status of 0 is how browsers write that no answer came. Versions 1.1 and 1.2 are read.
/// Fails with code "har_unreadable" and "name:line:column: message; expected ...".
auto read_har(std::string_view text, const std::string& name, const har_bounds& within = {})
    -> seams::result<har_reading>;

} // namespace replay
