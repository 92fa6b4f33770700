#pragma once
// Files in memory that know which of their changes were synced.
#include "core/adapters/sqlite/roomy_bytes.hpp"
#include "core/seams/choices.hpp"
#include "core/seams/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A call that changes what survives a crash.
enum class disk_call { write, sync, truncate, remove };

/// Asked before each such call, with the file's name; false makes that call fail with
/// SQLITE_IOERR and change nothing.
using disk_hook = std::function<bool(disk_call, const std::string& file)>;

namespace detail {

/// The bytes of one file, and how to get back to the state of the last sync.
class ram_file {
public:
  [[nodiscard]] auto size() const -> std::size_t { return bytes_.size(); }
  /// Copies at most `count` bytes from `offset` on; gives how many there were.
  auto read(std::size_t offset, char* into, std::size_t count) const -> std::size_t {
    return bytes_.read(offset, into, count);
  }
  [[nodiscard]] auto text() const -> std::string;
  void write(std::size_t offset, std::string_view data);
  void truncate(std::size_t size);
  void sync();
  /// Forgets everything since the last sync.
  void crash();

  int shared_locks = 0;              ///< how many handles hold at least a shared lock
  const void* reserved_by = nullptr; ///< the handle that may write, if there is one
  const void* pending_by = nullptr;  ///< the handle that waits for the readers to go

private:
  /// One change: what stood from `offset` on before, and how long the file was.
  struct change {
    std::size_t offset;
    std::size_t size_before;
    std::size_t saved;
  };
  void remember(std::size_t offset, std::size_t end);

  roomy_bytes bytes_;
  std::vector<change> changes_;
  std::string saved_bytes_; ///< of all changes, one after the other
};

/// One directory of such files, and the world that they live in.
class ram_disk_image {
public:
  using file_ptr = std::shared_ptr<ram_file>;

  ram_disk_image(seams::clock& time, seams::choices& chance) : time_(time), chance_(chance) {}

  [[nodiscard]] auto find(const std::string& name) const -> file_ptr;
  auto create(const std::string& name) -> file_ptr;
  void remove(const std::string& name);
  [[nodiscard]] auto files() const -> const std::map<std::string, file_ptr>& { return now_; }
  [[nodiscard]] auto used() const -> std::size_t;
  /// Makes every creation and removal durable.
  void sync_directory() { durable_ = now_; }
  void crash();

  [[nodiscard]] auto allows(disk_call call, const std::string& file) const -> bool {
    return !hook || hook(call, file);
  }
  [[nodiscard]] auto time() const -> seams::clock& { return time_; }
  [[nodiscard]] auto chance() const -> seams::choices& { return chance_; }

  disk_hook hook;
  std::size_t bytes_max = std::numeric_limits<std::size_t>::max();
  std::uint64_t life = 0; ///< counts crashes: a handle of an earlier life is dead

private:
  seams::clock& time_;
  seams::choices& chance_;
  std::map<std::string, file_ptr> now_;
  std::map<std::string, file_ptr> durable_;
};

} // namespace detail
} // namespace core
