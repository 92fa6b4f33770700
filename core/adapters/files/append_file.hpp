#pragma once
// A file that only grows, with what a writer needs to go on where an earlier process stopped.
#include "core/seams/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace core::adapters {

/// All failures have the code "file_unavailable" and name the path and the system's reason.
class append_file {
public:
  /// Makes the file, for its owner and group to read, if there is none.
  static auto open(std::string path) -> seams::result<append_file>;

  append_file(append_file&& other) noexcept;
  auto operator=(append_file&& other) noexcept -> append_file&;
  ~append_file();

  /// All of `text` is on the disk when this succeeds; a part of it may be if it fails.
  auto append(std::string_view text) -> seams::result<void>;
  [[nodiscard]] auto size() const -> seams::result<std::uint64_t>;
  /// At most `bytes_max` bytes from `offset` on.
  [[nodiscard]] auto read(std::uint64_t offset, std::size_t bytes_max) const
      -> seams::result<std::string>;
  /// Removes everything behind `size`.
  auto cut(std::uint64_t size) -> seams::result<void>;
  /// Tells this file from others, also from a later one of the same name.
  [[nodiscard]] auto identity() const -> const std::string& { return identity_; }
  /// Whether the path names another file by now, or none: somebody has rotated it.
  [[nodiscard]] auto replaced() const -> bool;
  /// Whether offsets mean something: not so for pipes and devices.
  [[nodiscard]] auto plain() const -> bool { return plain_; }

private:
  append_file(std::string path, int file) : path_(std::move(path)), file_(file) {}

  std::string path_;
  int file_;
  bool plain_ = false;
  std::string identity_;
};

} // namespace core::adapters
