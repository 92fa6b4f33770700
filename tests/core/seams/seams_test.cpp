#include "core/seams/choices.hpp"
#include "core/seams/http.hpp"
#include "core/seams/idle_loop.hpp"
#include "core/seams/time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace net = boost::asio;
using namespace seams;
using namespace std::chrono_literals;

namespace {

constexpr auto start = instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

struct tiny_world {
  net::io_context context{1};
  virtual_clock time{start};
  in_flight wire;

  auto run(duration latest = 48h) -> stop_reason {
    const auto bounds = loop_bounds{latest, [] { return false; }};
    return run_until(context, time, wire, bounds);
  }
  void spawn(net::awaitable<void> what) {
    net::co_spawn(context, std::move(what), [](const std::exception_ptr& e) {
      if (e) {
        std::rethrow_exception(e);
      }
    });
  }
};

auto note_after(seams::clock& time, duration span, std::string name, std::vector<std::string>& out)
    -> net::awaitable<void> {
  co_await time.sleep_for(span, name);
  out.push_back(name + "@" + to_text(time.elapsed()));
}

auto shorter_of(seams::clock& time, duration a, duration b, std::size_t& won)
    -> net::awaitable<void> {
  using namespace net::experimental::awaitable_operators;
  const auto first = co_await (time.sleep_for(a, "a") || time.sleep_for(b, "b"));
  won = first.index();
}

} // namespace

TEST_SUITE("seams") {
  TEST_CASE("instants print as Graph prints them: UTC, up to seven digits, trailing zeros cut") {
    CHECK(to_rfc3339(start) == "2026-03-10T00:00:00Z");
    CHECK(to_rfc3339(start + 8h + 580ms) == "2026-03-10T08:00:00.58Z");
    CHECK(to_rfc3339(start + duration{1}) == "2026-03-10T00:00:00.0000001Z");
  }

  TEST_CASE("spans print in at most two units") {
    CHECK(to_text(47h + 59min) == "1d 23h");
    CHECK(to_text(90s) == "1m 30s");
    CHECK(to_text(duration::zero()) == "0s");
    CHECK(to_text(-5min) == "-5m");
  }

  TEST_CASE("two simulated days pass in the order of deadlines, equal ones in order of arrival") {
    auto world = tiny_world();
    auto seen = std::vector<std::string>();
    world.spawn(note_after(world.time, 2h, "late", seen));
    world.spawn(note_after(world.time, 1h, "first", seen));
    world.spawn(note_after(world.time, 1h, "second", seen));
    CHECK(world.run() == stop_reason::stuck);
    CHECK(seen == std::vector<std::string>{"first@1h", "second@1h", "late@2h"});
  }

  TEST_CASE("the loser of a race is cancelled and does not hold the world") {
    auto world = tiny_world();
    auto won = std::size_t{9};
    world.spawn(shorter_of(world.time, 10h, 1min, won));
    CHECK(world.run() == stop_reason::stuck);
    CHECK(won == 1);
    CHECK(world.time.elapsed() == 1min);
  }

  TEST_CASE("a deadline beyond the bound stops the world and the waiter can be named") {
    auto world = tiny_world();
    auto seen = std::vector<std::string>();
    world.spawn(note_after(world.time, 50h, "next poll of alerts", seen));
    CHECK(world.run() == stop_reason::time_bound);
    REQUIRE(world.time.waiters(5).size() == 1);
    CHECK(world.time.waiters(5)[0].why == "next poll of alerts");
    world.time.abandon_all();
  }

  TEST_CASE("the same seed draws the same numbers, within the limit") {
    auto a = seeded_choices(7);
    auto b = seeded_choices(7);
    for (auto i = 0; i < 1000; ++i) {
      const auto draw = a.below(10, "test");
      CHECK(draw < 10);
      CHECK(draw == b.below(10, "test"));
    }
    CHECK(named_guid(1, "x") == named_guid(1, "x"));
    CHECK(named_guid(1, "x") != named_guid(2, "x"));
    CHECK(named_guid(1, "x").size() == 36);
  }

  TEST_CASE("an instant is printed as HTTP's Date wants it, whole seconds in GMT") {
    const auto day = std::chrono::sys_days{std::chrono::year{2026} / 3 / 10};
    CHECK(to_http_date(instant{day} + 8h + 29min + 16580ms) == "Tue, 10 Mar 2026 08:29:16 GMT");
    CHECK(to_http_date(instant{} - 1s) == "Wed, 31 Dec 1969 23:59:59 GMT");
  }

  TEST_CASE("header names compare without regard to case") {
    auto fields = headers{{"Retry-After", "10"}};
    CHECK(fields.find("retry-after") == "10");
    fields.set("RETRY-AFTER", "12");
    CHECK(fields.size() == 1);
    CHECK(fields.find("Retry-After") == "12");
    CHECK(!fields.find("X-Other"));
  }
}
