// A commit is cut off at every single call that changes the disk, in every way there is.
#include "core/store/sqlite_store.hpp"
#include "tests/core/store/store_bench.hpp"

#include <doctest/doctest.h>

using namespace store_tests;
using namespace std::chrono_literals;

namespace {

enum class fault {
  once, ///< one call fails, then the disk works again
  dead, ///< that call and all later ones fail, then power is lost
  power ///< power is lost before the call
};

/// Counts the calls and lets `kind` happen at call number `at`, counted from 1.
struct saboteur {
  core::ram_disk& disk;
  fault kind;
  int at;
  int calls = 0;

  auto operator()() -> bool {
    ++calls;
    if (calls == at && kind == fault::power) {
      disk.crash();
    }
    return !(calls == at || (calls > at && kind == fault::dead));
  }
  [[nodiscard]] auto struck() const -> bool { return calls >= at; }
};

auto first_commit() -> core::commit {
  auto step = make_commit({make_record("a", "1", "first"), make_record("b", "1", "second")}, "1");
  step.marks = {{"m1", start + 1h}};
  step.health = {{"alerts", "ok", "", "", start}};
  return step;
}

auto second_commit(std::size_t raw_bytes) -> core::commit {
  auto step = make_commit({make_record("b", "1", std::string(raw_bytes, 'b')),
                           make_record("b", "1", "second"),
                           make_record("c", "1", "third")},
                          "2");
  step.marks = {{"m2", start + 24h}};
  step.health = {{"alerts", "throttled", "429", "", start + 2h}};
  step.now = start + 2h;
  return step;
}

struct plan {
  fault kind;
  std::size_t raw_bytes;
  core::sqlite_store_options options;
  contents before;
  contents after;
};

auto make_plan(fault kind, std::size_t raw_bytes, int log_pages_max) -> plan {
  auto made = plan{kind, raw_bytes, {}, {}, {}};
  made.options.log_pages_max = log_pages_max;
  auto world = bench();
  const auto store = world.open(made.options);
  store->apply(first_commit()).value();
  made.before = look(*store);
  store->apply(second_commit(raw_bytes)).value();
  made.after = look(*store);
  REQUIRE(made.before.cursor == "1");
  REQUIRE(made.after.cursor == "2");
  REQUIRE(made.after.records.size() == 4);
  return made;
}

/// What must hold in the store that saw the fault, if it can still work.
void check_survivor(core::store& store, const plan& of, bool committed) {
  CHECK(look(store) == (committed ? of.after : of.before));
  if (!committed) {
    store.apply(second_commit(of.raw_bytes)).value();
  }
  CHECK(look(store) == of.after);
}

/// What must hold in the store as it is opened after the crash.
void check_reopened(core::store& store, const plan& of, bool committed) {
  const auto found = look(store);
  const auto whole = found == of.before || found == of.after;
  CHECK(whole);
  if (committed) {
    CHECK(found == of.after);
  }
  store.apply(second_commit(of.raw_bytes)).value();
  CHECK(look(store).records == of.after.records);
  CHECK(look(store).cursor == of.after.cursor);
}

/// One run with the fault at call `at`; false if there were fewer calls.
auto run_once(const plan& of, int at) -> bool {
  CAPTURE(at);
  auto world = bench();
  auto store = world.open(of.options);
  store->apply(first_commit()).value();
  auto bad = saboteur{world.disk, of.kind, at};
  world.disk.watch([&](core::disk_call, const std::string&) { return bad(); });
  const auto outcome = store->apply(second_commit(of.raw_bytes));
  const auto committed = outcome.has_value();
  if (!committed) {
    CHECK(outcome.error().code == "store_unavailable");
    CHECK(outcome.error().next == seams::reaction::retry_later);
  }
  if (of.kind == fault::once) {
    check_survivor(*store, of, committed);
    world.disk.crash();
  }
  store = nullptr;
  world.disk.watch({});
  world.disk.crash();
  store = world.open(of.options);
  check_reopened(*store, of, committed || of.kind == fault::once);
  return bad.struck();
}

/// The number of calls at which the fault struck.
auto run_all(const plan& of, int stride = 1) -> int {
  auto runs = 0;
  for (auto at = 1; run_once(of, at); at += stride) {
    ++runs;
    REQUIRE(runs < 5000);
  }
  return runs;
}

} // namespace

TEST_SUITE_BEGIN("sqlite_store_crash");

TEST_CASE("a commit is whole or absent when any one call fails") {
  CHECK(run_all(make_plan(fault::once, 20'000, 1000)) > 5);
  CHECK(run_all(make_plan(fault::once, 20'000, 4)) > 15);
}

TEST_CASE("a commit is whole or absent when the disk dies at any call") {
  CHECK(run_all(make_plan(fault::dead, 20'000, 1000)) > 5);
  CHECK(run_all(make_plan(fault::dead, 20'000, 4)) > 15);
}

TEST_CASE("a commit is whole or absent when power is lost at any call") {
  CHECK(run_all(make_plan(fault::power, 20'000, 1000)) > 5);
  CHECK(run_all(make_plan(fault::power, 20'000, 4)) > 15);
}

TEST_CASE("a commit larger than the page cache is whole or absent, too") {
  CHECK(run_all(make_plan(fault::once, 2'200'000, 1000), 301) > 2);
  CHECK(run_all(make_plan(fault::power, 2'200'000, 1000), 301) > 2);
}

TEST_CASE("what was committed survives the loss of power right after") {
  auto world = bench();
  for (auto i = 0; i < 30; ++i) {
    const auto store = world.open();
    CHECK(look(*store).records.size() == static_cast<std::size_t>(i));
    store->apply(make_commit({make_record(std::to_string(i), "", "x")}, std::to_string(i))).value();
    world.disk.crash();
    CHECK(store->apply(make_commit({}, "from the grave")).has_error());
  }
  CHECK(world.open()->cursor("alerts").value() == "29");
}

TEST_CASE("a store whose creation was cut off anywhere can be opened afterwards") {
  for (const auto kind : {fault::once, fault::dead, fault::power}) {
    auto struck = true;
    auto runs = 0;
    for (auto at = 1; struck; ++at) {
      CAPTURE(at);
      auto world = bench();
      auto bad = saboteur{world.disk, kind, at};
      world.disk.watch([&](core::disk_call, const std::string&) { return bad(); });
      {
        const auto opened = world.try_open();
        if (opened.has_error()) {
          CHECK(opened.error().code == "store_unavailable");
        }
      }
      struck = bad.struck();
      world.disk.watch({});
      world.disk.crash();
      const auto store = world.open();
      store->apply(first_commit()).value();
      CHECK(look(*store).cursor == "1");
      ++runs;
    }
    CHECK(runs > 10);
  }
}

TEST_SUITE_END();
