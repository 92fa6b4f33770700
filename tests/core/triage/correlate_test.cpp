#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>

namespace {

using namespace tests;

constexpr auto bad_url = "https://login-contoso.example/r?x=1";
constexpr auto other_url = "https://pay.example/i";
constexpr auto popular_url = "https://www.example.com/privacy";
constexpr auto dana = "dana@contoso.com";
constexpr auto omar = "omar@contoso.com";

TEST_SUITE("correlate") {
  TEST_CASE("one campaign by mail and in Teams is one case") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.teams("1773130200000", "08:05", omar, bad_url);
    told.click(dana, "08:30", mail_id(1), bad_url, "ClickAllowed");
    told.click_in_teams(omar, "08:40", "1773130200000", bad_url, "ClickAllowed");
    told.click_alert("a1", "09:00", dana, mail_id(1), bad_url);
    const auto one = told.only_case();
    CHECK(fired(one, "mail_and_teams"));
    CHECK(one.messages == std::vector<std::string>{"mail:b1d7c0aa52e34f3c9dd108df12350001",
                                                   "teams:19:6f0c@thread.v2/1773130200000"});
  }

  TEST_CASE("a wrapped link is the link it wraps") {
    auto told = story();
    told.mail(mail_id(1),
              "08:00",
              {dana},
              "https://eur02.safelinks.protection.outlook.com/"
              "?url=https%3A%2F%2Fpay.example%2Fi&data=x&reserved=0");
    told.click(dana, "08:30", "", other_url, "ClickBlocked");
    CHECK(told.only_case().messages.size() == 1);
  }

  TEST_CASE("one victim of two campaigns has two cases") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.mail(mail_id(2), "08:10", {dana}, other_url);
    told.click_alert("a1", "09:00", dana, mail_id(1), bad_url);
    told.click_alert("a2", "09:10", dana, mail_id(2), other_url);
    CHECK(told.cases().size() == 2);
  }

  TEST_CASE("a link that nobody judged joins nothing") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.mail(mail_id(1), "08:00", {dana}, popular_url);
    told.mail(mail_id(2), "08:10", {dana}, other_url);
    told.mail(mail_id(2), "08:10", {dana}, popular_url);
    told.click_alert("a1", "09:00", dana, mail_id(1), bad_url);
    told.click_alert("a2", "09:10", dana, mail_id(2), other_url);
    told.click(omar, "09:20", "", popular_url, "ClickAllowed");
    CHECK(told.cases().size() == 2);
  }

  TEST_CASE("a click on a harmless link of a bad mail is no exposure") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.mail(mail_id(1), "08:00", {dana}, popular_url);
    told.click(dana, "08:20", mail_id(1), popular_url, "ClickAllowed");
    told.click_alert("a1", "09:00", omar, mail_id(1), bad_url);
    CHECK(user(told.only_case(), dana).how == core::triage::exposure::delivered_only);
  }

  TEST_CASE("an incident joins its alerts, also after it was merged into another") {
    auto told = story();
    told.click_alert(
        "a1", "09:00", dana, mail_id(1), bad_url, R"("status":"new","incidentId":"4711")");
    told.click_alert(
        "a2", "09:10", omar, mail_id(2), other_url, R"("status":"new","incidentId":"4712")");
    CHECK(told.cases().size() == 2);
    told.add("incidents",
             "4712",
             R"({"id":"4712","status":"redirected","redirectIncidentId":"4711",)"
             R"("displayName":"x","lastUpdateDateTime":"2026-03-10T10:00:00Z"})");
    CHECK(told.only_case().alerts.size() == 2);
  }

  TEST_CASE("whatever id a case had before, it is found by it") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.click(dana, "08:30", mail_id(1), bad_url, "ClickBlocked");
    const auto before = told.only_case().id;
    told.click_alert("a1", "09:00", dana, mail_id(1), bad_url);
    const auto after = told.cases();
    REQUIRE(after.size() == 1);
    CHECK(after.front().id == "alert:faa1");
    CHECK(core::triage::find_case(after, before) == &after.front());
    CHECK(core::triage::find_case(after, "mail:0") == nullptr);
  }

  TEST_CASE("a case of signs is found by its id after a verdict explained it") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.click(dana, "08:30", mail_id(1), bad_url, "ClickAllowed");
    told.sign_in(dana, "07:00", "198.51.100.7", "US");
    told.sign_in(dana,
                 "09:30",
                 "203.0.113.66",
                 "NG",
                 R"("riskLevelDuringSignIn":"high","status":{"errorCode":0})");
    const auto before = told.only_case().id;
    CHECK(before.starts_with("sign:"));
    told.click_alert("a1", "11T14:00", dana, mail_id(1), bad_url);
    const auto after = told.cases();
    REQUIRE(after.size() == 1);
    CHECK(after.front().id == "alert:faa1");
    CHECK(core::triage::find_case(after, before) == &after.front());
  }

  TEST_CASE("a burst is found by its id after more of its failures came") {
    auto told = story();
    told.sign_in(dana, "07:00", "198.51.100.7", "US");
    const auto fail = [&](const std::string& when) {
      told.sign_in(dana, when, "203.0.113.66", "NG", R"("status":{"errorCode":500121})");
    };
    for (const auto* when : {"09:01", "09:02", "09:04", "09:05", "09:06"}) {
      fail(when);
    }
    const auto before = told.only_case().id;
    fail("09:00");
    fail("09:03");
    const auto after = told.cases();
    REQUIRE(after.size() == 1);
    CHECK(core::triage::find_case(after, before) == &after.front());
  }

  TEST_CASE("a quarantined phish that nobody met is no case") {
    auto told = story();
    told.add("email_events",
             "EmailEvents|x",
             R"({"Timestamp":"2026-03-10T08:00:00Z","NetworkMessageId":"77","ThreatTypes":"Phish",)"
             R"("RecipientEmailAddress":"dana@contoso.com","DeliveryAction":"Blocked",)"
             R"("DeliveryLocation":"Quarantine"})");
    CHECK(told.cases().empty());
  }
}

} // namespace
