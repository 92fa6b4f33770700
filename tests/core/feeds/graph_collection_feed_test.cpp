#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

constexpr auto list_route = "/security/alerts_v2";
const auto alerts_root = std::string("https://graph.microsoft.com/v1.0/security/alerts_v2");

auto alert(const std::string& id, seams::instant changed) -> std::string {
  return R"({"id":")" + id + R"(","createdDateTime":"2026-03-10T07:00:00.123Z",)" +
         R"("lastUpdateDateTime":")" + text(changed) + "\"}";
}

auto page(const std::vector<std::string>& items, const std::string& next = "") -> answer {
  auto body = std::string(R"({"value":[)");
  for (const auto& one : items) {
    body += (body.back() == '[' ? "" : ",") + one;
  }
  body += "]";
  return reply(200, body + (next.empty() ? "}" : R"(,"@odata.nextLink":")" + next + "\"}"));
}

struct alerts_bench : feed_bench {
  alerts_bench() : feed_bench("alerts") { net.latency = 1s; }
  void pages(std::vector<answer> list) { net.on(list_route, std::move(list)); }
  [[nodiscard]] auto url(std::size_t call) const -> std::string {
    return net.to(list_route).at(call).what.url;
  }
};

} // namespace

TEST_SUITE("graph_collection_feed") {
  TEST_CASE("the first poll asks from the look-back on, filtered and sorted by change") {
    alerts_bench world;
    world.pages({page({})});
    CHECK(world.poll().has_value());
    CHECK(world.url(0) == alerts_root +
                              "?$filter=lastUpdateDateTime%20ge%202026-03-09T07%3A30%3A00Z"
                              "&$orderby=lastUpdateDateTime%20asc&$top=500");
  }

  TEST_CASE("items are stored with id, version, times and exact bytes") {
    alerts_bench world;
    const auto raw = std::string(R"({ "id":"da1", "lastUpdateDateTime":"2026-03-10T07:59:00Z",)") +
                     R"("n":12345678901234567890, "e":1e3,"a":1,"a":2,"createdDateTime":null })";
    world.pages({page({raw, alert("da2", start - 1h)})});
    CHECK(world.poll().has_value());
    const auto stored = world.stored();
    REQUIRE(stored.size() == 2);
    CHECK(stored[0].raw == raw);
    CHECK(stored[0].key == "da1");
    CHECK(stored[0].version == "2026-03-10T07:59:00Z");
    CHECK_FALSE(stored[0].event_time.has_value());
    CHECK(stored[1].connector_type == "ms365_alerts");
    CHECK(text(stored[1].event_time.value()) == "2026-03-10T07:00:00.123Z");
  }

  TEST_CASE("each version of an alert is kept, the same one once") {
    alerts_bench world;
    world.pages({page({alert("a", start - 1h)}),
                 page({alert("a", start - 1h)}),
                 page({alert("a", start + 1min)})});
    for (auto i = 0; i < 3; ++i) {
      CHECK(world.poll().has_value());
    }
    CHECK(world.stored().size() == 2);
  }

  TEST_CASE("the cursor is the moment the poll began, and the next poll overlaps it") {
    alerts_bench world;
    world.pages({page({alert("a", start - 1h)})});
    CHECK(world.poll().has_value());
    CHECK(world.cursor() == text(start));
    CHECK(world.poll().has_value());
    CHECK(world.url(1).find("2026-03-10T07%3A30%3A00Z") != std::string::npos);
  }

  TEST_CASE("a service whose clock is behind moves the cursor by its own clock, never back") {
    alerts_bench world;
    const auto dated = [](const char* date) {
      return reply(200, R"({"value":[]})", {{"Date", date}});
    };
    world.pages({dated("Tue, 10 Mar 2026 07:50:02 GMT"), dated("Tue, 10 Mar 2026 07:00:00 GMT")});
    CHECK(world.poll().has_value());
    CHECK(world.cursor() == "2026-03-10T07:50:00Z");
    CHECK(world.poll().has_value());
    CHECK(world.cursor() == "2026-03-10T07:50:00Z");
  }

  TEST_CASE("all pages are read, an empty one in the middle too, and each is committed") {
    alerts_bench world;
    world.pages({page({alert("a", start - 3h)}, alerts_root + "?p=2"),
                 page({}, alerts_root + "?p=3"),
                 page({alert("b", start - 2h)}),
                 page({alert("b", start - 2h)})});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 2);
    CHECK(world.url(1) == alerts_root + "?p=2");
    CHECK(world.url(2) == alerts_root + "?p=3");
    CHECK(world.records.cursor_moves == 1);
  }

  TEST_CASE("pages that stop early are taken up again from the newest change") {
    alerts_bench world;
    world.net.respond = [&](const seams::request& what) -> answer {
      if (what.url.find("/oauth2") != std::string::npos) {
        return token_reply("t");
      }
      if (what.url.find("p=2") != std::string::npos) {
        return page({alert("b", start - 2h)}); // the service stops here, c is never linked
      }
      if (what.url.find("T06%3A00") != std::string::npos) {
        return page({alert("b", start - 2h), alert("c", start - 1h)});
      }
      return page({alert("a", start - 3h)}, alerts_root + "?p=2");
    };
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 3);
    CHECK(world.net.count(list_route) == 3);
  }

  TEST_CASE("more pages than one walk may have are read in several walks") {
    alerts_bench world;
    world.net.latency = 1ms;
    auto given = 0;
    world.net.respond = [&](const seams::request& what) -> answer {
      if (what.url.find("/oauth2") != std::string::npos) {
        return token_reply("t");
      }
      const auto n = given++;
      if (n >= 1500) {
        return page({});
      }
      return page({alert(std::to_string(n), start - 20h + n * 1s)},
                  alerts_root + "?p=" + std::to_string(n));
    };
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 1500);
  }

  TEST_CASE("a page that fails leaves the cursor where it was, and the next poll completes") {
    alerts_bench world;
    world.cursor_at(start - 1h);
    world.pages({page({alert("a", start - 70min)}, alerts_root + "?p=2"),
                 reply(403, ""),
                 page({alert("a", start - 70min), alert("b", start - 1h)})});
    CHECK(world.poll().error().code == "403");
    CHECK(world.cursor() == text(start - 1h));
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 2);
    CHECK(world.cursor() > text(start - 1h));
  }

  TEST_CASE("after a link that is refused the walk begins anew at the newest change it saw") {
    alerts_bench world;
    world.pages({page({alert("a", start - 3h)}, alerts_root + "?$skiptoken=dead"),
                 reply(400, R"({"error":{"code":"","message":"Invalid Skip Token"}})"),
                 page({alert("a", start - 3h), alert("b", start - 2h)})});
    const auto got = world.poll();
    REQUIRE(got.has_value());
    REQUIRE(got->odd.has_value());
    CHECK(got->odd->state == "bad_answer");
    CHECK(got->odd->code == "link_refused");
    CHECK(got->odd->text.find("Invalid Skip Token") != std::string::npos);
    CHECK(world.url(2).find(text(start - 3h).substr(0, 13)) != std::string::npos);
    CHECK(world.stored().size() == 2);
    CHECK(world.cursor() == text(start));
  }

  TEST_CASE("a list without an order is walked from its beginning after a refused link") {
    feed_bench world("risky_users");
    const auto user = [](const char* id, seams::instant changed) {
      return std::string(R"({"id":")") + id + R"(","riskLastUpdatedDateTime":")" + text(changed) +
             "\"}";
    };
    const auto path = std::string("https://graph.microsoft.com/v1.0/identityProtection/riskyUsers");
    world.net.on("/riskyUsers",
                 {page({user("new", start - 1h), user("old", start - 2h)}, path + "?p=2"),
                  reply(400, ""),
                  page({user("new", start - 1h), user("old", start - 2h)}, path + "?p=3"),
                  page({user("oldest", start - 3h)})});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 3);
  }

  TEST_CASE("links that are refused every time end the poll, the cursor unmoved") {
    alerts_bench world;
    auto calls = 0;
    world.net.respond = [&](const seams::request& what) -> answer {
      if (what.url.find("/oauth2") != std::string::npos) {
        return token_reply("t");
      }
      return ++calls % 2 == 1 ? page({alert("a", start - 2h)}, alerts_root + "?p=2")
                              : reply(400, "");
    };
    CHECK(world.poll().error().code == "400");
    CHECK(calls < 12);
    CHECK(world.cursor().empty());
  }

  TEST_CASE("a first page that is refused is not asked for again") {
    alerts_bench world;
    world.pages({reply(400, "")});
    CHECK(world.poll().error().code == "400");
    CHECK(world.net.count(list_route) == 1);
  }

  TEST_CASE("a list that comes newest first is remarked and read to its end") {
    alerts_bench world;
    world.pages({page({alert("b", start - 1h), alert("a", start - 2h)})});
    const auto got = world.poll();
    REQUIRE(got.has_value());
    REQUIRE(got->odd.has_value());
    CHECK(got->odd->code == "order_ignored");
    CHECK(world.stored().size() == 2);
  }

  TEST_CASE("a licence is called missing after an hour of such answers, not before") {
    feed_bench world("sign_ins");
    const auto code = std::string("Authentication_RequestFromNonPremiumTenantOrB2CTenant");
    const auto refusal = reply(403, R"({"error":{"code":")" + code + R"(","message":"x"}})");
    world.net.on("/signIns", {refusal});
    CHECK(world.poll().error().code == "licence_unconfirmed");
    CHECK(world.poll().error().next == seams::reaction::retry_later);
    world.run(1h);
    CHECK(world.poll().error().code == code);
    world.net.on("/signIns", {page({}), refusal});
    CHECK(world.poll().has_value());
    CHECK(world.poll().error().code == "licence_unconfirmed");
  }

  TEST_CASE("a store that fails stops the poll and the cursor") {
    alerts_bench world;
    world.pages({page({alert("a", start - 1h)})});
    world.records.failing =
        seams::failure(seams::reaction::retry_later, "store_full", "no room left");
    CHECK(world.poll().error().code == "store_full");
    CHECK(world.cursor().empty());
    world.records.failing.reset();
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 1);
  }

  TEST_CASE("a foreign link is never asked for") {
    for (const auto* link : {"https://evil.example/v1.0/security/alerts_v2?p=2",
                             "http://graph.microsoft.com/v1.0/security/alerts_v2?p=2",
                             "https://graph.microsoft.com@evil.example/security/alerts_v2"}) {
      alerts_bench world;
      world.pages({page({alert("a", start - 1h)}, link)});
      CHECK(world.poll().error().code == "foreign_link");
      CHECK(world.net.count(link) == 0);
      CHECK(world.cursor().empty());
      CHECK(world.stored().size() == 1);
    }
  }

  TEST_CASE("a ring of pages is left, and nothing passes the cursor") {
    alerts_bench world;
    world.pages({page({alert("a", start - 1h)}, alerts_root + "?p=1")});
    CHECK(world.poll().error().code == "endless_chain");
    CHECK(world.cursor().empty());
    CHECK(world.net.count(list_route) < 10);
  }

  TEST_CASE("newest first with a ring is not mistaken for the end") {
    alerts_bench world;
    world.pages({page({alert("b", start - 1h), alert("a", start - 2h)}, alerts_root + "?p=1")});
    CHECK(world.poll().error().code == "endless_chain");
    CHECK(world.cursor().empty());
  }

  TEST_CASE("an ignored filter is remarked, and what it let through is not lost") {
    alerts_bench world;
    world.cursor_at(start);
    world.pages({page({alert("old", start - 720h), alert("new", start)})});
    const auto got = world.poll();
    REQUIRE(got.has_value());
    REQUIRE(got->odd.has_value());
    CHECK(got->odd->state == "schema_drift");
    CHECK(got->odd->code == "filter_ignored");
    CHECK(world.stored().size() == 2);
  }

  TEST_CASE("pages that are no list of items are no pages") {
    for (const auto* body : {"{}",
                             "[]",
                             "null",
                             R"({"value":{}})",
                             R"({"value":"x"})",
                             R"({"error":{"code":"x"}})",
                             ""}) {
      CAPTURE(body);
      alerts_bench world;
      world.pages({reply(200, body)});
      CHECK(world.poll().error().code == "answer_malformed");
      CHECK(world.cursor().empty());
    }
  }

  TEST_CASE("items of any shape are kept with their bytes, none merged with another") {
    alerts_bench world;
    world.pages({page({R"({"id":7})",
                       R"({"id":8})",
                       R"({"id":""})",
                       R"({"id":"a\u0000b"})",
                       R"("text")",
                       "null",
                       "[1]",
                       R"({"id":"x","lastUpdateDateTime":{}})",
                       R"({"id":")" + std::string(4000, 'k') + "\"}"})});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 9);
    for (const auto& one : world.stored()) {
      CHECK(one.key.size() <= 512);
      CHECK(one.key.find('\0') == std::string::npos);
    }
  }

  TEST_CASE("a page with a byte order mark is read") {
    alerts_bench world;
    world.pages({reply(200, "\xef\xbb\xbf{\"value\":[" + alert("a", start - 1h) + "]}")});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 1);
  }

  TEST_CASE("answers that the service cannot finish are asked for in smaller pages at once") {
    alerts_bench world;
    world.net.respond = [&](const seams::request& what) -> answer {
      if (what.url.find("/oauth2") != std::string::npos) {
        return token_reply("t");
      }
      return what.url.ends_with("$top=31") ? page({alert("a", start - 1h)}) : reply(500, "");
    };
    const auto got = world.poll();
    REQUIRE(got.has_value());
    REQUIRE(got->odd.has_value());
    CHECK(got->odd->code == "500");
    CHECK(got->odd->text.find("pages of 31") != std::string::npos);
    CHECK(world.stored().size() == 1);
    world.net.respond = nullptr;
    world.pages({page({})});
    for (const auto* size : {"$top=31", "$top=124", "$top=496", "$top=500"}) {
      CHECK(world.poll().has_value());
      CHECK(world.net.asked.back().what.url.ends_with(size));
    }
  }

  TEST_CASE("a service that fails at single items, too, ends the poll, and calls stay few") {
    alerts_bench world;
    world.pages({reply(500, "")});
    CHECK(world.poll().error().code == "500");
    CHECK(world.net.asked.back().what.url.ends_with("$top=1"));
    CHECK(world.net.count(list_route) <= 30);
    CHECK(world.cursor().empty());
  }

  TEST_CASE("a service that is down is not asked more often for it") {
    alerts_bench world;
    world.pages({reply(503, "")});
    CHECK(world.poll().error().code == "503");
    CHECK(world.net.count(list_route) == 5);
  }

  TEST_CASE("lists of events are asked by when they happened and have no versions") {
    feed_bench world("sign_ins");
    world.net.on("/auditLogs/signIns",
                 {page({R"({"id":"s1","createdDateTime":"2026-03-10T07:59:00Z"})"})});
    CHECK(world.poll().has_value());
    CHECK(world.net.asked.back().what.url ==
          "https://graph.microsoft.com/v1.0/auditLogs/signIns"
          "?$filter=createdDateTime%20ge%202026-03-09T06%3A00%3A00Z"
          "&$orderby=createdDateTime%20asc&$top=1000");
    REQUIRE(world.stored().size() == 1);
    CHECK(world.stored()[0].version == "");
    CHECK(text(world.stored()[0].event_time.value()) == "2026-03-10T07:59:00Z");
  }

  TEST_CASE("lists whose order cannot be relied on are not asked for any") {
    feed_bench world("risky_users");
    world.net.on("/riskyUsers",
                 {page({R"({"id":"u","riskLastUpdatedDateTime":"2026-03-10T07:59:00Z"})",
                        R"({"id":"v","riskLastUpdatedDateTime":"2026-03-10T07:10:00Z"})"})});
    CHECK(world.poll().has_value());
    CHECK(world.net.asked.back().what.url.find("orderby") == std::string::npos);
    CHECK(world.stored().size() == 2);
    CHECK(world.stored()[0].version == "2026-03-10T07:59:00Z");
  }

  TEST_CASE("a damaged cursor is told, not started over from") {
    alerts_bench world;
    world.records.cursors["alerts"] = "yesterday";
    CHECK(world.poll().error().code == "store_damaged");
    CHECK(world.net.count(list_route) == 0);
  }
}
