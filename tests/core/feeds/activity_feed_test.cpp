#include "core/seams/digest.hpp"
#include "tests/core/feeds/activity_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

TEST_SUITE("activity_feed") {
  TEST_CASE("records of a blob are stored with Id, type, time and exact bytes") {
    activity_bench world;
    const auto raw = std::string(R"({ "Id":"r1","CreationTime":"2026-03-10T06:59:00","n":1.50 })");
    world.listing({list_of(content("b1"))});
    world.blob("b1", {list_of(raw + "," + audit("r2"))});
    CHECK(world.poll().has_value());
    const auto stored = world.stored();
    REQUIRE(stored.size() == 2);
    CHECK(stored[0].raw == raw);
    CHECK(stored[0].connector_type == "ms365_audit_general");
    CHECK(stored[0].version.empty());
    CHECK(text(stored[0].event_time.value()) == "2026-03-10T06:59:00Z");
    CHECK(stored[0].cuts.empty());
    CHECK(world.cursor() > text(start - 1s));
  }

  TEST_CASE("a first poll asks for the look-back in whole seconds, its tenant as publisher") {
    activity_bench world;
    CHECK(world.poll().has_value());
    const auto url = world.net.to("subscriptions/content").at(0).what.url;
    CHECK(url.starts_with(activity_root + "subscriptions/content?contentType=Audit.General"));
    CHECK(url.ends_with(std::string("&PublisherIdentifier=") + tenant));
    for (const auto& span : world.windows()) {
      CHECK(span.find_first_of("Z+%.") == std::string::npos);
    }
  }

  TEST_CASE("each blob is fetched once, however often it is listed") {
    activity_bench world;
    world.listing({list_of(content("b1") + "," + content("b1"))});
    world.blob("b1", {list_of(audit("r1"))});
    CHECK(world.poll().has_value());
    world.renew();
    CHECK(world.poll().has_value());
    CHECK(world.net.count("audit/b1") == 1);
    CHECK(world.records.marks.at({"audit_general", "b1"}) ==
          seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 31}} + 7h);
  }

  TEST_CASE("a record that comes again in another blob is stored once") {
    activity_bench world;
    world.listing({list_of(content("b1") + "," + content("b2"))});
    world.blob("b1", {list_of(audit("r1"))});
    world.blob("b2", {list_of(audit("r1") + "," + audit("r2"))});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 2);
  }

  TEST_CASE("records without an Id are known by their bytes, never merged") {
    activity_bench world;
    const auto one = std::string(R"({"Operation":"a"})");
    world.listing({list_of(content("b1"))});
    world.blob("b1", {list_of(one + R"(,{"Operation":"b"},{"Id":""},{"Id":7},null,"x",)" + one)});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 6);
    CHECK(world.records.kept.contains({"audit_general", seams::to_hex(seams::sha256(one)), ""}));
  }

  TEST_CASE("pages are followed by the header in any case, empty ones and v1 paths too") {
    activity_bench world;
    const auto next = "https://manage.office.com/api/v1/" + std::string(tenant) +
                      "/activity/feed/subscriptions/content?nextPage=";
    world.listing({reply(200, "[]", {{"nextpageURI", next + "2"}}),
                   reply(200, "[" + content("b1") + "]", {{"NextPageUri", next + "3"}}),
                   list_of(content("b2")),
                   list_of("")});
    world.blob("b1", {list_of(audit("r1"))});
    world.blob("b2", {list_of(audit("r2"))});
    world.options.first_look_back = 1h;
    world.renew();
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 2);
    CHECK(world.net.to("subscriptions/content").at(1).what.url == next + "2");
  }

  TEST_CASE("a foreign next page or content is never asked for") {
    activity_bench pages;
    pages.listing({reply(200, "[]", {{"NextPageUri", "https://evil.example/x"}})});
    CHECK(pages.poll().error().code == "foreign_link");
    activity_bench blobs;
    blobs.listing({list_of(R"({"contentId":"b1","contentUri":"https://evil.example/b1"})")});
    CHECK(blobs.poll().error().code == "foreign_link");
    for (auto* world : {&pages, &blobs}) {
      CHECK(world->net.count("evil") == 0);
      CHECK(world->cursor().empty());
    }
  }

  TEST_CASE("a page that links to itself is left, nothing is lost") {
    activity_bench world;
    world.listing({reply(200, "[" + content("b1") + "]", {{"NextPageUri", activity_root + "x"}})});
    world.net.on("activity/feed/x", {reply(200, "[]", {{"NextPageUri", activity_root + "x"}})});
    world.blob("b1", {list_of(audit("r1"))});
    CHECK(world.poll().error().code == "endless_chain");
    CHECK(world.stored().size() == 1);
    CHECK(world.cursor().empty());
  }

  TEST_CASE("a service in trouble is not asked for every blob") {
    activity_bench world;
    auto items = content("b0");
    for (auto i = 1; i < 50; ++i) {
      items += "," + content("b" + std::to_string(i));
    }
    world.listing({list_of(items)});
    world.blob("b", {refused(500, "AF50000")});
    CHECK(world.poll().error().code == "500");
    CHECK(world.net.count("/audit/b") == 15);
  }

  TEST_CASE("bodies of another shape are no content") {
    for (const auto* body : {"{}", R"({"error":{"code":"x"}})", "null", "\"x\"", ""}) {
      CAPTURE(body);
      activity_bench lists;
      lists.listing({reply(200, body)});
      CHECK(lists.poll().error().code == "answer_malformed");
      CHECK(lists.cursor().empty());
      activity_bench blobs;
      blobs.listing({list_of(content("b1"))});
      blobs.blob("b1", {reply(200, body)});
      const auto got = blobs.poll();
      REQUIRE(got.has_value());
      CHECK(got->odd.value().code == "blobs_waiting");
      CHECK(blobs.records.marks.empty());
      activity_bench subscriptions;
      subscriptions.net.on("subscriptions/list", {reply(200, body)});
      CHECK(subscriptions.poll().error().code == "answer_malformed");
      CHECK(subscriptions.net.count("/start") == 0);
    }
  }

  TEST_CASE("listed objects without id or address of content do no harm to others") {
    activity_bench world;
    world.listing({list_of(R"({"contentId":"x"},7,{"contentUri":")" + activity_root +
                           R"(audit/anonymous"},)" + content("b1"))});
    world.blob("anonymous", {list_of(audit("r0"))});
    world.blob("b1", {list_of(audit("r1"))});
    const auto got = world.poll();
    REQUIRE(got.has_value());
    CHECK(got->odd.value().code == "blobs_waiting");
    CHECK(world.stored().size() == 2);
    CHECK_FALSE(world.records.marks.contains({"audit_general", ""}));
  }

  TEST_CASE("values that a DLP rule matched are cut before storing, and the cut is named") {
    activity_bench world("dlp");
    world.net.on("subscriptions/list",
                 {list_of(R"({"contentType":"DLP.All","status":"enabled"})")});
    world.listing({list_of(content("b1"))});
    world.blob("b1",
               {list_of(R"({"Id":"r1","D":{"DetectedValues":[{"Name":"4111-1111"}],"T":1}})")});
    CHECK(world.poll().has_value());
    REQUIRE(world.stored().size() == 1);
    CHECK(world.stored()[0].raw == R"({"Id":"r1","D":{"DetectedValues":[],"T":1}})");
    CHECK(world.stored()[0].cuts == std::vector<std::string>{"detected_values"});
  }

  TEST_CASE("throttling in single quotes ends the poll as throttling, the cursor stays") {
    activity_bench world;
    world.listing({reply(403, "{'error':{'code':'AF429','message':'Too many requests.'}}")});
    const auto got = world.poll();
    CHECK(got.error().code == "AF429");
    CHECK(core::health::state_of(got.error()) == "throttled");
    CHECK(world.cursor().empty());
  }
}
