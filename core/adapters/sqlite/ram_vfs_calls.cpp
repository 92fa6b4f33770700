#include "core/adapters/sqlite/ram_vfs_calls.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>

namespace core::detail {
namespace {

constexpr auto name_max = 512;
constexpr auto sector = 4096;

/// What SQLite holds for an open file. `methods` comes first, as in `sqlite3_file`.
struct handle {
  const sqlite3_io_methods* methods;
  ram_disk_image* disk;
  ram_disk_image::file_ptr file;
  std::string name; ///< empty: a temporary file, which no crash and no hook concerns
  std::uint64_t life;
  int lock = SQLITE_LOCK_NONE;
  bool syncs_directory; ///< a journal or log that did not exist before, not synced so far

  [[nodiscard]] auto alive() const -> bool { return life == disk->life; }
  /// Whether a call that changes what survives may go ahead. The hook may have crashed the disk.
  [[nodiscard]] auto may(disk_call call) const -> bool {
    return alive() && (name.empty() || disk->allows(call, name)) && alive();
  }
};

auto as_handle(sqlite3_file* file) -> handle& {
  return *reinterpret_cast<handle*>(file);
}

auto disk_of(sqlite3_vfs* vfs) -> ram_disk_image& {
  return *static_cast<ram_disk_image*>(vfs->pAppData);
}

/// No exception may cross SQLite's frames: memory that ran out, or a hook that threw, is
/// `otherwise`.
template <class Work> auto guarded(int otherwise, Work work) -> int {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  } catch (...) {
    return otherwise;
  }
}

void release_locks(handle& on, int level) {
  auto& file = *on.file;
  if (level < SQLITE_LOCK_RESERVED) {
    file.reserved_by = file.reserved_by == &on ? nullptr : file.reserved_by;
  }
  file.pending_by = file.pending_by == &on ? nullptr : file.pending_by;
  if (level == SQLITE_LOCK_NONE && on.lock >= SQLITE_LOCK_SHARED) {
    --file.shared_locks;
  }
  on.lock = level;
}

auto close(sqlite3_file* file) -> int {
  auto& on = as_handle(file);
  if (on.alive()) {
    release_locks(on, SQLITE_LOCK_NONE);
  }
  on.~handle();
  return SQLITE_OK;
}

auto read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) -> int {
  const auto& on = as_handle(file);
  if (!on.alive()) {
    return SQLITE_IOERR_READ;
  }
  return guarded(SQLITE_IOERR_READ, [&] {
    const auto wanted = static_cast<std::size_t>(amount);
    auto* const bytes = static_cast<char*>(into);
    const auto got = on.file->read(static_cast<std::size_t>(offset), bytes, wanted);
    std::memset(bytes + got, 0, wanted - got);
    return got == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  });
}

auto write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) -> int {
  return guarded(SQLITE_IOERR_WRITE, [&] {
    auto& on = as_handle(file);
    if (!on.may(disk_call::write)) {
      return SQLITE_IOERR_WRITE;
    }
    const auto at = static_cast<std::size_t>(offset);
    const auto size = static_cast<std::size_t>(amount);
    const auto now = on.file->size();
    const auto growth = at + size > now ? at + size - now : 0;
    if (growth != 0 && !on.name.empty()) {
      const auto used = on.disk->used();
      if (used > on.disk->bytes_max || growth > on.disk->bytes_max - used) {
        return SQLITE_FULL;
      }
    }
    on.file->write(at, {static_cast<const char*>(from), size});
    return SQLITE_OK;
  });
}

auto truncate(sqlite3_file* file, sqlite3_int64 size) -> int {
  return guarded(SQLITE_IOERR_TRUNCATE, [&] {
    auto& on = as_handle(file);
    if (!on.may(disk_call::truncate)) {
      return SQLITE_IOERR_TRUNCATE;
    }
    on.file->truncate(static_cast<std::size_t>(size));
    return SQLITE_OK;
  });
}

auto sync(sqlite3_file* file, int) -> int {
  return guarded(SQLITE_IOERR_FSYNC, [&] {
    auto& on = as_handle(file);
    if (!on.may(disk_call::sync)) {
      return SQLITE_IOERR_FSYNC;
    }
    on.file->sync();
    if (on.syncs_directory) {
      on.disk->sync_directory();
      on.syncs_directory = false;
    }
    return SQLITE_OK;
  });
}

auto file_size(sqlite3_file* file, sqlite3_int64* size) -> int {
  const auto& on = as_handle(file);
  *size = static_cast<sqlite3_int64>(on.file->size());
  return on.alive() ? SQLITE_OK : SQLITE_IOERR_FSTAT;
}

/// The lock levels of sqlite.org/lockingv3.html, for handles of one process.
auto lock(sqlite3_file* file, int level) -> int {
  auto& on = as_handle(file);
  if (!on.alive()) {
    return SQLITE_IOERR_LOCK;
  }
  auto& at = *on.file;
  const auto foreign = [&on](const void* owner) { return owner != nullptr && owner != &on; };
  if (on.lock >= level) {
    return SQLITE_OK;
  }
  if (foreign(at.pending_by) || (level >= SQLITE_LOCK_RESERVED && foreign(at.reserved_by))) {
    return SQLITE_BUSY;
  }
  if (on.lock == SQLITE_LOCK_NONE) {
    ++at.shared_locks;
    on.lock = SQLITE_LOCK_SHARED;
  }
  if (level >= SQLITE_LOCK_RESERVED) {
    at.reserved_by = &on;
    on.lock = SQLITE_LOCK_RESERVED;
  }
  if (level >= SQLITE_LOCK_PENDING) {
    at.pending_by = &on;
    on.lock = SQLITE_LOCK_PENDING;
  }
  if (level == SQLITE_LOCK_EXCLUSIVE) {
    if (at.shared_locks > 1) {
      return SQLITE_BUSY;
    }
    on.lock = SQLITE_LOCK_EXCLUSIVE;
  }
  return SQLITE_OK;
}

auto unlock(sqlite3_file* file, int level) -> int {
  auto& on = as_handle(file);
  if (on.alive() && on.lock > level) {
    release_locks(on, level);
  }
  return SQLITE_OK;
}

auto check_reserved(sqlite3_file* file, int* held) -> int {
  const auto& on = as_handle(file);
  *held = on.file->reserved_by != nullptr ? 1 : 0;
  return on.alive() ? SQLITE_OK : SQLITE_IOERR_CHECKRESERVEDLOCK;
}

auto control(sqlite3_file*, int, void*) -> int {
  return SQLITE_NOTFOUND;
}
auto sector_size(sqlite3_file*) -> int {
  return sector;
}

/// A write never harms the bytes beside it; that is all a file here promises beyond POSIX.
auto characteristics(sqlite3_file*) -> int {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/// Version 1: without the methods for shared memory and memory maps.
constexpr auto io_methods = sqlite3_io_methods{.iVersion = 1,
                                               .xClose = close,
                                               .xRead = read,
                                               .xWrite = write,
                                               .xTruncate = truncate,
                                               .xSync = sync,
                                               .xFileSize = file_size,
                                               .xLock = lock,
                                               .xUnlock = unlock,
                                               .xCheckReservedLock = check_reserved,
                                               .xFileControl = control,
                                               .xSectorSize = sector_size,
                                               .xDeviceCharacteristics = characteristics,
                                               .xShmMap = nullptr,
                                               .xShmLock = nullptr,
                                               .xShmBarrier = nullptr,
                                               .xShmUnmap = nullptr,
                                               .xFetch = nullptr,
                                               .xUnfetch = nullptr};

auto open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out)
    -> int {
  file->pMethods = nullptr;
  return guarded(SQLITE_CANTOPEN, [&] {
    constexpr auto journals =
        SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    auto& disk = disk_of(vfs);
    const auto called = name == nullptr ? std::string() : std::string(name);
    auto found = called.empty() ? std::make_shared<ram_file>() : disk.find(called);
    const auto is_new = found == nullptr;
    if (is_new && (flags & SQLITE_OPEN_CREATE) == 0) {
      return SQLITE_CANTOPEN;
    }
    if (is_new) {
      found = disk.create(called);
    }
    new (file) handle{.methods = &io_methods,
                      .disk = &disk,
                      .file = std::move(found),
                      .name = called,
                      .life = disk.life,
                      .syncs_directory = is_new && (flags & journals) != 0};
    if (flags_out != nullptr) {
      *flags_out = flags;
    }
    return SQLITE_OK;
  });
}

auto remove(sqlite3_vfs* vfs, const char* name, int sync_directory) -> int {
  return guarded(SQLITE_IOERR_DELETE, [&] {
    auto& disk = disk_of(vfs);
    const auto called = std::string(name);
    if (!disk.find(called)) {
      return SQLITE_IOERR_DELETE_NOENT;
    }
    const auto life = disk.life;
    if (!disk.allows(disk_call::remove, called) || life != disk.life) {
      return SQLITE_IOERR_DELETE;
    }
    disk.remove(called);
    if (sync_directory != 0) {
      disk.sync_directory();
    }
    return SQLITE_OK;
  });
}

/// An empty file does not exist for SQLite, as in its unix VFS.
auto access(sqlite3_vfs* vfs, const char* name, int what, int* answer) -> int {
  return guarded(SQLITE_IOERR_ACCESS, [&] {
    const auto found = disk_of(vfs).find(name);
    *answer = found && (what != SQLITE_ACCESS_EXISTS || found->size() > 0) ? 1 : 0;
    return SQLITE_OK;
  });
}

auto full_pathname(sqlite3_vfs*, const char* name, int room, char* out) -> int {
  const auto length = std::strlen(name);
  if (length >= static_cast<std::size_t>(room)) {
    return SQLITE_CANTOPEN;
  }
  std::memcpy(out, name, length + 1);
  return SQLITE_OK;
}

auto randomness(sqlite3_vfs* vfs, int amount, char* out) -> int {
  for (auto i = 0; i < amount; ++i) {
    out[i] = static_cast<char>(disk_of(vfs).chance().below(256, "sqlite"));
  }
  return amount;
}

/// Nobody else could let go of a lock meanwhile, as a disk serves one thread.
auto sleep(sqlite3_vfs*, int microseconds) -> int {
  return microseconds;
}

/// Milliseconds since noon of 24 November 4714 BC, Greenwich.
auto current_time_ms(sqlite3_vfs* vfs, sqlite3_int64* now) -> int {
  constexpr auto unix_epoch = sqlite3_int64{210'866'760'000'000};
  const auto since = disk_of(vfs).time().wall().time_since_epoch();
  *now = unix_epoch + std::chrono::floor<std::chrono::milliseconds>(since).count();
  return SQLITE_OK;
}

auto current_time(sqlite3_vfs* vfs, double* now) -> int {
  auto ms = sqlite3_int64{};
  current_time_ms(vfs, &ms);
  *now = static_cast<double>(ms) / 86'400'000.0;
  return SQLITE_OK;
}

auto last_error(sqlite3_vfs*, int, char*) -> int {
  return 0;
}

} // namespace

auto make_vfs(const char* name, ram_disk_image& image) -> sqlite3_vfs {
  auto vfs = sqlite3_vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(handle);
  vfs.mxPathname = name_max;
  vfs.zName = name;
  vfs.pAppData = &image;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_pathname;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep;
  vfs.xCurrentTime = current_time;
  vfs.xCurrentTimeInt64 = current_time_ms;
  vfs.xGetLastError = last_error;
  return vfs;
}

} // namespace core::detail
