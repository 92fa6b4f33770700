#pragma once
// Bytes of a file that may outgrow memory: they never move, and what is too much lies on disk.
#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core::detail {

/// The first `memory_max` bytes are kept in chunks; those behind them in an unnamed file of the
/// system, which disappears with this object or with the process. Throws std::system_error where
/// that file cannot be made or written, std::bad_alloc where memory ends.
class roomy_bytes {
public:
  static constexpr auto chunk_size = std::size_t{64} * 1024;
  static constexpr auto memory_max = std::size_t{64} * 1024 * 1024;

  [[nodiscard]] auto size() const -> std::size_t { return size_; }
  /// New bytes are zero.
  void resize(std::size_t size);
  /// Overwrites, and grows where it reaches beyond the end; a gap in between is zero.
  void write(std::size_t offset, std::string_view data);
  /// Copies at most `count` bytes from `offset` on; gives how many there were.
  auto read(std::size_t offset, char* into, std::size_t count) const -> std::size_t;

private:
  using chunk = std::array<char, chunk_size>;
  struct file_close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[nodiscard]] auto spill() -> int;

  std::size_t size_ = 0;
  std::vector<std::unique_ptr<chunk>> chunks_;
  std::unique_ptr<std::FILE, file_close> spill_; ///< bytes from `memory_max` on
};

} // namespace core::detail
