#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace bystanders {
namespace {

using namespace tests;
using core::triage::exposure;
using core::triage::outcome;

constexpr auto link = "https://login-contoso.example/r?x=1";
constexpr auto dana = "dana@contoso.com";
constexpr auto omar = "omar@contoso.com";
constexpr auto lee = "lee@contoso.com";
constexpr auto checker = "192.0.2.200";
const auto team = std::vector<std::string>{dana, omar, lee};

/// Three people's links are opened from one address in the second they arrive.
auto opened_at_once(const std::string& action, const std::string& more = "") -> story {
  auto out = story();
  out.mail(mail_id(1), "08:00", team, link, more);
  for (const auto& one : team) {
    out.click(one, "08:00", mail_id(1), link, action, false, checker);
  }
  return out;
}

void works_from(story& told, const std::string& address) {
  for (const auto& one : team) {
    told.sign_in(one, "07:00", address, "US");
  }
}

void hiding_rule(story& told, const std::string& who, const std::string& when) {
  told.add(
      "audit_exchange",
      "hide" + who + when,
      fmt::format(
          R"({{"CreationTime":"{}","Id":"h","Operation":"New-InboxRule","RecordType":1,)"
          R"("ResultStatus":"True","UserType":2,"UserId":"{}","ClientIP":"198.51.100.7:63070",)"
          R"("Parameters":[{{"Name":"Name","Value":"news"}},{{"Name":"DeleteMessage",)"
          R"("Value":"True"}}]}})",
          at(when),
          who));
}

TEST_SUITE("triage of bystanders") {
  TEST_CASE("who opens three links on arrival looks like a scanner if nobody works there") {
    auto told = opened_at_once("UrlScanInProgress");
    works_from(told, "198.51.100.7");
    const auto one = told.only_case();
    CHECK(one.verdict == outcome::benign);
    CHECK(fired(one, "scanner_click"));
    CHECK(user(one, dana).how == exposure::pending_scan);
    CHECK(user(one, dana).context == std::vector<std::string>{"perhaps opened by a scanner"});
  }

  TEST_CASE("without sign-ins nobody can tell a scanner from an office") {
    auto unread = opened_at_once("UrlScanInProgress");
    CHECK_FALSE(fired(unread.only_case(), "scanner_click"));
    works_from(unread, "198.51.100.7");
    unread.health.push_back({"sign_ins", "insufficient_permissions", "Forbidden", "", {}});
    CHECK_FALSE(fired(unread.only_case(), "scanner_click"));
    auto desk = opened_at_once("UrlScanInProgress");
    works_from(desk, checker);
    CHECK_FALSE(fired(desk.only_case(), "scanner_click"));
  }

  TEST_CASE("colleagues in a chat are as quick as a scanner") {
    auto told = story();
    told.teams("17", "08:00", dana, link);
    for (const auto& one : team) {
      told.click_in_teams(one, "08:00", "17", link, "UrlScanInProgress");
      auto& raw = told.records.back().raw;
      raw.replace(raw.find(R"("IPAddress":"")"), 14, R"("IPAddress":"192.0.2.200")");
    }
    works_from(told, "198.51.100.7");
    CHECK_FALSE(fired(told.only_case(), "scanner_click"));
  }

  TEST_CASE("no scanner clears what is known to be malicious, wherever it lies by now") {
    auto told = opened_at_once("ClickAllowed", R"("ThreatTypes":"Phish")");
    works_from(told, "198.51.100.7");
    CHECK(told.only_case().verdict == outcome::malicious);
    for (const auto& one : team) {
      told.add("email_events",
               "EmailPostDeliveryEvents|" + one,
               fmt::format(R"({{"Timestamp":"{}","NetworkMessageId":"{}","RecipientEmailAddress":)"
                           R"("{}","Action":"Moved to quarantine","ActionType":"Phish ZAP",)"
                           R"("ActionResult":"Success","DeliveryLocation":"Quarantine"}})",
                           at("09:00"),
                           mail_id(1),
                           one));
    }
    const auto purged = told.only_case();
    CHECK(fired(purged, "removed"));
    CHECK_FALSE(fired(purged, "delivered"));
    CHECK(purged.verdict == outcome::malicious);
  }

  TEST_CASE("clicks from an address that the rules file knows as a scanner's are nobody's") {
    auto rules = core::triage::default_settings();
    rules.scanner_addresses = {checker};
    auto how = core::triage::triage_options();
    how.rules = &rules;
    const auto cases =
        core::triage::triage_cases(opened_at_once("UrlScanInProgress").evidence(), how);
    REQUIRE(cases.size() == 1);
    CHECK(cases.front().verdict == outcome::benign);
    CHECK(user(cases.front(), dana).how == exposure::delivered_only);
  }

  TEST_CASE("what recipients who did not click do that day speaks against nobody") {
    auto told = story();
    told.mail(mail_id(1), "08:00", team, link, R"("ThreatTypes":"Phish")");
    works_from(told, "198.51.100.7");
    told.sign_in(dana, "10:00", "203.0.113.9", "DE");
    hiding_rule(told, omar, "11:00");
    const auto one = told.only_case();
    CHECK_FALSE(fired(one, "new_country"));
    CHECK_FALSE(fired(one, "hiding_rule"));
    const auto disables = std::ranges::any_of(
        one.actions, [](const auto& action) { return action.name == "disable_user"; });
    CHECK_FALSE(disables);
  }

  TEST_CASE(
      "what would be a case by itself is told of recipients who are not known to have clicked") {
    auto told = story();
    told.mail(mail_id(1), "08:00", team, link, R"("ThreatTypes":"Phish")");
    works_from(told, "198.51.100.7");
    told.sign_in(dana, "10:00", "203.0.113.9", "DE");
    hiding_rule(told, dana, "11:00");
    CHECK(fired(told.only_case(), "new_country"));
    CHECK(fired(told.only_case(), "hiding_rule"));
  }

  TEST_CASE("signs of different people do not add up") {
    const auto with_rule_of = [](const std::string& who) {
      auto told = story();
      told.mail(
          mail_id(1), "08:00", team, link, R"("ThreatTypes":"Phish","ConfidenceLevel":"Low")");
      works_from(told, "198.51.100.7");
      for (const auto& one : team) {
        told.click(one, "08:30", mail_id(1), link, "ClickAllowed");
      }
      told.sign_in(dana, "10:00", "203.0.113.9", "DE");
      hiding_rule(told, who, "11:00");
      return told.only_case().confidence;
    };
    CHECK(with_rule_of(dana) == with_rule_of(omar) + 20);
  }

  TEST_CASE("of a long chain of signs only those count that are within their window") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, link);
    told.click(dana, "08:30", mail_id(1), link, "ClickAllowed");
    told.click_alert("a1", "09:00", dana, mail_id(1), link);
    told.sign_in(dana, "07:00", "198.51.100.7", "US");
    told.sign_in(dana, "11T07:00", "192.0.2.1", "US");
    told.sign_in(dana, "12T06:00", "192.0.3.1", "US");
    hiding_rule(told, dana, "13T05:00");
    const auto one = told.only_case();
    CHECK(fired(one, "new_network"));
    CHECK_FALSE(fired(one, "hiding_rule"));
  }

  TEST_CASE("a grave sign that is too late for the case is a case of its own") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, link);
    told.click(dana, "08:30", mail_id(1), link, "ClickAllowed");
    told.click_alert("a1", "09:00", dana, mail_id(1), link);
    told.sign_in(dana, "07:00", "198.51.100.7", "US");
    told.sign_in(dana, "11T07:00", "192.0.2.1", "US");
    told.sign_in(dana, "12T06:00", "192.0.3.1", "US");
    told.rule(dana, "13T05:00", "drop@evil.example");
    CHECK(told.cases().size() == 2);
  }
}

} // namespace
} // namespace bystanders
