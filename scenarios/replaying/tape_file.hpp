#pragma once
// Reads a recording from disk, whatever its format.
#include "core/seams/result.hpp"
#include "replay/cassette/cassette.hpp"

#include <string>
#include <vector>

namespace scenarios::replaying {

struct tape_file {
  replay::cassette tape;
  std::vector<std::string> remarks; ///< what is not whole: a torn last line, bodies left out
};

/// A cassette, with its bodies beside it in `path`.bodies, or an HTTP archive (HAR). Fails with
/// code "file_unavailable" if the file cannot be read, else with "file:line:column: ..." and the
/// code of the reader.
auto read_tape(const std::string& path) -> seams::result<tape_file>;

} // namespace scenarios::replaying
