#pragma once
// Reads a cassette from untrusted text, strictly and under bounds.
#include "core/seams/result.hpp"
#include "replay/cassette/cassette.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace replay {

struct cassette_bounds {
  std::size_t line_bytes_max = std::size_t{16} << 20U;
  std::size_t exchanges_max = 1'000'000;
  std::size_t headers_max = 1'000; ///< of one message
  std::size_t body_bytes_max = std::size_t{256} << 20U;
};

/// Gives the bytes of a body that stands beside the cassette. Fails with a text for people.
using body_source =
    std::function<seams::result<std::string>(const std::string& name, std::size_t bytes_max)>;

/// `name` opens every error: "incident.cassette.jsonl". Fails with code "cassette_unreadable", or
/// "cassette_too_new" for a version that is not known, and
/// "file:line:column: message; expected ...", columns in characters from 1. A last line without a
/// line feed that is no JSON was cut while it was written: it is left out and named in `torn`.
auto read_cassette(std::string_view text,
                   const std::string& name,
                   const body_source& bodies,
                   const cassette_bounds& within = {}) -> seams::result<cassette>;

/// Whether a text begins as a cassette of any version does; for telling formats apart.
auto looks_like_cassette(std::string_view text) -> bool;

} // namespace replay
