#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace {

using namespace tests;
using core::triage::outcome;

constexpr auto she = "dana@contoso.com";
constexpr auto he = "omar@contoso.com";
constexpr auto office = "198.51.100.7";
constexpr auto abroad = "203.0.113.66";

auto failed(int error) -> std::string {
  return fmt::format(R"("status":{{"errorCode":{}}})", error);
}

/// `count` sign-ins that fail, `minutes` apart from 09:00 on.
void fails(story& told,
           const std::string& user,
           const std::string& address,
           int error,
           int count,
           int minutes) {
  for (auto i = 0; i < count; ++i) {
    const auto minute = i * minutes;
    told.sign_in(user,
                 fmt::format("{:02}:{:02}", 9 + minute / 60, minute % 60),
                 address,
                 "NG",
                 failed(error));
  }
}

auto at_work() -> story {
  auto out = story();
  out.sign_in(she, "07:00", office, "US");
  out.sign_in(he, "07:05", office, "US");
  return out;
}

auto has_sign(const story& told, std::string_view rule) -> bool {
  return std::ranges::any_of(told.cases(), [&](const auto& one) { return fired(one, rule); });
}

void hides_mail(story& told, const std::string& when, const std::string& address) {
  told.add("audit_exchange",
           "hides" + when,
           fmt::format(R"({{"CreationTime":"{}","Id":"h","Operation":"New-InboxRule",)"
                       R"("RecordType":1,"ResultStatus":"True","UserId":"{}","ClientIP":"{}:6307",)"
                       R"("Parameters":[{{"Name":"DeleteMessage","Value":"True"}}]}})",
                       at(when),
                       she,
                       address));
}

void reads_all(story& told, const std::string& when, const std::string& client) {
  told.add("audit_exchange",
           "reads" + when,
           fmt::format(
               R"({{"CreationTime":"{}","Id":"m","Operation":"MailItemsAccessed","RecordType":2,)"
               R"("ResultStatus":"Succeeded","UserId":"{}","MailboxOwnerUPN":"{}",)"
               R"("ClientIPAddress":"{}","ClientInfoString":"{}","OperationProperties":[)"
               R"({{"Name":"MailAccessType","Value":"Sync"}}]}})",
               at(when),
               she,
               she,
               abroad,
               client));
}

TEST_SUITE("triage signs") {
  TEST_CASE("being asked for the second factor is no failure of it") {
    const auto burst = [](int error) {
      auto told = at_work();
      fails(told, she, abroad, error, 6, 1);
      return has_sign(told, "mfa_failures");
    };
    CHECK(burst(500121));
    CHECK_FALSE(burst(50074));
    CHECK_FALSE(burst(50076));
  }

  TEST_CASE("many slow prompts are a sign once one is accepted from elsewhere") {
    auto told = at_work();
    fails(told, she, abroad, 500121, 10, 6);
    CHECK_FALSE(has_sign(told, "mfa_failures"));
    told.sign_in(she, "10:05", abroad, "NG");
    CHECK(has_sign(told, "mfa_failures"));
    auto at_home = at_work();
    fails(at_home, she, office, 500121, 10, 6);
    at_home.sign_in(she, "10:05", office, "US");
    CHECK_FALSE(has_sign(at_home, "mfa_failures"));
  }

  TEST_CASE("a colleague's wrong passwords at their own desk are no guesses") {
    auto told = at_work();
    fails(told, he, office, 50126, 6, 1);
    told.sign_in("new@contoso.com", "09:30", office, "US");
    CHECK_FALSE(has_sign(told, "password_guessed"));
    auto guessed = at_work();
    fails(guessed, he, abroad, 50126, 6, 1);
    guessed.sign_in(she, "09:30", abroad, "NG");
    CHECK(has_sign(guessed, "password_guessed"));
  }

  TEST_CASE("a guessed password fits also where something else stops the sign-in") {
    const auto guessed = [](int error) {
      auto told = at_work();
      fails(told, he, abroad, 50126, 6, 1);
      told.sign_in(she, "09:30", abroad, "NG", failed(error));
      return has_sign(told, "password_guessed");
    };
    for (const auto error : {53003, 50055, 50074, 50076, 500121}) {
      CAPTURE(error);
      CHECK(guessed(error));
    }
    CHECK_FALSE(guessed(50057));
  }

  TEST_CASE("slow guessing counts for an account that works elsewhere") {
    auto told = at_work();
    fails(told, he, abroad, 50126, 16, 20);
    told.sign_in(she, "15:00", abroad, "NG");
    CHECK(has_sign(told, "password_guessed"));
    auto few = at_work();
    fails(few, he, abroad, 50126, 8, 20);
    few.sign_in(she, "15:00", abroad, "NG");
    CHECK_FALSE(has_sign(few, "password_guessed"));
  }

  TEST_CASE("risk that was dismissed in the morning does not excuse the evening") {
    auto told = at_work();
    told.add("risk_detections",
             "r",
             fmt::format(R"({{"id":"r","userPrincipalName":"{}","riskLevel":"medium",)"
                         R"("riskState":"dismissed","riskEventType":"anonymizedIPAddress",)"
                         R"("ipAddress":"{}","activityDateTime":"{}","lastUpdatedDateTime":"{}"}})",
                         she,
                         abroad,
                         at("08:00"),
                         at("10:00")));
    const auto high = R"("status":{"errorCode":0},"riskLevelDuringSignIn":"high")";
    auto before = told;
    before.sign_in(she, "08:00", abroad, "US", high);
    CHECK_FALSE(has_sign(before, "risky_sign_in"));
    told.sign_in(she, "18:00", abroad, "US", high);
    CHECK(has_sign(told, "risky_sign_in"));
  }

  TEST_CASE("medium risk from abroad and an account at medium risk are a case together") {
    auto told = at_work();
    told.sign_in(
        she, "09:00", abroad, "NG", R"("status":{"errorCode":0},"riskLevelDuringSignIn":"medium")");
    CHECK(told.cases().empty());
    told.add("risk_detections",
             "r",
             fmt::format(R"({{"id":"r","userPrincipalName":"{}","riskLevel":"medium",)"
                         R"("riskState":"atRisk","riskEventType":"anomalousToken",)"
                         R"("ipAddress":"{}","activityDateTime":"{}"}})",
                         she,
                         abroad,
                         at("09:00")));
    CHECK(told.only_case().verdict == outcome::malicious);
  }

  TEST_CASE("two kinds of abuse from a new network of the same country are a case") {
    auto told = at_work();
    told.sign_in(she, "09:00", abroad, "US");
    hides_mail(told, "09:05", abroad);
    CHECK(told.cases().empty());
    auto from_home = told;
    reads_all(told, "09:10", "Client=REST");
    CHECK(has_sign(told, "new_network"));
    hides_mail(from_home, "09:20", office);
    CHECK(from_home.cases().empty());
  }

  TEST_CASE("a phone that fills its folders after a second factor reads no mail") {
    const auto found = [](const std::string& client, const std::string& factor) {
      auto told = at_work();
      told.sign_in(she,
                   "09:00",
                   abroad,
                   "DE",
                   fmt::format(R"("status":{{"errorCode":0,"additionalDetails":"{}"}})", factor));
      reads_all(told, "09:05", client);
      return has_sign(told, "mass_mail_read");
    };
    CHECK_FALSE(found("Client=Hx", "MFA completed in Azure AD"));
    CHECK(found("Client=Hx", "MFA requirement satisfied by claim in the token"));
    CHECK(found("Client=REST", "MFA completed in Azure AD"));
  }
}

} // namespace
