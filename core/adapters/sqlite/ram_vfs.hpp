#pragma once
// A disk in memory for SQLite that outlives the database handle and forgets what was not synced.
#include "core/adapters/sqlite/ram_disk_image.hpp"
#include "core/seams/result.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// One directory of files, registered as an SQLite VFS of its own. Time and chance come from the
/// world, sleeping costs nothing, temporary files live beside it and count for nothing.
///
/// What a crash leaves, as POSIX promises it and no more:
/// - a write or a truncation is durable once its file was synced (xSync);
/// - a creation or a removal is durable once the directory was synced: by the first xSync of a
///   journal or log that did not exist before, or by an xDelete that asks for it. SQLite's own
///   unix VFS does just that.
/// All unsynced changes are lost, none survives in part.
///
/// SQLite draws its random bytes once per process from the default VFS, so in practice none from
/// here; they end in the salts of logs and journals only, never in what `dump` returns.
///
/// A disk serves one thread at a time; different disks may be used by different threads at the same
/// time. Close every database on it before it is destroyed, also after a crash.
class ram_disk {
public:
  ram_disk(seams::clock& time, seams::choices& chance);
  ~ram_disk();
  ram_disk(const ram_disk&) = delete;
  auto operator=(const ram_disk&) -> ram_disk& = delete;

  /// What to hand to `open_sqlite_store` or `sqlite3_open_v2`; unique in this process.
  [[nodiscard]] auto vfs_name() const -> const std::string&;

  /// Asks `hook` before every call that could change what survives; an empty one allows all. The
  /// hook may call `crash`: then the call it was asked about fails, whatever it returns.
  void watch(disk_hook hook);
  /// All files together never grow beyond `bytes`: a write that would fails with SQLITE_FULL.
  void limit(std::size_t bytes);

  /// The machine loses power. Handles that are open now are dead: all they do fails and changes
  /// nothing, and their locks are gone. Open the database anew to go on.
  void crash();

  [[nodiscard]] auto exists(const std::string& file) const -> bool;
  /// The names of all files, sorted.
  [[nodiscard]] auto files() const -> std::vector<std::string>;
  /// The bytes of all files together.
  [[nodiscard]] auto used() const -> std::size_t;

  /// The bytes of one file as they are, "" if there is none.
  [[nodiscard]] auto bytes(const std::string& file) const -> std::string;
  /// Takes a file away, durable at once. Not while it is open.
  void remove(const std::string& file);
  /// The bytes of all files as they are now, one file after the other, in pieces.
  void visit(const std::function<void(std::string_view piece)>& sink) const;

  /// Writes a whole file, durable at once, as if it had always been there. Not while it is open.
  void put(const std::string& file, const std::string& bytes);

  /// The database in `file` as one complete file that needs no log or journal beside it, whether it
  /// is open or not. Leaves this disk as it is. Fails as a store fails, for a missing file too.
  [[nodiscard]] auto dump(const std::string& file) const -> seams::result<std::string>;

private:
  struct registration;
  std::unique_ptr<registration> registered_;
};

} // namespace core
