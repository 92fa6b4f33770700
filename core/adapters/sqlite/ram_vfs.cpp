#include "core/adapters/sqlite/ram_vfs.hpp"

#include "core/adapters/sqlite/ram_vfs_calls.hpp"
#include "core/store/sqlite_handle.hpp"

#include <sqlite3.h>

#include <atomic>
#include <new>
#include <utility>

namespace core {
namespace {

/// Numbers the disks of this process. Nothing that a world can see depends on the number.
auto unique_name() -> std::string {
  static auto count = std::atomic<unsigned long long>{0};
  return "ram-disk-" + std::to_string(++count);
}

} // namespace

// SQLite guards its list of VFSs with a mutex of its own, so no lock is needed here.
struct ram_disk::registration {
  registration(seams::clock& time, seams::choices& chance)
      : name(unique_name()), image(time, chance), vfs(detail::make_vfs(name.c_str(), image)) {
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK) {
      throw std::bad_alloc();
    }
  }
  ~registration() { sqlite3_vfs_unregister(&vfs); }
  registration(const registration&) = delete;
  auto operator=(const registration&) -> registration& = delete;

  std::string name;
  detail::ram_disk_image image;
  sqlite3_vfs vfs;
};

ram_disk::ram_disk(seams::clock& time, seams::choices& chance)
    : registered_(std::make_unique<registration>(time, chance)) {}

ram_disk::~ram_disk() = default;

auto ram_disk::vfs_name() const -> const std::string& {
  return registered_->name;
}

void ram_disk::watch(disk_hook hook) {
  registered_->image.hook = std::move(hook);
}

void ram_disk::limit(std::size_t bytes) {
  registered_->image.bytes_max = bytes;
}

void ram_disk::crash() {
  registered_->image.crash();
}

auto ram_disk::exists(const std::string& file) const -> bool {
  return registered_->image.find(file) != nullptr;
}

auto ram_disk::files() const -> std::vector<std::string> {
  auto names = std::vector<std::string>();
  for (const auto& [name, file] : registered_->image.files()) {
    names.push_back(name);
  }
  return names;
}

auto ram_disk::used() const -> std::size_t {
  return registered_->image.used();
}

auto ram_disk::bytes(const std::string& file) const -> std::string {
  const auto found = registered_->image.find(file);
  return found == nullptr ? std::string() : found->text();
}

void ram_disk::remove(const std::string& file) {
  registered_->image.remove(file);
  registered_->image.sync_directory();
}

void ram_disk::put(const std::string& file, const std::string& bytes) {
  auto& image = registered_->image;
  const auto made = image.create(file);
  made->write(0, bytes);
  made->sync();
  image.sync_directory();
}

void ram_disk::visit(const std::function<void(std::string_view piece)>& sink) const {
  auto room = std::string(detail::roomy_bytes::chunk_size, '\0');
  for (const auto& [name, file] : registered_->image.files()) {
    for (auto at = std::size_t{0}; at < file->size(); at += room.size()) {
      sink(std::string_view(room).substr(0, file->read(at, room.data(), room.size())));
    }
  }
}

// The copy is opened like a disk after a power cut, and leaving the log mode writes all of the log
// into the file. The original may be open and locked meanwhile.
auto ram_disk::dump(const std::string& file) const -> seams::result<std::string> {
  const auto& image = registered_->image;
  if (!exists(file)) {
    return sqlite::failure_of(SQLITE_CANTOPEN, "there is no such file", "copying " + file);
  }
  auto copy = ram_disk(image.time(), image.chance());
  for (const auto& name : {file, file + "-wal", file + "-journal"}) {
    if (const auto found = image.find(name)) {
      copy.put(name, found->text());
    }
  }
  const auto db = sqlite::open(file, copy.vfs_name());
  if (!db) {
    return db.error();
  }
  for (const auto* const sql :
       {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE"}) {
    if (const auto done = sqlite::execute(db->get(), sql, "copying the store"); done.has_error()) {
      return done.error();
    }
  }
  return copy.registered_->image.find(file)->text();
}

} // namespace core
