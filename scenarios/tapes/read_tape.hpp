#pragma once
// Recorded traffic from a file, whatever it is written in.
#include "core/seams/result.hpp"
#include "replay/cassette/cassette.hpp"

#include <string>
#include <vector>

namespace scenarios::tapes {

struct tape_reading {
  replay::cassette tape;
  std::vector<std::string> notes; ///< what is missing, for people
};

/// A cassette with its bodies, or an HTTP archive: told apart by their beginning. Fails with
/// "file_unavailable" and as `read_cassette` and `read_har` do.
auto read_tape(const std::string& path) -> seams::result<tape_reading>;

} // namespace scenarios::tapes
