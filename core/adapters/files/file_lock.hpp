#pragma once
// Keeps two processes from working on the same thing at a time.
#include "core/seams/result.hpp"

#include <string>

namespace core::adapters {

/// Holds `path` for as long as it lives. The file itself stays behind: removing it would let two
/// processes hold two files of one name. It ends with the process, however that dies.
class file_lock {
public:
  /// Fails with "in_use", naming the process that holds it, or "file_unavailable".
  static auto take(const std::string& path) -> seams::result<file_lock>;

  file_lock(file_lock&& other) noexcept;
  auto operator=(file_lock&&) -> file_lock& = delete;
  ~file_lock();

private:
  explicit file_lock(int file) : file_(file) {}

  int file_;
};

} // namespace core::adapters
