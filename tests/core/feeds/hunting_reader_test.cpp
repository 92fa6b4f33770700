#include "core/feeds/hunting_feed.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"
#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

constexpr auto query_route = "/runHuntingQuery";

auto row(const std::string& report,
         const std::string& action,
         const std::string& through,
         seams::instant at) -> std::string {
  return R"({"Timestamp":")" + text(at) + R"(","ReportId":")" + report + R"(","ActionType":")" +
         action + R"(","IsClickedThrough":)" + through + "}";
}

auto results(const std::vector<std::string>& rows) -> answer {
  auto body = std::string(R"({"schema":[],"results":[)");
  for (const auto& one : rows) {
    body += (body.back() == '[' ? "" : ",") + one;
  }
  return reply(200, body + "]}");
}

/// The table of clicks alone.
struct clicks_bench : feed_bench {
  clicks_bench() : feed_bench("safe_links") { only_clicks(); }
  void only_clicks() {
    feed =
        std::make_unique<core::feeds::hunting_feed>(*core::feeds::find_feed("safe_links"),
                                                    options,
                                                    core::feeds::tools{config, time, api, records});
  }
  void answers(std::vector<answer> list) { net.on(query_route, std::move(list)); }

  /// Answers as the service would: the rows within the window, cut at the limit.
  void serve(std::vector<seams::instant> clicks) {
    net.respond = [clicks = std::move(clicks)](const seams::request& what) -> answer {
      if (what.url.find("/oauth2") != std::string::npos) {
        return token_reply("t");
      }
      const auto span = core::json::as_string(*core::json::member(what.body, "Timespan")).value();
      const auto slash = span.find('/');
      const auto from = core::feeds::parse_time(span.substr(0, slash)).value();
      const auto to = core::feeds::parse_time(span.substr(slash + 1)).value();
      auto rows = std::vector<std::string>();
      for (auto i = std::size_t{0}; i < clicks.size() && rows.size() < 10'000; ++i) {
        if (clicks[i] >= from && clicks[i] < to) {
          rows.push_back(row(std::to_string(i), "ClickAllowed", "0", clicks[i]));
        }
      }
      return results(rows);
    };
  }
};

} // namespace

TEST_SUITE("hunting_reader") {
  TEST_CASE("the query names the window, the order and the limit") {
    clicks_bench world;
    world.cursor_at(start - 1h);
    world.answers({results({})});
    CHECK(world.poll().has_value());
    const auto sent = world.net.to(query_route).at(0).what;
    CHECK(sent.method == "POST");
    CHECK(sent.url == "https://graph.microsoft.com/v1.0/security/runHuntingQuery");
    CHECK(sent.fields.find("Content-Type") == "application/json");
    CHECK(sent.body ==
          R"({"Query":"UrlClickEvents | where Timestamp >= datetime(2026-03-10T05:00:00Z) and )"
          R"(Timestamp < datetime(2026-03-10T08:00:00Z) | order by Timestamp asc | take 10000",)"
          R"("Timespan":"2026-03-10T05:00:00Z/2026-03-10T08:00:00Z"})");
    CHECK(world.cursor() == text(start));
  }

  TEST_CASE("the block and the click-through of one click are two rows") {
    clicks_bench world;
    world.answers({results({row("r", "ClickBlocked", "0", start - 2min),
                            row("r", "ClickBlocked", "1", start - 1min),
                            row("r", "ClickAllowed", "1", start - 1min)})});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 3);
  }

  TEST_CASE("a truth written as number, word or bool is the same row") {
    clicks_bench world;
    for (const auto* spelled : {"1", "true", "\"true\"", "\"True\"", "\"1\""}) {
      world.answers({results({row("r", "ClickAllowed", spelled, start - 1min)})});
      CHECK(world.poll().has_value());
    }
    auto keys = std::set<std::string>();
    for (const auto& one : world.stored()) {
      keys.insert(one.key);
    }
    CHECK(keys == std::set<std::string>{"r|ClickAllowed|1|2026-03-10T07:59:00Z"});
  }

  TEST_CASE("rows without a report id are known by their bytes") {
    clicks_bench world;
    world.answers({results({R"({"Timestamp":"2026-03-10T07:00:00Z","Url":"https://a/"})",
                            R"({"Timestamp":"2026-03-10T07:00:00Z","Url":"https://b/"})",
                            R"({"Timestamp":{},"ReportId":null})",
                            "[]",
                            "null"})});
    CHECK(world.poll().has_value());
    auto keys = std::set<std::string>();
    for (const auto& one : world.stored()) {
      keys.insert(one.key);
    }
    CHECK(keys.size() == 5);
  }

  TEST_CASE("a row that shows up late is found by the overlap") {
    clicks_bench world;
    world.serve({});
    CHECK(world.poll().has_value());
    world.run(80min);
    world.serve({start - 1min});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 1);
  }

  TEST_CASE("after a full answer the next one begins where it ended") {
    clicks_bench world;
    world.cursor_at(start - 24h);
    auto clicks = std::vector<seams::instant>();
    for (auto i = 0; i < 25'000; ++i) {
      clicks.push_back(start - 20h + i * 100ms);
    }
    world.serve(std::move(clicks));
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 25'000);
    CHECK(world.net.count(query_route) == 3);
    CHECK(world.records.gaps().empty());
    CHECK(world.cursor() == text(start));
  }

  TEST_CASE("rows that share the time at which an answer was cut are all stored") {
    clicks_bench world;
    world.cursor_at(start - 24h);
    auto clicks = std::vector<seams::instant>(9'990, start - 20h);
    clicks.insert(clicks.end(), 20, start - 19h);
    clicks.push_back(start - 18h);
    world.serve(std::move(clicks));
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 10'011);
    CHECK(world.records.gaps().empty());
  }

  TEST_CASE("a full answer whose rows are out of order is read again in halves") {
    clicks_bench world;
    world.cursor_at(start - 24h);
    auto clicks = std::vector<seams::instant>();
    for (auto i = 0; i < 12'000; ++i) {
      clicks.push_back(start - 1h - i * 1s);
    }
    world.serve(std::move(clicks));
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 12'000);
    CHECK(world.records.gaps().empty());
  }

  TEST_CASE("a poll that breaks off keeps the windows that were done") {
    clicks_bench world;
    world.cursor_at(start - 24h);
    auto clicks = std::vector<seams::instant>();
    for (auto i = 0; i < 15'000; ++i) {
      clicks.push_back(start - 23h + i * 5s);
    }
    world.serve(std::move(clicks));
    const auto honest = world.net.respond;
    auto calls = 0;
    world.net.respond = [&](const seams::request& what) -> answer {
      return ++calls > 2 ? reply(400, "") : honest(what);
    };
    CHECK(world.poll().has_error());
    CHECK(world.cursor() > text(start - 24h));
    CHECK(world.cursor() < text(start));
    world.net.respond = honest;
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 15'000);
  }

  TEST_CASE("a result that is too large for the service is asked for in halves") {
    clicks_bench world;
    world.cursor_at(start - 1h);
    const auto too_large =
        reply(400,
              R"({"error":{"code":"BadRequest","message":"Query execution has exceeded the )"
              R"(allowed result size. Optimize your query by limiting the amount"}})");
    world.answers({too_large,
                   results({row("a", "ClickAllowed", "0", start - 2h)}),
                   results({row("b", "ClickAllowed", "0", start - 1h)})});
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 2);
    CHECK(world.net.count(query_route) == 3);
  }

  TEST_CASE("more rows in a millisecond than a query returns are a declared gap") {
    clicks_bench world;
    world.cursor_at(start);
    world.options.overlap = 4ms;
    world.only_clicks();
    world.serve(std::vector<seams::instant>(10'001, start - 2ms));
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 10'000);
    REQUIRE_FALSE(world.records.gaps().empty());
    CHECK(world.records.gaps()[0].code == "row_limit");
  }

  TEST_CASE("what is older than the service keeps is a declared gap, once") {
    clicks_bench world;
    world.cursor_at(start - std::chrono::days{40});
    world.answers({reply(400, ""), results({})});
    CHECK(world.poll().has_error());
    CHECK(world.records.gaps().empty());
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    REQUIRE(world.records.gaps().size() == 1);
    CHECK(world.records.gaps()[0].code == "too_old");
  }

  TEST_CASE("a tenant without the table is told to need a licence") {
    clicks_bench world;
    world.answers({reply(400,
                         R"({"error":{"code":"BadRequest","message":"'where' operator: Failed to )"
                         R"(resolve table or column expression named 'UrlClickEvents'."}})")});
    const auto got = world.poll();
    CHECK(got.error().code == "table_missing");
    CHECK(core::health::state_of(got.error()) == "not_licensed");
    CHECK(world.cursor().empty());
  }

  TEST_CASE("an answer without results is none") {
    for (const auto* body : {"{}", R"({"results":null})", R"({"Results":[]})", "[]", ""}) {
      clicks_bench world;
      world.answers({reply(200, body)});
      CHECK(world.poll().error().code == "answer_malformed");
      CHECK(world.cursor().empty());
    }
  }

  TEST_CASE("a clock that was set back asks for nothing impossible and keeps the cursor") {
    clicks_bench world;
    world.cursor_at(start + 9h);
    world.answers({results({})});
    CHECK(world.poll().has_value());
    CHECK(world.net.count(query_route) == 0);
    CHECK(world.cursor() == text(start + 9h));
  }
}
