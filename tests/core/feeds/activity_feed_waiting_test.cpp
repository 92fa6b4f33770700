#include "core/feeds/waiting_blobs.hpp"
#include "tests/core/feeds/activity_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

const auto never = refused(500, "AF50000");

/// A listed blob that expires two hours after the start.
auto brief(const std::string& id) -> std::string {
  return R"({"contentType":"Audit.General","contentId":")" + id + R"(","contentUri":")" +
         activity_root + "audit/" + id + R"(","contentExpiration":"2026-03-10T10:00:00Z"})";
}

/// `count` blobs, "bad0" and so on, of which none is ever served.
auto poison(activity_bench& world, int count) -> std::string {
  auto items = std::string();
  for (auto i = 0; i < count; ++i) {
    items += content("bad" + std::to_string(i)) + ",";
  }
  world.blob("bad", {never});
  return items;
}

auto odd_code(const seams::result<core::feeds::poll_report>& got) -> std::string {
  return got && got->odd ? got->odd->code : "";
}

void poll_for(activity_bench& world, seams::duration span, seams::duration period = 5min) {
  const auto end = world.time.elapsed() + span;
  while (world.time.elapsed() < end) {
    (void)world.poll();
    world.run(period);
  }
}

} // namespace

TEST_SUITE("activity_feed_waiting") {
  TEST_CASE("a blob that is never served keeps neither the others nor the cursor") {
    activity_bench world;
    world.listing({list_of(poison(world, 1) + content("b1"))});
    world.blob("b1", {list_of(audit("r1"))});
    CHECK(odd_code(world.poll()) == "blobs_waiting");
    CHECK(world.stored().size() == 1);
    CHECK(world.cursor() >= text(start));
    CHECK(odd_code(world.poll()) == "blobs_waiting");
    CHECK(world.net.count("audit/bad0") == 5);
  }

  TEST_CASE("three that are never served keep the others for one poll only") {
    activity_bench world;
    world.listing({list_of(poison(world, 3) + content("b1"))});
    world.blob("b1", {list_of(audit("r1"))});
    CHECK(world.poll().error().code == "500");
    CHECK(world.cursor().empty());
    CHECK(odd_code(world.poll()) == "blobs_waiting");
    CHECK(world.stored().size() == 1);
  }

  TEST_CASE("a blob that waits is read once it is served, after a restart too, and all is well") {
    activity_bench world;
    world.listing({list_of(poison(world, 1) + content("b1")), list_of("")});
    world.blob("b1", {list_of(audit("r1"))});
    CHECK(odd_code(world.poll()) == "blobs_waiting");
    world.renew();
    world.blob("bad0", {list_of(audit("r0"))});
    world.run(5min);
    const auto got = world.poll();
    REQUIRE(got.has_value());
    CHECK_FALSE(got->odd.has_value());
    CHECK(world.stored().size() == 2);
    const auto asked = world.net.count("audit/bad0");
    poll_for(world, 3h);
    CHECK(world.net.count("audit/bad0") == asked);
  }

  TEST_CASE("in a day a blob in trouble is asked for some seventeen times, in five calls each") {
    activity_bench world;
    world.listing({list_of(poison(world, 1) + content("b1")), list_of("")});
    world.blob("b1", {list_of(audit("r1"))});
    poll_for(world, 24h);
    CHECK(world.net.count("audit/bad0") / 5 >= 15);
    CHECK(world.net.count("audit/bad0") / 5 <= 18);
  }

  TEST_CASE("what has expired unserved is one gap with its id, and never asked for again") {
    activity_bench world;
    world.listing({list_of(brief("bad0"))});
    world.blob("bad0", {never});
    poll_for(world, 119min);
    CHECK(world.records.gaps().empty());
    poll_for(world, 30min);
    const auto asked = world.net.count("audit/bad0");
    poll_for(world, 2h);
    REQUIRE(world.records.gaps().size() == 1);
    CHECK(world.records.gaps()[0].code == "blob_never_served");
    CHECK(world.records.gaps()[0].text.find("content bad0 ") != std::string::npos);
    CHECK(world.net.count("audit/bad0") == asked);
    CHECK(odd_code(world.poll()).empty());
  }

  TEST_CASE("killed at any commit, a blob that waits is neither lost nor declared twice") {
    for (auto fatal = 1; fatal <= 12; ++fatal) {
      CAPTURE(fatal);
      activity_bench world;
      world.listing({list_of(brief("bad0") + "," + brief("late")), list_of("")});
      world.blob("bad0", {never});
      world.blob("late", {never, never, never, never, never, list_of(audit("r1"))});
      auto commits = 0;
      world.records.before_apply = [&] {
        if (++commits == fatal) {
          throw std::runtime_error("killed");
        }
      };
      for (auto minute = 0; minute < 150; minute += 5) {
        try {
          (void)world.poll();
        } catch (const std::runtime_error&) {
          world.renew();
          world.listing({list_of(brief("bad0") + "," + brief("late")), list_of("")});
        }
        world.run(5min);
      }
      CHECK(world.stored().size() == 1);
      CHECK(world.records.gaps().size() == 1);
    }
  }

  TEST_CASE("while nothing is served at all each poll ends early and the cursor stays") {
    activity_bench world;
    world.listing({list_of(poison(world, 40) + content("b1"))});
    world.blob("b1", {never});
    for (auto i = 0; i < 5; ++i) {
      const auto before = world.net.count("/audit/b");
      CHECK(world.poll().error().code == "500");
      CHECK(world.net.count("/audit/b") - before <= 30);
      world.run(5min);
    }
    CHECK(world.cursor().empty());
  }

  TEST_CASE("when as many wait as are remembered, the cursor waits until they are served") {
    activity_bench world;
    auto list = core::feeds::waiting_blobs(world.records, "audit_general");
    for (auto i = std::size_t{0}; i < core::feeds::waiting_blobs_max; ++i) {
      const auto id = "old" + std::to_string(i);
      (void)list.add(id, activity_root + "audit/" + id, start + 24h, start);
    }
    world.blob("old", {list_of("")});
    world.listing({list_of(content("b1") + "," + poison(world, 1) + content("b2"))});
    world.blob("b1", {list_of(audit("r1"))});
    world.blob("b2", {list_of(audit("r2"))});
    const auto got = world.poll();
    CHECK(got.error().code == "500");
    CHECK(got.error().why.find("256 blobs") != std::string::npos);
    CHECK(world.stored().size() == 2);
    CHECK(world.cursor().empty());
    world.run(5min);
    CHECK(odd_code(world.poll()) == "blobs_waiting");
    CHECK_FALSE(world.cursor().empty());
    CHECK(world.net.count("audit/old") == core::feeds::waiting_blobs_max);
  }

  TEST_CASE("a service that fails in the middle of a poll is left alone until the next one") {
    activity_bench world;
    world.listing({list_of(content("b1") + "," + poison(world, 40) + content("b2"))});
    world.blob("b1", {list_of(audit("r1"))});
    CHECK(world.poll().error().code == "500");
    CHECK(world.net.count("/audit/bad") == 15);
  }

  TEST_CASE("a blob whose access is refused waits for others to be served, then for itself") {
    for (const auto status : {401, 403}) {
      activity_bench world;
      world.listing({list_of(content("shut"))});
      world.blob("shut", {refused(status, "AF10001")});
      world.blob("b1", {list_of(audit("r1"))});
      CHECK(world.poll().error().code == "AF10001");
      CHECK(world.cursor().empty());
      world.listing({list_of(content("shut") + "," + content("b1"))});
      CHECK(odd_code(world.poll()) == "blobs_waiting");
      CHECK_FALSE(world.cursor().empty());
      CHECK(world.stored().size() == 1);
      world.run(5min);
      CHECK(odd_code(world.poll()) == "blobs_waiting");
    }
  }

  TEST_CASE("while access to every blob is refused, it is told and the cursor stays") {
    activity_bench world;
    world.listing({list_of(content("b0"))});
    world.blob("b0", {list_of(audit("r0"))});
    world.blob("b1", {refused(403, "AF10001")});
    world.blob("b2", {refused(403, "AF10001")});
    CHECK(world.poll().has_value());
    const auto reached = world.cursor();
    world.listing({list_of(content("b1") + "," + content("b2"))});
    for (auto i = 0; i < 5; ++i) {
      world.run(5min);
      CHECK(world.poll().error().code == "AF10001");
    }
    CHECK(world.cursor() == reached);
  }

  TEST_CASE("an expiry that cannot be does not make a blob lost at once, nor kept for ever") {
    for (const auto* expiry : {"0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"}) {
      activity_bench world;
      world.listing({list_of(R"({"contentId":"bad0","contentUri":")" + activity_root +
                             R"(audit/bad0","contentExpiration":")" + expiry + "\"}"),
                     list_of("")});
      world.blob("bad0", {never});
      poll_for(world, 167h, 1h);
      CHECK(world.records.gaps().empty());
      poll_for(world, 4h, 1h);
      CHECK(world.records.gaps().size() == 1);
    }
  }

  TEST_CASE("an id that is refused is one blob's trouble where content has come before") {
    activity_bench world;
    world.listing({list_of(content("b1")), list_of(content("odd"))});
    world.blob("b1", {list_of(audit("r1"))});
    world.blob("odd", {refused(400, "AF20052", "Blob key odd in the url is invalid")});
    CHECK(world.poll().has_value());
    CHECK(odd_code(world.poll()) == "blobs_waiting");
  }

  TEST_CASE("a blob with a foreign address is asked for at the documented one later") {
    activity_bench world;
    world.listing(
        {list_of(content("b1") + R"(,{"contentId":"b2","contentUri":"https://evil.example/b2"})")});
    world.blob("b1", {list_of(audit("r1"))});
    world.blob("b2", {list_of(audit("r2"))});
    CHECK(odd_code(world.poll()) == "blobs_waiting");
    world.run(5min);
    CHECK(odd_code(world.poll()).empty());
    CHECK(world.stored().size() == 2);
    CHECK(world.net.count("evil.example") == 0);
  }
}
