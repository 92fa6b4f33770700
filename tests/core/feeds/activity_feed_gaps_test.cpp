#include "tests/core/feeds/activity_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

const auto disabled = std::string(R"({"contentType":"Audit.General","status":"disabled"})");
const auto enabled = std::string(R"({"contentType":"Audit.General","status":"enabled"})");

} // namespace

TEST_SUITE("activity_feed_gaps") {
  TEST_CASE("after an outage of 30 hours the windows are at most a day, oldest first, no hole") {
    activity_bench world;
    world.options.overlap = 1h;
    world.renew();
    world.cursor_at(start - 30h);
    CHECK(world.poll().has_value());
    CHECK(world.windows() == std::vector<std::string>{"2026-03-09T01:00:00 2026-03-10T01:00:00",
                                                      "2026-03-10T01:00:00 2026-03-10T08:00:00"});
    CHECK(world.records.cursor_moves == 2);
    CHECK(world.records.gaps().empty());
  }

  TEST_CASE("a restart within the same second asks for no empty window") {
    activity_bench world;
    world.options.overlap = 0s;
    world.net.latency = 0s;
    world.renew();
    CHECK(world.poll().has_value());
    world.renew();
    CHECK(world.poll().has_value());
    CHECK(world.windows().size() == 1);
    CHECK(world.cursor() == text(start));
  }

  TEST_CASE("the cursor keeps the windows that were done when a later one fails") {
    activity_bench world;
    world.options.overlap = 1h;
    world.renew();
    world.cursor_at(start - 30h);
    world.listing({list_of(""), reply(400, "")});
    CHECK(world.poll().has_error());
    CHECK(world.cursor() == "2026-03-10T01:00:00Z");
  }

  TEST_CASE("the overlap lists late content of an old window without moving the cursor back") {
    activity_bench world;
    world.cursor_at(start - 5min);
    world.listing({list_of(content("late"))});
    world.blob("late", {list_of(audit("r1"))});
    CHECK(world.poll().has_value());
    CHECK(world.windows().at(0).starts_with("2026-03-09T19:55:00 "));
    CHECK(world.stored().size() == 1);
    CHECK(world.records.cursor_moves == 1);
  }

  TEST_CASE("what is older than seven days is a gap, declared once even if the poll then fails") {
    activity_bench world;
    world.cursor_at(start - std::chrono::days{9});
    world.listing({reply(400, ""), list_of("")});
    CHECK(world.poll().has_error());
    world.renew();
    CHECK(world.records.gaps().empty());
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    REQUIRE(world.records.gaps().size() == 1);
    const auto gap = world.records.gaps()[0];
    CHECK(gap.code == "AF20055");
    CHECK(gap.text.find("2026-03-01T08:00:00Z to 2026-03-03T08:05:0") != std::string::npos);
    CHECK(world.windows().size() == 1 + 7 + 1);
  }

  TEST_CASE("a first look-back beyond seven days is shortened without a gap") {
    activity_bench world;
    world.options.first_look_back = std::chrono::days{30};
    world.renew();
    CHECK(world.poll().has_value());
    CHECK(world.windows().at(0).starts_with("2026-03-03T08:05:0"));
    CHECK(world.records.gaps().empty());
  }

  TEST_CASE("a service that refuses seven days by its own clock is asked for less") {
    activity_bench world;
    world.cursor_at(start - std::chrono::days{8});
    world.listing({refused(400, "AF20055"), list_of("")});
    CHECK(world.poll().error().code == "AF20055");
    CHECK(world.poll().has_value());
    CHECK(world.windows().at(1).starts_with("2026-03-03T08:20:0"));
  }

  TEST_CASE("windows follow the service's clock where ours is wrong") {
    activity_bench world;
    world.options.first_look_back = 1h;
    world.renew();
    world.net.on("subscriptions/list",
                 {reply(200, "[" + enabled + "]", {{"Date", "Tue, 10 Mar 2026 08:20:00 GMT"}})});
    CHECK(world.poll().has_value());
    CHECK(world.windows().back().ends_with(" 2026-03-10T08:20:00"));
  }

  TEST_CASE("a clock that is set right meanwhile leaves no cursor in the service's future") {
    activity_bench world;
    world.options.first_look_back = 1h;
    world.renew();
    world.net.on("subscriptions/list",
                 {reply(200, "[" + enabled + "]", {{"Date", "Tue, 10 Mar 2026 08:20:00 GMT"}})});
    world.listing({reply(200, "[]", {{"Date", "Tue, 10 Mar 2026 08:00:00 GMT"}})});
    CHECK(world.poll().has_value());
    CHECK(world.windows().back().ends_with(" 2026-03-10T08:20:00"));
    CHECK(world.cursor() < "2026-03-10T08:01:00Z");
  }

  TEST_CASE("a blob that is gone is declared with its id and never asked for again") {
    for (const auto& gone : {refused(404, ""),
                             refused(400, "AF20051"),
                             refused(404, "AF20050"),
                             reply(404, "<html>")}) {
      activity_bench world;
      world.listing({list_of(content("b1") + "," + content("b2"))});
      world.blob("b1", {gone});
      world.blob("b2", {list_of(audit("r2"))});
      CHECK(world.poll().has_value());
      CHECK(world.poll().has_value());
      CHECK(world.stored().size() == 1);
      CHECK(world.net.count("audit/b1") == 1);
      REQUIRE(world.records.gaps().size() == 1);
      CHECK(world.records.gaps()[0].text.find("b1") != std::string::npos);
    }
  }

  TEST_CASE("blobs of another cloud are not taken for lost") {
    activity_bench world;
    world.listing({list_of(content("b1"))});
    world.blob("b1", {refused(400, "AF20052", "Blob key b1 in the url is invalid")});
    const auto got = world.poll();
    CHECK(got.error().code == "AF20052");
    CHECK(got.error().why.find("another cloud") != std::string::npos);
    CHECK(world.records.gaps().empty());
    CHECK(world.records.marks.empty());
  }

  TEST_CASE("an enabled subscription, and one listed without status, is not started") {
    activity_bench world;
    CHECK(world.poll().has_value());
    activity_bench bare;
    bare.net.on("subscriptions/list", {list_of(R"({"contentType":"Audit.General"})")});
    CHECK(bare.poll().has_value());
    CHECK(world.net.count("/start") + bare.net.count("/start") == 0);
  }

  TEST_CASE("a missing subscription is started, and already enabled is as good") {
    activity_bench world;
    world.net.on("subscriptions/list", {list_of(R"({"contentType":"Audit.Exchange"})")});
    world.net.on("subscriptions/start", {refused(400, "AF20024", "already enabled")});
    CHECK(world.poll().has_value());
    const auto sent = world.net.to("/start").at(0).what;
    CHECK(sent.method == "POST");
    CHECK(sent.body.empty());
    CHECK(world.records.gaps().empty());
    CHECK(world.poll().has_value());
    CHECK(world.net.count("/start") == 1);
    CHECK(world.net.count("/list") == 1);
  }

  TEST_CASE("a subscription that was disabled is started again and the hole declared once") {
    activity_bench world;
    world.cursor_at(start - 1h);
    world.net.on("subscriptions/list", {list_of(disabled), list_of(enabled)});
    CHECK(world.poll().has_value());
    world.renew();
    CHECK(world.poll().has_value());
    REQUIRE(world.records.gaps().size() == 1);
    CHECK(world.records.gaps()[0].code == "AF20023");
    CHECK(world.records.gaps()[0].text.find("2026-03-10T07:00:00Z") != std::string::npos);
  }

  TEST_CASE("a death between the start and the declaration does not hush up the hole") {
    activity_bench world;
    world.cursor_at(start - 1h);
    world.net.on("subscriptions/list", {list_of(disabled), list_of(enabled)});
    auto commits = 0;
    world.records.before_apply = [&] {
      if (++commits == 2) {
        throw std::runtime_error("killed");
      }
    };
    CHECK_THROWS((void)world.poll());
    CHECK(world.net.count("/start") == 1);
    CHECK(world.records.gaps().empty());
    world.records.before_apply = nullptr;
    world.renew();
    CHECK(world.poll().has_value());
    CHECK(world.records.gaps().size() == 1);
  }

  TEST_CASE("a subscription that is disabled in the middle is started again in the same poll") {
    activity_bench world;
    CHECK(world.poll().has_value());
    world.net.on("subscriptions/list", {list_of(disabled)});
    world.listing({refused(400, "AF20023", "disabled by a tenant admin"), list_of("")});
    CHECK(world.poll().has_value());
    CHECK(world.net.count("/start") == 1);
    CHECK(world.records.gaps().size() == 1);
  }

  TEST_CASE("a start that takes a while to be in force is not repeated in a storm") {
    activity_bench world;
    world.net.on("subscriptions/list", {list_of("")});
    world.listing({refused(400, "AF20022", "no subscription")});
    for (auto minute = 0; minute < 25; minute += 5) {
      const auto got = world.poll();
      REQUIRE(got.has_error());
      CHECK(core::health::state_of(got.error()) == "subscription_disabled");
      world.run(5min);
    }
    CHECK(world.net.count("/start") == 1);
    world.net.on("subscriptions/list", {list_of(enabled)});
    world.listing({list_of("")});
    CHECK(world.poll().has_value());
  }

  TEST_CASE("an audit log that is off is told as such") {
    activity_bench world;
    world.net.on("subscriptions/list", {list_of("")});
    world.net.on("subscriptions/start",
                 {refused(400,
                          "StartSubscription",
                          "Microsoft.Office.Compliance.Audit.DataServiceException: Tenant x does "
                          "not exist.")});
    const auto got = world.poll();
    CHECK(got.error().code == "audit_disabled");
    CHECK(got.error().why.find("unified audit") != std::string::npos);
  }
}
