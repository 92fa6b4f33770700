#pragma once
// A cassette on disk: under a name that says so until it is finished, its large bodies beside it.
#include "core/adapters/files/append_file.hpp"
#include "replay/cassette/cassette_writer.hpp"
#include "replay/cassette/read_cassette.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace scenarios::tapes {

/// What stands behind the name of a cassette that is not finished.
constexpr auto unfinished_mark = std::string_view(".unfinished");

/// Where the large bodies of the cassette at `path` are: one folder, finished or not.
auto bodies_folder(const std::string& path) -> std::string;

/// Reads the bodies beside the cassette at `path`.
auto bodies_beside(const std::string& path) -> replay::body_source;

/// Readable by its owner only. A write that fails leaves the cassette as long as it was.
class disk_cassette final : public replay::cassette_files {
public:
  /// Fails with "cassette_exists" where `path`, or an unfinished one of that name, or its bodies
  /// are there: a recording is never written over. Fails with "file_unavailable" else.
  static auto create(const std::string& path) -> seams::result<disk_cassette>;

  auto append(std::string_view line) -> seams::result<void> override;
  auto keep_body(const std::string& name, std::string_view bytes) -> seams::result<void> override;

  /// What was written: lines and bodies.
  [[nodiscard]] auto bytes() const -> std::uint64_t { return bytes_; }
  /// Under which name it is written.
  [[nodiscard]] auto unfinished_path() const -> std::string {
    return path_ + std::string(unfinished_mark);
  }
  /// Gives the cassette its name.
  auto finish() -> seams::result<void>;
  /// Removes it with its bodies.
  void discard();

private:
  disk_cassette(std::string path, core::adapters::append_file lines)
      : path_(std::move(path)), lines_(std::move(lines)) {}

  std::string path_;
  core::adapters::append_file lines_;
  std::uint64_t length_ = 0; ///< of the lines
  std::uint64_t bytes_ = 0;
};

/// A file of which nobody sees a part: written beside `path`, then renamed. Fails with
/// "cassette_exists" or "file_unavailable".
auto write_whole_file(const std::string& path, std::string_view text) -> seams::result<void>;

} // namespace scenarios::tapes
