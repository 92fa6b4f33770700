#include "core/seams/digest.hpp"
#include "core/store/sqlite_store.hpp"
#include "tests/core/fakes/scratch_folder.hpp"
#include "tests/core/store/store_bench.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace store_tests;
using namespace std::chrono_literals;

namespace {

auto all_records(core::store& in, const core::record_query& wanted = {})
    -> std::vector<core::stored_record> {
  auto found = std::vector<core::stored_record>();
  in.read(wanted, [&](const core::stored_record& each) {
      found.push_back(each);
      return true;
    }).value();
  return found;
}

auto keys(core::store& in, const core::record_query& wanted = {}) -> std::string {
  auto joined = std::string();
  for (const auto& each : all_records(in, wanted)) {
    joined += each.what.key + each.what.version + " ";
  }
  return joined;
}

} // namespace

TEST_SUITE_BEGIN("sqlite_store");

TEST_CASE("a new store is empty") {
  auto world = bench();
  const auto store = world.open();
  CHECK(look(*store) == contents{{}, std::nullopt, {false, false}, 0});
}

TEST_CASE(
    "a record in another spelling is the record that is there, one with other content is not") {
  auto world = bench();
  const auto store = world.open();
  const auto first = make_record("a", "1", R"({"x":1,"y":[{"b":2,"c":3}]})");
  const auto respelled = make_record("a", "1", R"({ "y": [ {"c":3, "b":2} ], "x": 1 })");
  const auto other = make_record("a", "1", R"({"y":[{"c":3,"b":2}],"x":1.0})");
  CHECK(store->apply(make_commit({first}, "c")).value().stored == 1);
  CHECK(store->apply(make_commit({respelled, respelled}, "c")).value().suppressed == 2);
  CHECK(store->apply(make_commit({other}, "c")).value().variants == 1);
  CHECK(store->apply(make_commit({respelled}, "c")).value().suppressed == 1);
  const auto found = all_records(*store);
  REQUIRE(found.size() == 2);
  CHECK(found[0].what.raw == first.raw);
  CHECK(found[1].what.raw == other.raw);
}

TEST_CASE("a record comes back with everything it had") {
  auto world = bench();
  const auto store = world.open();
  auto given = make_record("a-1", "2026-03-09T01:02:03.1234567Z", R"({"a":1,"a":1e3})");
  given.event_time = start - seams::duration{1};
  given.cuts = {"pc", "sensitive_info"};
  const auto outcome = store->apply(make_commit({given}, "c")).value();
  CHECK(outcome.stored == 1);
  CHECK(outcome.suppressed + outcome.variants == 0);
  const auto found = all_records(*store);
  REQUIRE(found.size() == 1);
  CHECK(found[0].what.feed == "alerts");
  CHECK(found[0].what.connector_type == "ms365_alerts");
  CHECK(found[0].what.key == given.key);
  CHECK(found[0].what.version == given.version);
  CHECK(found[0].what.event_time == given.event_time);
  CHECK(found[0].what.raw == given.raw);
  CHECK(found[0].what.cuts == given.cuts);
  CHECK(found[0].digest == seams::to_hex(seams::sha256(given.raw)));
  CHECK(found[0].received_at == start);
}

TEST_CASE("any bytes survive, in the raw record and in every text") {
  auto world = bench();
  auto odd = std::string();
  for (auto i = 0; i < 256; ++i) {
    odd += static_cast<char>(i);
  }
  auto given = make_record(odd, odd, odd);
  auto step = make_commit({given, make_record("", "", "")}, odd);
  step.marks = {{odd, start}};
  step.health = {{odd, odd, odd, odd, start}};
  world.open()->apply(step).value();
  const auto store = world.open();
  const auto found = all_records(*store);
  REQUIRE(found.size() == 2);
  CHECK(found[0].what.key.empty());
  CHECK(found[0].what.raw.empty());
  CHECK_FALSE(found[0].what.event_time.has_value());
  CHECK(found[1].what.key == odd);
  CHECK(found[1].what.version == odd);
  CHECK(found[1].what.raw == odd);
  CHECK(store->cursor("alerts").value() == odd);
  CHECK(store->marked("alerts", {odd}).value() == std::vector{true});
  CHECK(store->health().value().at(0).text == odd);
}

TEST_CASE("the same bytes again are suppressed") {
  auto world = bench();
  const auto store = world.open();
  const auto twice = make_record("a", "1", "{}");
  const auto first = store->apply(make_commit({twice, twice}, "c")).value();
  CHECK(first.stored == 1);
  CHECK(first.suppressed == 1);
  const auto second = store->apply(make_commit({twice}, "c")).value();
  CHECK(second.stored == 0);
  CHECK(second.suppressed == 1);
  CHECK(keys(*store) == "a1 ");
}

TEST_CASE("other bytes under the same key and version are kept beside the first, and counted") {
  auto world = bench();
  const auto store = world.open();
  store->apply(make_commit({make_record("a", "1", "zzz")}, "c")).value();
  const auto outcome =
      store->apply(make_commit({make_record("a", "1", "aaa"), make_record("a", "2", "zzz")}, "c"))
          .value();
  CHECK(outcome.variants == 1);
  CHECK(outcome.stored == 1);
  CHECK(look(*store).records == std::vector<std::string>{"a/1/zzz", "a/1/aaa", "a/2/zzz"});
}

TEST_CASE("the same key in another feed is another record") {
  auto world = bench();
  const auto store = world.open();
  auto other = make_record("a", "1", "{}");
  other.feed = "incidents";
  const auto outcome = store->apply(make_commit({make_record("a", "1", "{}"), other}, "c")).value();
  CHECK(outcome.stored == 2);
  CHECK(all_records(*store, {.feed = "incidents", .connector_type = {}, .key = {}}).size() == 1);
}

TEST_CASE("records are read in order of feed, key, version and arrival") {
  auto world = bench();
  const auto store = world.open();
  auto early = make_record("z", "9", "{}");
  early.feed = "a_feed";
  store
      ->apply(make_commit({make_record("b", "2", "1"),
                           make_record("b", "10", "1"),
                           make_record("a", "7", "1"),
                           early,
                           make_record("B", "1", "1")},
                          "c"))
      .value();
  CHECK(keys(*store) == "z9 B1 a7 b10 b2 ");
}

TEST_CASE("a query restricts by feed, connector type and key, in any combination") {
  auto world = bench();
  const auto store = world.open();
  auto records = std::vector<core::record>();
  for (const auto* const feed : {"f", "g"}) {
    for (const auto* const type : {"s", "t"}) {
      for (const auto* const key : {"k", "l"}) {
        records.push_back({feed, type, key, std::string(feed) + type, {}, "{}", {}});
      }
    }
  }
  store->apply(make_commit(records, "c")).value();
  for (auto mask = 0; mask < 8; ++mask) {
    const auto wanted = core::record_query{.feed = (mask & 1) != 0 ? "f" : "",
                                           .connector_type = (mask & 2) != 0 ? "t" : "",
                                           .key = (mask & 4) != 0 ? "k" : ""};
    auto expected = std::size_t{8};
    for (auto bits = mask; bits != 0; bits &= bits - 1) {
      expected /= 2;
    }
    const auto found = all_records(*store, wanted);
    CHECK(found.size() == expected);
    for (const auto& each : found) {
      CHECK((wanted.feed.empty() || each.what.feed == wanted.feed));
      CHECK((wanted.connector_type.empty() || each.what.connector_type == wanted.connector_type));
      CHECK((wanted.key.empty() || each.what.key == wanted.key));
    }
  }
}

TEST_CASE("a sink that returns false ends the reading, and may read itself") {
  auto world = bench();
  const auto store = world.open();
  store->apply(make_commit({make_record("a", "", "1"), make_record("b", "", "2")}, "c")).value();
  auto seen = 0;
  store
      ->read({},
             [&](const core::stored_record&) {
               ++seen;
               CHECK(keys(*store) == "a b ");
               return false;
             })
      .value();
  CHECK(seen == 1);
}

TEST_CASE("a cursor belongs to its feed and stays until it is moved") {
  auto world = bench();
  auto store = world.open();
  store->apply(make_commit({}, "one")).value();
  auto still = make_commit({make_record("a", "", "1")}, "");
  still.cursor.reset();
  store->apply(still).value();
  CHECK(store->cursor("alerts").value() == "one");
  CHECK_FALSE(store->cursor("incidents").value().has_value());
  store->apply(make_commit({}, "")).value();
  store = nullptr;
  CHECK(world.open()->cursor("alerts").value() == "");
}

TEST_CASE("marks are told apart by feed and forgotten when their time is over") {
  auto world = bench();
  const auto store = world.open();
  auto step = make_commit({}, "c");
  step.marks = {{"m1", start + 1h}, {"m2", start + 2h}};
  store->apply(step).value();
  CHECK(store->marked("alerts", {"m2", "m0", "m1"}).value() == std::vector{true, false, true});
  CHECK(store->marked("incidents", {"m1"}).value() == std::vector{false});
  CHECK(store->marked("alerts", {}).value().empty());
  auto later = make_commit({}, "c");
  later.now = start + 1h;
  store->apply(later).value();
  CHECK(look(*store).marks == std::vector{true, true});
  later.now = start + 1h + seams::duration{1};
  store->apply(later).value();
  CHECK(look(*store).marks == std::vector{false, true});
}

TEST_CASE("a mark that is set again lives until the later of its times") {
  auto world = bench();
  const auto store = world.open();
  auto step = make_commit({}, "c");
  step.marks = {{"m1", start + 1h}, {"m1", start + 5h}, {"m1", start + 3h}};
  store->apply(step).value();
  auto later = make_commit({}, "c");
  later.now = start + 4h;
  store->apply(later).value();
  CHECK(look(*store).marks[0]);
  later.now = start + 6h;
  store->apply(later).value();
  CHECK_FALSE(look(*store).marks[0]);
}

TEST_CASE("one commit forgets a bounded number of marks, the oldest first") {
  auto world = bench();
  auto options = core::sqlite_store_options();
  options.forget_per_commit_max = 1;
  const auto store = world.open(options);
  auto step = make_commit({}, "c");
  step.marks = {{"m2", start + 2h}, {"m1", start + 1h}};
  store->apply(step).value();
  auto later = make_commit({}, "c");
  later.now = start + 24h;
  store->apply(later).value();
  CHECK(look(*store).marks == std::vector{false, true});
  store->apply(later).value();
  CHECK(look(*store).marks == std::vector{false, false});
}

TEST_CASE("the health history is in order of time, of all feeds") {
  auto world = bench();
  const auto store = world.open();
  auto step = make_commit({}, "c");
  step.health = {{"alerts", "throttled", "429", "slow", start + 2h},
                 {"audit", "ok", "", "", start + 1h},
                 {"alerts", "ok", "", "well again", start + 2h}};
  store->apply(step).value();
  const auto history = store->health().value();
  REQUIRE(history.size() == 3);
  CHECK(history[0].feed == "audit");
  CHECK(history[1].state == "throttled");
  CHECK(history[1].code == "429");
  CHECK(history[1].at == start + 2h);
  CHECK(history[2].text == "well again");
}

TEST_CASE("what is beyond the bounds fails the commit, and nothing of it is kept") {
  auto world = bench();
  auto options = core::sqlite_store_options();
  options.record_bytes_max = 10;
  options.text_bytes_max = 5;
  const auto store = world.open(options);
  const auto before = look(*store);
  const auto refused = [&](const core::commit& step) {
    const auto outcome = store->apply(step);
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == "store_unavailable");
    CHECK(outcome.error().next == seams::reaction::skip_record);
    CHECK(look(*store) == before);
  };
  auto small = make_record("k", "", "1");
  small.feed = small.connector_type = "f";
  refused({"f", {small, {"f", "f", "k", "", {}, "12345678901", {}}}, {}, {}, "c", start});
  refused({"f", {{"f", "f", "123456", "", {}, "1", {}}}, {}, {}, "c", start});
  refused({"f", {{"f", "f", "k", "", {}, "1", {"123456"}}}, {}, {}, "c", start});
  refused({"f", {small}, {}, {}, "123456", start});
  refused({"f", {small}, {{"123456", start}}, {}, "c", start});
  refused({"f", {small}, {}, {{"f", "ok", "", "123456", start}}, "c", start});
  CHECK(store->apply({"f", {small}, {}, {}, "12345", start}).value().stored == 1);
}

TEST_CASE("a second store on the same file is refused while the first is open") {
  auto world = bench();
  auto first = world.open();
  const auto second = world.try_open();
  REQUIRE(second.has_error());
  CHECK(second.error().code == "store_unavailable");
  CHECK(second.error().next == seams::reaction::retry_later);
  first->apply(make_commit({}, "still works")).value();
  first = nullptr;
  CHECK(world.open()->cursor("alerts").value() == "still works");
}

TEST_CASE("two stores of one process live on two threads") {
  const auto work = [](contents& result, const char* name) {
    auto world = bench();
    auto options = core::sqlite_store_options();
    options.log_pages_max = 20;
    for (auto round = 0; round < 5; ++round) {
      const auto store = world.open(options);
      for (auto i = 0; i < 20; ++i) {
        const auto id = std::to_string(round * 20 + i);
        store->apply(make_commit({make_record(name + id, "", id)}, id)).value();
      }
    }
    result = look(*world.open());
  };
  auto left = contents();
  auto right = contents();
  auto one = std::thread(work, std::ref(left), "l");
  auto other = std::thread(work, std::ref(right), "r");
  one.join();
  other.join();
  CHECK(left.records.size() == 100);
  CHECK(right.records.size() == 100);
  CHECK(left.records[0].front() == 'l');
  CHECK(right.records[0].front() == 'r');
  CHECK(left.cursor == "99");
}

TEST_CASE("on a real file the store is there again after it was closed") {
  const auto folder = fakes::scratch_folder();
  const auto path = folder.at("store.db");
  for (const auto shared : {false, true}) {
    auto options = core::sqlite_store_options();
    options.shared = shared;
    auto store = std::move(core::open_sqlite_store(path, "", options).value());
    store->apply(make_commit({make_record("a", "", "raw")}, "c")).value();
    CHECK(core::open_sqlite_store(path, "", options).has_value() == shared);
    CHECK(look(*store).records == std::vector<std::string>{"a//raw"});
  }
}

TEST_CASE("a folder that does not exist is diagnosed") {
  const auto outcome = core::open_sqlite_store("/nowhere/at/all/store.db", "");
  REQUIRE(outcome.has_error());
  CHECK(outcome.error().code == "store_unavailable");
  CHECK(outcome.error().next == seams::reaction::stop_and_diagnose);
}

TEST_SUITE_END();
