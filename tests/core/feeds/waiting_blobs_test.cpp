#include "core/feeds/waiting_blobs.hpp"
#include "tests/core/fakes/bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;
using core::feeds::waiting_blobs;

namespace {

const auto far = start + std::chrono::days{7};

/// A list with one blob on it, asked for in vain at the start.
struct one_waits {
  one_waits() {
    (void)list.load(start);
    (void)list.add("b1", "https://manage.office.com/b1", far, start);
  }
  fake_store records;
  waiting_blobs list{records, "audit_general"};
};

} // namespace

TEST_SUITE("waiting_blobs") {
  TEST_CASE("what is added is there after a restart, with all that is known of it") {
    one_waits world;
    auto again = waiting_blobs(world.records, "audit_general");
    REQUIRE(again.load(start).has_value());
    CHECK(again.holds("b1"));
    const auto due = again.due(start + 5min);
    REQUIRE(due.size() == 1);
    CHECK(due[0].id == "b1");
    CHECK(due[0].uri == "https://manage.office.com/b1");
    CHECK(due[0].since == start);
    CHECK(due[0].expires == far);
    CHECK(due[0].tries == 1);
  }

  TEST_CASE("pauses grow from five minutes to two hours") {
    one_waits world;
    auto now = start;
    for (const auto pause : {5min, 10min, 20min, 40min, 80min, 120min, 120min}) {
      CHECK(world.list.due(now + pause - 1s).empty());
      now += pause;
      REQUIRE(world.list.due(now).size() == 1);
      CHECK(world.list.postpone("b1", now).has_value());
    }
  }

  TEST_CASE("the longest due comes first, and one that has expired is due at once") {
    one_waits world;
    CHECK(world.list.add("b2", "", start + 1min, start + 30s).has_value());
    REQUIRE(world.list.due(start + 1min).size() == 1);
    CHECK(world.list.due(start + 1min)[0].id == "b2");
    REQUIRE(world.list.due(start + 1h).size() == 2);
    CHECK(world.list.due(start + 1h)[0].id == "b1");
  }

  TEST_CASE("a clock that is set back does not put off a blob for as long") {
    one_waits world;
    CHECK(world.list.due(start - std::chrono::days{30}).size() == 1);
  }

  TEST_CASE("what is marked as dealt with waits no more, though a death left it on the list") {
    one_waits world;
    world.records.marks[{"audit_general", "b1"}] = far;
    REQUIRE(world.list.load(start).has_value());
    CHECK_FALSE(world.list.holds("b1"));
    world.records.marks.clear();
    REQUIRE(world.list.load(start).has_value());
    CHECK_FALSE(world.list.holds("b1"));
  }

  TEST_CASE("the remark says how many wait since when, and nothing where none does") {
    one_waits world;
    CHECK(world.list.add("b2", "", far, start + 1h).has_value());
    REQUIRE(world.list.remark().has_value());
    CHECK(world.list.remark()->state == "delayed");
    CHECK(world.list.remark()->text.starts_with("2 of "));
    CHECK(world.list.remark()->text.find("2026-03-10T08:00:00Z: b1") != std::string::npos);
    CHECK(world.list.remove("b1", start).has_value());
    CHECK(world.list.remove("b2", start).has_value());
    CHECK_FALSE(world.list.remark().has_value());
  }

  TEST_CASE("a list that is none is a damaged store") {
    for (const auto* text : {"x\n", "\n", "x", "a\tb\tc\t1\tid\turi\n"}) {
      one_waits world;
      world.records.cursors["audit_general waiting"] = text;
      CHECK(world.list.load(start).error().code == "store_damaged");
    }
  }
}
