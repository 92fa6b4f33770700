#include "tests/mock_graph/exchange/exchange_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto click_at(seams::duration at, const char* id, const char* in, bool goes_on = false)
    -> tenant::event {
  auto what = tenant::click();
  what.id = id;
  what.user = "dana";
  what.url = "https://login.example/r?x=1";
  what.in = in;
  what.goes_on = goes_on;
  return {start + at, "t.toml:1", what};
}

/// Day 0: an allowed click; day 1: a blocked one with override, and one in a document.
auto clicks() -> std::vector<tenant::event> {
  auto letter = tenant::mail();
  letter.id = "m";
  letter.from = "billing@fabrikam.example";
  letter.to = {"dana"};
  return {{start, "t.toml:2", letter},
          click_at(1h, "first", "m"),
          {start + 2h, "t.toml:3", tenant::url_verdict{"https://login.example/r?x=1"}},
          click_at(25h, "second", "m", true),
          click_at(26h, "third", "")};
}

const auto both_days = std::string(R"("StartDate":"2026-03-10","EndDate":"2026-03-11")");

} // namespace

TEST_SUITE("reports") {
  TEST_CASE("the detail report ends with yesterday and has allowed clicks too") {
    auto world = exchange_world(protected_tenant(), clicks());
    const auto asked = "{" + both_days + "}";
    CHECK(world.rows("Get-SafeLinksDetailReport", asked, 23h).empty());
    CHECK(world.rows("Get-SafeLinksDetailReport", asked, 47h).size() == 1);
    const auto rows = world.rows("Get-SafeLinksDetailReport", asked, 48h);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0]["Action"] == "Allowed");
    CHECK(rows[0]["ClickTime"] == "2026-03-10T01:00:00");
    CHECK(rows[0]["UrlDomain"] == "login.example");
    CHECK(rows[1]["Action"] == "ClickedEvenBlocked");
    CHECK(rows[1]["Flags"] == 2);
    CHECK(rows[1]["SourceId"] == rows[1]["InternalMessageId"]);
    CHECK(rows[2]["AppName"] == "OfficeDocs");
    CHECK(world.rows("Get-SafeLinksDetailReport", asked, 8 * 24h).size() == 2);
  }

  TEST_CASE("filters and pages choose rows; American dates are read too") {
    auto world = exchange_world(protected_tenant(), clicks());
    const auto rows = [&](const std::string& more) {
      return world.rows("Get-SafeLinksDetailReport", "{" + both_days + more + "}", 48h);
    };
    CHECK(rows(R"(,"Action":"Allowed")").size() == 1);
    CHECK(rows(R"(,"AppNameList":["Email Client","Teams"])").size() == 2);
    CHECK(rows(R"(,"Domain":"other.example")").empty());
    CHECK(rows(R"(,"RecipientAddress":"dana@contoso.com")").size() == 3);
    CHECK(rows(R"(,"PageSize":2,"Page":2)").size() == 1);
    CHECK(world
              .rows("Get-SafeLinksDetailReport",
                    R"({"StartDate":"03-10-2026","EndDate":"03/10/2026"})",
                    48h)
              .size() == 1);
  }

  TEST_CASE("a page and its size have bounds") {
    auto world = exchange_world();
    for (const auto* wrong :
         {R"("Page":0)", R"("Page":1001)", R"("PageSize":0)", R"("PageSize":6000)"}) {
      CHECK(world
                .refusal("Get-SafeLinksDetailReport",
                         R"({"StartDate":"2026-03-09","EndDate":"2026-03-09",)" +
                             std::string(wrong) + "}")
                .find("allowed range") != std::string::npos);
    }
  }

  TEST_CASE("without dates, or with a word in other letters, the report refuses") {
    auto world = exchange_world();
    CHECK(world.refusal("Get-SafeLinksDetailReport", "{}").find("unspecified") !=
          std::string::npos);
    CHECK(world.refusal("Get-SafeLinksDetailReport", "{" + both_days + R"(,"Action":"blocked"})")
              .find("ClickedEvenBlocked") != std::string::npos);
    CHECK(!world.refusal("Get-SafeLinksAggregateReport", R"({"StartDate":"yesterday"})").empty());
  }

  TEST_CASE("the aggregate report counts messages and recipients, zeros included") {
    auto world = exchange_world(protected_tenant(), clicks());
    const auto sums = world.rows(
        "Get-SafeLinksAggregateReport", "{" + both_days + R"(,"SummarizeBy":"Action"})", 48h);
    CHECK(sums.size() == 8);
    CHECK(sums[0]["Action"] == "Allowed");
    CHECK(sums[0]["MessageCount"] == 1);
    CHECK(sums[1]["Action"] == "Blocked");
    CHECK(sums[1]["RecipientCount"] == 1);
    CHECK(sums[3]["Action"] == "ClickedEvenBlocked");
    CHECK(sums[3]["MessageCount"] == 1);
    const auto all = world.rows("Get-SafeLinksAggregateReport", "{" + both_days + "}", 48h);
    CHECK(all.size() == 24);
  }
}
