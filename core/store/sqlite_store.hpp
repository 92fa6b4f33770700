#pragma once
// The store in one SQLite file, on any VFS: the system's, or one in memory.
#include "core/store/store.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace core {

struct sqlite_store_options {
  /// Larger `raw` is refused: the whole commit fails with skip_record.
  std::size_t record_bytes_max = std::size_t{64} << 20U;
  /// The same for every other text of a commit: keys, cursors, marks, health texts.
  std::size_t text_bytes_max = std::size_t{1} << 20U;
  /// Let other processes open the file while this store is open, to look or to back up. Needs a
  /// VFS with shared memory. Without it the file is locked for good, and a second connector that
  /// is pointed at the same file fails when it opens it.
  bool shared = false;
  /// How many pages the write-ahead log may hold before a commit moves them into the file.
  int log_pages_max = 1000;
  /// Only look: nothing is created, migrated or written, so `apply` fails. A connector may have the
  /// file open at the same time, if it shares it.
  bool read_only = false;
  /// Look through the whole file when it is opened, so that damage shows then and not in a commit
  /// months later; takes about as long as reading the file. Not when it is only read.
  bool look_through = true;
  /// How many expired marks one commit forgets at most; the rest waits for the next commits.
  int forget_per_commit_max = 1000;
};

/// Opens the store at `path` on the VFS called `vfs_name` (empty: the system's), creating or
/// migrating its tables unless it is only read. Commits are durable when `apply` returns:
/// write-ahead log, synced each time (sqlite.org/wal.html, "synchronous=FULL").
///
/// Records are one per (feed, key, version, digest of raw); a record that differs from one that is
/// there in white space and the order of members only is the same record. A mark that is set again
/// lives until the later of its two times. A text may hold any bytes; only a cut's name holds no
/// line feed.
///
/// `read` compares each record with its digest, and fails with "store_damaged" where they differ.
///
/// Fails with "store_damaged" if the file is no database or torn; it is then left as it is, for
/// whoever restores a backup or looks into it. Or with "store_full", or
/// "store_unavailable": cannot be opened, is in use, has a newer or a foreign schema.
auto open_sqlite_store(const std::string& path,
                       const std::string& vfs_name,
                       const sqlite_store_options& options = {})
    -> seams::result<std::unique_ptr<store>>;

} // namespace core
