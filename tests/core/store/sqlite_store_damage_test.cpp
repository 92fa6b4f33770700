#include "core/store/sqlite_handle.hpp"
#include "core/store/sqlite_schema.hpp"
#include "core/store/sqlite_store.hpp"
#include "tests/core/store/store_bench.hpp"

#include <doctest/doctest.h>

using namespace store_tests;

namespace {

void run_sql(bench& world, const char* sql) {
  const auto db = std::move(core::sqlite::open("store.db", world.disk.vfs_name()).value());
  core::sqlite::execute(db.get(), "PRAGMA locking_mode = EXCLUSIVE", "a test").value();
  core::sqlite::execute(db.get(), sql, "a test").value();
}

/// A store with some pages of records, as one file.
auto some_file() -> std::string {
  auto world = bench();
  const auto store = world.open();
  auto records = std::vector<core::record>();
  for (auto i = 0; i < 40; ++i) {
    records.push_back(make_record("key" + std::to_string(i), "", std::string(3000, 'r')));
  }
  store->apply(make_commit(records, "c")).value();
  return world.disk.dump("store.db").value();
}

/// The failure of opening `file` and reading all of it, if one comes.
auto failure_in(const std::string& file) -> std::optional<seams::failure> {
  auto world = bench();
  world.disk.put("store.db", file);
  const auto store = world.try_open();
  if (store.has_error()) {
    return store.error();
  }
  const auto read = (*store)->read({}, [](const core::stored_record&) { return true; });
  return read.has_error() ? std::optional(read.error()) : std::nullopt;
}

} // namespace

TEST_SUITE_BEGIN("sqlite_store_damage");

TEST_CASE("a file that is no database is diagnosed as damaged") {
  for (const auto& bytes :
       {std::string(10'000, 'x'), std::string("[1]"), std::string(4096, '\0')}) {
    const auto found = failure_in(bytes);
    REQUIRE(found.has_value());
    CHECK(found->code == "store_damaged");
    CHECK(found->next == seams::reaction::stop_and_diagnose);
  }
}

TEST_CASE("a file that lost its end is diagnosed as damaged") {
  const auto whole = some_file();
  CHECK_FALSE(failure_in(whole).has_value());
  for (auto pages = std::size_t{1}; pages < whole.size() / 4096; pages += 3) {
    CAPTURE(pages);
    const auto found = failure_in(whole.substr(0, pages * 4096));
    REQUIRE(found.has_value());
    CHECK(found->code == "store_damaged");
  }
}

TEST_CASE("a flipped bit inside a record is diagnosed as damaged") {
  auto file = some_file();
  const auto place = file.find("rrrrrrrrrr");
  REQUIRE(place != std::string::npos);
  file[place + 5] = 's';
  const auto found = failure_in(file);
  REQUIRE(found.has_value());
  CHECK(found->code == "store_damaged");
  CHECK(found->why.find("digest") != std::string::npos);
}

TEST_CASE("a file with spoiled pages is refused when it is opened, and left byte for byte") {
  auto spoiled = some_file();
  for (auto at = std::size_t{200}; at < spoiled.size(); at += 509) {
    spoiled[at] = static_cast<char>(~spoiled[at]);
  }
  for (const auto& bytes : {spoiled, some_file().substr(0, spoiled.size() / 2)}) {
    auto world = bench();
    world.disk.put("store.db", bytes);
    const auto outcome = world.try_open();
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == "store_damaged");
    CHECK(world.disk.bytes("store.db") == bytes);
  }
}

TEST_CASE("what earlier lives wrote is in the file itself once a store is opened again") {
  auto world = bench();
  world.open()->apply(make_commit({make_record("a", "", "first")}, "1")).value();
  { const auto store = world.open(); }
  world.disk.remove("store.db-wal");
  CHECK(look(*world.open()).cursor == "1");
}

TEST_CASE("a backup that is put back survives a power cut as any store does") {
  auto world = bench();
  world.disk.put("store.db", some_file());
  auto store = world.open();
  store->apply(make_commit({make_record("after", "", "x")}, "later")).value();
  world.disk.crash();
  store.reset();
  CHECK(world.disk.files().size() == 2);
  CHECK(look(*world.open()).cursor == "later");
}

TEST_CASE("damage that a commit meets leaves the rest as it was") {
  auto file = some_file();
  for (auto at = std::size_t{4096}; at < file.size(); at += 4096) {
    file.replace(at, 8, 8, '\xff');
  }
  auto world = bench();
  world.disk.put("store.db", file);
  const auto store = world.try_open();
  const auto outcome =
      store.has_error() ? store.error() : (*store)->apply(make_commit({}, "d")).error();
  CHECK(outcome.code == "store_damaged");
}

TEST_CASE("a store of a newer schema is refused by name and left alone") {
  auto world = bench();
  { const auto store = world.open(); }
  run_sql(world, "PRAGMA user_version = 99");
  const auto before = world.disk.dump("store.db").value();
  const auto outcome = world.try_open();
  REQUIRE(outcome.has_error());
  CHECK(outcome.error().code == "store_unavailable");
  CHECK(outcome.error().next == seams::reaction::stop_and_diagnose);
  CHECK(outcome.error().why == "the store has schema version 99, this build knows versions up to " +
                                   std::to_string(core::sqlite::schema_version()));
  CHECK(world.disk.dump("store.db").value() == before);
}

TEST_CASE("a database of somebody else is refused and left alone") {
  for (const auto* const sql : {"CREATE TABLE t (a)", "PRAGMA application_id = 7"}) {
    auto world = bench();
    run_sql(world, sql);
    const auto before = world.disk.dump("store.db").value();
    const auto outcome = world.try_open();
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == "store_unavailable");
    CHECK(outcome.error().why.find("not a store") != std::string::npos);
    CHECK(world.disk.dump("store.db").value() == before);
    CHECK(world.disk.files().size() == 1);
  }
}

TEST_CASE("a full disk is diagnosed, and the store goes on as it was") {
  auto world = bench();
  const auto store = world.open();
  store->apply(make_commit({make_record("a", "", "first")}, "1")).value();
  const auto before = look(*store);
  const auto step = make_commit({make_record("b", "", std::string(50'000, 'b'))}, "2");
  const auto used = world.disk.used();
  auto refused = 0;
  for (auto room = std::size_t{0}; room < 40'000; room += 1'500) {
    world.disk.limit(used + room);
    const auto outcome = store->apply(step);
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == "store_full");
    CHECK(outcome.error().next == seams::reaction::retry_later);
    CHECK(look(*store) == before);
    ++refused;
  }
  CHECK(refused > 20);
  world.disk.limit(world.disk.used() + 1'000'000);
  CHECK(store->apply(step).value().stored == 1);
  CHECK(look(*store).cursor == "2");
}

TEST_CASE("a store that has no room to be created says so, and is created later") {
  auto world = bench();
  world.disk.limit(3000);
  const auto outcome = world.try_open();
  REQUIRE(outcome.has_error());
  CHECK(outcome.error().code == "store_full");
  world.disk.limit(10'000'000);
  world.open()->apply(make_commit({}, "1")).value();
}

TEST_CASE("a failure names what was tried and none of the stored values") {
  auto world = bench();
  const auto store = world.open();
  world.disk.limit(0);
  const auto step = make_commit({make_record("SECRET", "SECRET", "SECRET")}, "SECRET");
  const auto outcome = store->apply(step);
  REQUIRE(outcome.has_error());
  CHECK(outcome.error().why.find("SECRET") == std::string::npos);
  CHECK(outcome.error().why.find("full") != std::string::npos);
}

TEST_SUITE_END();
