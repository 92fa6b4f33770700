#pragma once
// Writes a cassette while it is recorded, so that a killed recorder leaves what was exchanged.
#include "core/seams/result.hpp"
#include "replay/cassette/cassette.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace replay {

/// Where a cassette is kept. What a call was given is on the disk when it succeeds.
class cassette_files {
public:
  virtual ~cassette_files() = default;

  /// Adds to the end of the cassette.
  virtual auto append(std::string_view line) -> seams::result<void> = 0;
  /// Keeps a body beside the cassette under `name`, which is that of `body_name`.
  virtual auto keep_body(const std::string& name, std::string_view bytes)
      -> seams::result<void> = 0;
};

class cassette_writer {
public:
  /// `files` outlives the writer.
  explicit cassette_writer(cassette_files& files) : files_(files) {}

  /// Once, before any exchange.
  auto begin(const cassette_head& head) -> seams::result<void>;
  /// Bodies go first, then the line in one piece: a line that is whole has its bodies. Headers that
  /// are no UTF-8 are kept with U+FFFD for each such byte. After a failure of `files` nothing more
  /// is written, for a line behind half a one could not be read.
  auto add(exchange what) -> seams::result<void>;

private:
  auto keep(std::string_view body) -> seams::result<void>;
  auto put(const std::string& line) -> seams::result<void>;

  cassette_files& files_;
  std::set<std::string> kept_;
  std::optional<seams::failure> broken_;
};

} // namespace replay
