#include "core/store/sqlite_schema.hpp"

#include "core/store/sqlite_handle.hpp"

#include <cstdint>
#include <iterator>
#include <string>

namespace core::sqlite {
namespace {

/// "offt": marks the file as ours, for `file(1)` and for `migrate`.
constexpr auto application_id = std::int64_t{0x6f666674};

/// Script i takes a file from version i to version i + 1. A script that was released never changes.
/// Times are steps of 100 ns since 1970. `arrival` keeps the order of arrival through a VACUUM.
/// `cuts` are names, each ended by a line feed.
constexpr const char* scripts[] = {R"sql(
  PRAGMA application_id = 1868981876;
  CREATE TABLE records (
    arrival INTEGER PRIMARY KEY,
    feed TEXT NOT NULL,
    connector_type TEXT NOT NULL,
    key TEXT NOT NULL,
    version TEXT NOT NULL,
    digest BLOB NOT NULL,
    event_time INTEGER,
    received_at INTEGER NOT NULL,
    cuts TEXT NOT NULL,
    raw BLOB NOT NULL,
    UNIQUE (feed, key, version, digest));
  CREATE TABLE marks (
    feed TEXT NOT NULL,
    name TEXT NOT NULL,
    forget_after INTEGER NOT NULL,
    PRIMARY KEY (feed, name)) WITHOUT ROWID;
  CREATE INDEX marks_by_age ON marks (forget_after);
  CREATE TABLE cursors (
    feed TEXT NOT NULL PRIMARY KEY,
    cursor TEXT NOT NULL,
    moved_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE health (
    arrival INTEGER PRIMARY KEY,
    feed TEXT NOT NULL,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL);
  PRAGMA user_version = 1;
)sql"};

constexpr auto newest = static_cast<int>(std::size(scripts));

auto ask_number(sqlite3* db, const char* sql) -> seams::result<std::int64_t> {
  auto query = statement::prepare(db, sql, "looking at the schema");
  if (!query) {
    return query.error();
  }
  auto row = use(*query);
  const auto stepped = row.step();
  if (!stepped) {
    return stepped.error();
  }
  return *stepped ? row.number(0) : std::int64_t{0};
}

auto refuse(std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "store_unavailable", std::move(why)};
}

/// Whether the file may be ours at all: it says so, or it is empty.
auto check_owner(sqlite3* db) -> seams::result<void> {
  const auto owner = ask_number(db, "PRAGMA application_id");
  if (!owner) {
    return owner.error();
  }
  const auto tables = ask_number(db, "SELECT count(*) FROM sqlite_schema");
  if (!tables) {
    return tables.error();
  }
  if (*owner != application_id && (*owner != 0 || *tables != 0)) {
    return refuse("the file is an SQLite database, but not a store of this connector");
  }
  return {};
}

} // namespace

auto schema_version() -> int {
  return newest;
}

auto schema_in(sqlite3* db) -> seams::result<int> {
  if (const auto ours = check_owner(db); ours.has_error()) {
    return ours.error();
  }
  const auto version = ask_number(db, "PRAGMA user_version");
  if (!version) {
    return version.error();
  }
  if (*version < 0 || *version > newest) {
    return refuse("the store has schema version " + std::to_string(*version) +
                  ", this build knows versions up to " + std::to_string(newest));
  }
  return static_cast<int>(*version);
}

auto check_current(int version) -> seams::result<void> {
  if (version == newest) {
    return {};
  }
  return refuse(version == 0 ? "the file holds no store yet"
                             : "the store has the older schema version " + std::to_string(version) +
                                   ": it is migrated when a connector opens it");
}

auto migrate(sqlite3* db, int from) -> seams::result<void> {
  if (from >= newest) {
    return {};
  }
  auto change = transaction::begin(db);
  if (!change) {
    return change.error();
  }
  for (auto version = from; version < newest; ++version) {
    const auto done = execute(db, scripts[version], "creating or migrating the tables");
    if (done.has_error()) {
      return done;
    }
  }
  return change->commit();
}

} // namespace core::sqlite
