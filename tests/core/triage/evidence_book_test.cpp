#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace tests;

TEST_SUITE("evidence_book") {
  TEST_CASE("a click that both the clicks feed and the audit feed hold is one") {
    const auto raw = std::string(
        R"({"CreationTime":"2026-03-10T08:12:00","Id":"b7","Operation":"TIUrlClickData",)"
        R"("RecordType":41,"UserId":"dana@contoso.com","AppName":"Mail","SourceId":"b1",)"
        R"("TimeOfClick":"2026-03-10T08:12:00","Url":"https://x.example/","UrlClickAction":2})");
    auto told = story();
    told.add("audit_general", "b7", raw);
    told.add("safe_links", "audit|b7", raw);
    const auto known = told.evidence();
    REQUIRE(known.clicks.size() == 1);
    CHECK(known.clicks[0].from.size() == 1);
    CHECK(known.clicks[0].from[0].feed == "safe_links");
  }

  TEST_CASE("a sign-in that both logs tell of is one, as the sign-in log has it") {
    auto told = story();
    told.add("audit_entra",
             "1",
             R"({"CreationTime":"2026-03-10T08:00:00","RecordType":15,"Operation":"UserLoggedIn",)"
             R"("UserId":"dana@contoso.com","ClientIP":"203.0.113.7","ErrorNumber":"0"})");
    CHECK(told.evidence().sign_ins.size() == 1);
    told.sign_in("dana@contoso.com", "08:00", "203.0.113.7", "US");
    const auto known = told.evidence();
    REQUIRE(known.sign_ins.size() == 1);
    CHECK(known.sign_ins[0].from.feed == "sign_ins");
  }

  TEST_CASE("the audit log's sign-ins count where the sign-in log has none of them") {
    auto told = story();
    told.sign_in("dana@contoso.com", "08:00", "203.0.113.7", "US");
    for (const auto* other : {R"("UserId":"omar@contoso.com","ClientIP":"203.0.113.7")",
                              R"("UserId":"dana@contoso.com","ClientIP":"198.51.100.9")"}) {
      told.add("audit_entra",
               other,
               R"({"CreationTime":"2026-03-10T08:00:00","RecordType":15,)"
               R"("Operation":"UserLoggedIn","ErrorNumber":"0",)" +
                   std::string(other) + "}");
    }
    told.add("audit_entra",
             "later",
             R"({"CreationTime":"2026-03-10T09:00:00","RecordType":15,"Operation":"UserLoggedIn",)"
             R"("UserId":"dana@contoso.com","ClientIP":"203.0.113.7","ErrorNumber":"0"})");
    CHECK(told.evidence().sign_ins.size() == 4);
  }

  TEST_CASE("of an alert the newest version counts, with the evidence of all") {
    auto told = story();
    told.click_alert("a1",
                     "10:00",
                     "dana@contoso.com",
                     mail_id(1),
                     "https://x.example/1",
                     R"("status":"resolved")");
    told.click_alert("a1", "09:00", "omar@contoso.com", mail_id(2), "https://x.example/2");
    const auto known = told.evidence();
    REQUIRE(known.alerts.size() == 1);
    CHECK(known.alerts[0].status == "resolved");
    CHECK(known.alerts[0].users.size() == 2);
    CHECK(known.alerts[0].things.size() == 4);
  }

  TEST_CASE("a Teams message named without its thread is the one message of that id") {
    auto told = story();
    told.teams("17", "08:00", "dana@contoso.com", "https://x.example/");
    told.click_in_teams("dana@contoso.com", "08:10", "17", "https://x.example/", "ClickBlocked");
    CHECK(told.evidence().clicks.at(0).message == "teams:19:6f0c@thread.v2/17");
  }

  TEST_CASE("feeds without a word of health are missing unless they have records") {
    auto told = story();
    told.sign_in("dana@contoso.com", "08:00", "203.0.113.7", "US");
    told.healthy({"alerts"});
    const auto gaps = told.evidence().gaps;
    const auto missing = [&](std::string_view feed) {
      return std::ranges::find(gaps, feed, &core::triage::gap::feed) != gaps.end();
    };
    CHECK_FALSE(missing("alerts"));
    CHECK_FALSE(missing("sign_ins"));
    CHECK(missing("audit_exchange"));
  }

  TEST_CASE("a feed that recovered is no gap") {
    auto told = story();
    told.health.push_back({"sign_ins", "insufficient_permissions", "Forbidden", "", {}});
    told.healthy({"sign_ins"});
    const auto gaps = told.evidence().gaps;
    CHECK(std::ranges::find(gaps, "sign_ins", &core::triage::gap::feed) == gaps.end());
  }
}

} // namespace
