#include "core/adapters/sqlite/ram_vfs.hpp"
#include "core/seams/choices.hpp"
#include "core/seams/virtual_clock.hpp"
#include "core/store/sqlite_handle.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

using core::disk_call;
using namespace std::chrono_literals;

namespace {

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

/// A file opened past SQLite, with the calls that SQLite would make.
class raw_file {
public:
  raw_file(const core::ram_disk& disk, const char* name, int kind)
      : vfs_(sqlite3_vfs_find(disk.vfs_name().c_str())),
        memory_(static_cast<std::size_t>(vfs_->szOsFile)) {
    const auto flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | kind;
    REQUIRE(vfs_->xOpen(vfs_, name, raw(), flags, nullptr) == SQLITE_OK);
  }
  ~raw_file() { raw()->pMethods->xClose(raw()); }
  raw_file(const raw_file&) = delete;
  auto operator=(const raw_file&) -> raw_file& = delete;

  auto write(const std::string& text, sqlite3_int64 at) -> int {
    return raw()->pMethods->xWrite(raw(), text.data(), static_cast<int>(text.size()), at);
  }
  auto sync() -> int { return raw()->pMethods->xSync(raw(), SQLITE_SYNC_NORMAL); }
  auto truncate(sqlite3_int64 size) -> int { return raw()->pMethods->xTruncate(raw(), size); }
  auto lock(int level) -> int { return raw()->pMethods->xLock(raw(), level); }
  auto unlock(int level) -> int { return raw()->pMethods->xUnlock(raw(), level); }
  auto size() -> sqlite3_int64 {
    auto found = sqlite3_int64{-1};
    raw()->pMethods->xFileSize(raw(), &found);
    return found;
  }
  auto text() -> std::string {
    auto found = std::string(static_cast<std::size_t>(size()), '?');
    const auto length = static_cast<int>(found.size());
    REQUIRE(raw()->pMethods->xRead(raw(), found.data(), length, 0) == SQLITE_OK);
    return found;
  }
  auto raw() -> sqlite3_file* { return reinterpret_cast<sqlite3_file*>(memory_.data()); }

private:
  sqlite3_vfs* vfs_;
  std::vector<std::max_align_t> memory_; ///< more than enough, and aligned
};

struct bench {
  seams::virtual_clock time{start};
  seams::seeded_choices chance{1};
  core::ram_disk disk{time, chance};

  auto vfs() -> sqlite3_vfs* { return sqlite3_vfs_find(disk.vfs_name().c_str()); }
  auto remove(const char* name, bool sync_directory) -> int {
    return vfs()->xDelete(vfs(), name, sync_directory ? 1 : 0);
  }
  auto text_of(const char* name) -> std::string {
    return raw_file(disk, name, SQLITE_OPEN_MAIN_DB).text();
  }
  auto connect(const char* file = "a.db") -> core::sqlite::connection {
    return std::move(core::sqlite::open(file, disk.vfs_name()).value());
  }
};

void run(const core::sqlite::connection& db, const char* sql) {
  core::sqlite::execute(db.get(), sql, "a test").value();
}

auto ask(const core::sqlite::connection& db, const char* sql) -> std::string {
  auto query = std::move(core::sqlite::statement::prepare(db.get(), sql, "a test").value());
  auto row = core::sqlite::use(query);
  REQUIRE(row.step().value());
  return row.text(0);
}

} // namespace

TEST_SUITE_BEGIN("ram_vfs");

TEST_CASE("a crash takes a file back to its last sync, whatever happened since") {
  auto world = bench();
  world.disk.put("f", "0123456789");
  auto file = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
  CHECK(file.write("ab", 2) == SQLITE_OK);
  CHECK(file.sync() == SQLITE_OK);
  file.write("XYZ", 1);
  file.truncate(4);
  file.write("tail", 8);
  file.write("QQ", 0);
  CHECK(file.text() == std::string("QQYZ\0\0\0\0tail", 12));
  world.disk.crash();
  CHECK(world.text_of("f") == "01ab456789");
}

TEST_CASE("a crash undoes drawn changes exactly") {
  auto world = bench();
  auto& chance = world.chance;
  for (auto round = 0; round < 50; ++round) {
    world.disk.put("f", std::string(chance.below(40, "size"), 's'));
    auto file = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
    auto synced = file.text();
    for (auto step = 0; step < 12; ++step) {
      const auto at = static_cast<sqlite3_int64>(chance.below(50, "at"));
      switch (chance.below(5, "what")) {
      case 0:
        file.truncate(std::min(at, file.size()));
        break;
      case 1:
        file.sync();
        synced = file.text();
        break;
      default:
        file.write(std::string(chance.below(20, "length"), static_cast<char>('a' + step)), at);
      }
    }
    world.disk.crash();
    REQUIRE(world.text_of("f") == synced);
  }
}

TEST_CASE("a new database file is durable only with its directory") {
  auto world = bench();
  {
    auto file = raw_file(world.disk, "a", SQLITE_OPEN_MAIN_DB);
    file.write("x", 0);
    file.sync();
  }
  CHECK(world.disk.exists("a"));
  world.disk.crash();
  CHECK_FALSE(world.disk.exists("a"));
}

TEST_CASE("the first sync of a new journal makes the directory durable") {
  auto world = bench();
  auto data = raw_file(world.disk, "a", SQLITE_OPEN_MAIN_DB);
  auto journal = raw_file(world.disk, "a-journal", SQLITE_OPEN_MAIN_JOURNAL);
  data.write("unsynced", 0);
  journal.write("synced", 0);
  journal.sync();
  world.disk.crash();
  CHECK(world.disk.files() == std::vector<std::string>{"a", "a-journal"});
  CHECK(world.text_of("a").empty());
  CHECK(world.text_of("a-journal") == "synced");
}

TEST_CASE("a removal is durable only if the directory was synced") {
  auto world = bench();
  world.disk.put("a", "1");
  world.disk.put("b", "2");
  CHECK(world.remove("a", false) == SQLITE_OK);
  CHECK_FALSE(world.disk.exists("a"));
  world.disk.crash();
  CHECK(world.text_of("a") == "1");
  CHECK(world.remove("b", true) == SQLITE_OK);
  world.disk.crash();
  CHECK(world.disk.files() == std::vector<std::string>{"a"});
  CHECK(world.remove("b", true) == SQLITE_IOERR_DELETE_NOENT);
}

TEST_CASE("handles from before a crash are dead and change nothing") {
  auto world = bench();
  world.disk.put("f", "kept");
  auto old = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
  CHECK(old.lock(SQLITE_LOCK_SHARED) == SQLITE_OK);
  CHECK(old.lock(SQLITE_LOCK_EXCLUSIVE) == SQLITE_OK);
  world.disk.crash();
  auto fresh = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
  CHECK(old.write("lost", 0) == SQLITE_IOERR_WRITE);
  CHECK(old.truncate(0) == SQLITE_IOERR_TRUNCATE);
  CHECK(old.sync() == SQLITE_IOERR_FSYNC);
  CHECK(old.lock(SQLITE_LOCK_SHARED) == SQLITE_IOERR_LOCK);
  auto byte = char{};
  CHECK(old.raw()->pMethods->xRead(old.raw(), &byte, 1, 0) == SQLITE_IOERR_READ);
  CHECK(fresh.lock(SQLITE_LOCK_SHARED) == SQLITE_OK);
  CHECK(fresh.lock(SQLITE_LOCK_EXCLUSIVE) == SQLITE_OK);
  old.unlock(SQLITE_LOCK_NONE);
  auto third = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
  CHECK(third.lock(SQLITE_LOCK_SHARED) == SQLITE_BUSY);
  CHECK(fresh.text() == "kept");
}

TEST_CASE("locks keep writers apart and wait for readers") {
  auto world = bench();
  auto one = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
  auto two = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
  CHECK(one.lock(SQLITE_LOCK_SHARED) == SQLITE_OK);
  CHECK(two.lock(SQLITE_LOCK_SHARED) == SQLITE_OK);
  CHECK(one.lock(SQLITE_LOCK_RESERVED) == SQLITE_OK);
  CHECK(two.lock(SQLITE_LOCK_RESERVED) == SQLITE_BUSY);
  CHECK(one.lock(SQLITE_LOCK_EXCLUSIVE) == SQLITE_BUSY);
  two.unlock(SQLITE_LOCK_NONE);
  CHECK(two.lock(SQLITE_LOCK_SHARED) == SQLITE_BUSY);
  CHECK(one.lock(SQLITE_LOCK_EXCLUSIVE) == SQLITE_OK);
  one.unlock(SQLITE_LOCK_SHARED);
  CHECK(two.lock(SQLITE_LOCK_SHARED) == SQLITE_OK);
}

TEST_CASE("the hook is asked before each call and can make it fail") {
  auto world = bench();
  world.disk.put("f", "kept");
  auto asked = std::vector<std::pair<disk_call, std::string>>();
  world.disk.watch([&](disk_call call, const std::string& file) {
    asked.emplace_back(call, file);
    return false;
  });
  auto file = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
  CHECK(file.write("x", 0) == SQLITE_IOERR_WRITE);
  CHECK(file.truncate(1) == SQLITE_IOERR_TRUNCATE);
  CHECK(file.sync() == SQLITE_IOERR_FSYNC);
  CHECK(world.remove("f", true) == SQLITE_IOERR_DELETE);
  CHECK(file.text() == "kept");
  CHECK(asked == std::vector<std::pair<disk_call, std::string>>{{disk_call::write, "f"},
                                                                {disk_call::truncate, "f"},
                                                                {disk_call::sync, "f"},
                                                                {disk_call::remove, "f"}});
}

TEST_CASE("a hook that crashes the disk or throws makes its call fail") {
  auto world = bench();
  world.disk.put("f", "kept");
  {
    auto file = raw_file(world.disk, "f", SQLITE_OPEN_MAIN_DB);
    world.disk.watch(
        [&](disk_call, const std::string&) -> bool { throw std::runtime_error("no"); });
    CHECK(file.write("x", 0) == SQLITE_IOERR_WRITE);
    world.disk.watch([&](disk_call, const std::string&) {
      world.disk.crash();
      return true;
    });
    CHECK(file.write("x", 0) == SQLITE_IOERR_WRITE);
  }
  CHECK(world.remove("f", true) == SQLITE_IOERR_DELETE);
  CHECK(world.text_of("f") == "kept");
}

TEST_CASE("the size limit counts all files, and overwriting needs no room") {
  auto world = bench();
  world.disk.put("a", "12345");
  world.disk.put("b", "12345");
  world.disk.limit(12);
  auto file = raw_file(world.disk, "a", SQLITE_OPEN_MAIN_DB);
  CHECK(file.write("abc", 5) == SQLITE_FULL);
  CHECK(file.write("ab", 5) == SQLITE_OK);
  CHECK(file.write("XXXXXXX", 0) == SQLITE_OK);
  CHECK(file.write("!", 7) == SQLITE_FULL);
  CHECK(world.disk.used() == 12);
  world.disk.limit(3);
  CHECK(file.write("ok", 0) == SQLITE_OK);
  CHECK(file.write("!", 7) == SQLITE_FULL);
}

TEST_CASE("time and chance come from the world") {
  auto world = bench();
  const auto db = world.connect();
  CHECK(ask(db, "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')") == "2026-03-10T00:00:00.000");
  auto bytes = std::array<char, 8>{};
  auto same = seams::seeded_choices(1);
  CHECK(world.vfs()->xRandomness(world.vfs(), 8, bytes.data()) == 8);
  for (const auto byte : bytes) {
    CHECK(static_cast<unsigned char>(byte) == same.below(256, "sqlite"));
  }
  CHECK(world.vfs()->xSleep(world.vfs(), 5'000'000) == 5'000'000);
}

TEST_CASE("the disk outlives the database, in every journal mode") {
  for (const auto* const mode : {"DELETE", "TRUNCATE", "PERSIST", "WAL"}) {
    CAPTURE(mode);
    auto world = bench();
    const auto pragma =
        std::string("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = ") + mode;
    {
      const auto db = world.connect();
      run(db, pragma.c_str());
      run(db, "CREATE TABLE t (a); INSERT INTO t VALUES ('kept')");
      run(db, "BEGIN; INSERT INTO t VALUES ('lost')");
      world.disk.crash();
    }
    const auto db = world.connect();
    run(db, "PRAGMA locking_mode = EXCLUSIVE");
    CHECK(ask(db, "SELECT group_concat(a) FROM t") == "kept");
    CHECK(ask(db, "PRAGMA integrity_check") == "ok");
  }
}

TEST_CASE("two disks know nothing of each other") {
  auto one = bench();
  auto two = bench();
  CHECK(one.disk.vfs_name() != two.disk.vfs_name());
  run(one.connect(), "CREATE TABLE t (a)");
  CHECK(one.disk.exists("a.db"));
  CHECK(two.disk.files().empty());
}

TEST_CASE("a disk that is gone is not registered any more") {
  auto name = std::string();
  {
    auto world = bench();
    name = world.disk.vfs_name();
    CHECK(world.vfs() != nullptr);
  }
  CHECK(sqlite3_vfs_find(name.c_str()) == nullptr);
}

TEST_CASE("disks come and go on several threads at once") {
  const auto work = [](int& good) {
    for (auto i = 0; i < 30; ++i) {
      auto world = bench();
      const auto db = world.connect();
      run(db, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
      good += ask(db, "SELECT a FROM t") == "7" ? 1 : 0;
    }
  };
  auto counts = std::array<int, 3>{};
  auto threads = std::vector<std::thread>();
  for (auto& count : counts) {
    threads.emplace_back(work, std::ref(count));
  }
  for (auto& each : threads) {
    each.join();
  }
  CHECK(counts == std::array<int, 3>{30, 30, 30});
}

TEST_CASE("a dump is one complete database, though the original is open, locked and has a log") {
  auto world = bench();
  const auto db = world.connect();
  run(db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  run(db, "CREATE TABLE t (a); INSERT INTO t VALUES ('in the log')");
  REQUIRE(world.disk.exists("a.db-wal"));
  const auto bytes = world.disk.dump("a.db").value();
  CHECK(world.disk.exists("a.db-wal"));
  auto other = bench();
  other.disk.put("copy.db", bytes);
  const auto copy = other.connect("copy.db");
  CHECK(ask(copy, "SELECT a FROM t") == "in the log");
  CHECK(ask(copy, "PRAGMA journal_mode") == "delete");
  CHECK(ask(copy, "PRAGMA integrity_check") == "ok");
  run(db, "INSERT INTO t VALUES ('goes on')");
}

TEST_CASE("a dump of nothing or of garbage fails with a reason") {
  auto world = bench();
  CHECK(world.disk.dump("none.db").error().code == "store_unavailable");
  world.disk.put("bad.db", std::string(5000, 'x'));
  CHECK(world.disk.dump("bad.db").error().code == "store_damaged");
}

TEST_SUITE_END();
