#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace analyst_view {
namespace {

using namespace tests;
using core::triage::exposure;
using core::triage::outcome;
using core::triage::triage_case;

constexpr auto bad_url = "https://login-contoso.example/r?x=1";
constexpr auto dana = "dana@contoso.com";
constexpr auto omar = "omar@contoso.com";
constexpr auto lee = "lee@contoso.com";

/// Whether the case recommends `name` for `who`.
auto recommends(const triage_case& one, std::string_view name, const std::string& who) -> bool {
  return std::ranges::any_of(one.actions, [&](const auto& what) {
    return what.name == name && std::ranges::any_of(what.parameters, [&](const auto& parameter) {
             return std::ranges::find(parameter.second, who) != parameter.second.end();
           });
  });
}

void wrong_passwords(story& told, const std::string& user, const std::string& address) {
  for (auto minute = 10; minute < 16; ++minute) {
    told.sign_in(
        user, fmt::format("08:{}", minute), address, "US", R"("status":{"errorCode":50126})");
  }
}

void hiding_rule(story& told, const std::string& when) {
  told.add(
      "audit_exchange",
      "hide" + when,
      fmt::format(
          R"({{"CreationTime":"{}","Id":"h","Operation":"New-InboxRule","RecordType":1,)"
          R"("ResultStatus":"True","UserType":2,"UserId":"{}","ClientIP":"203.0.113.66:63070",)"
          R"("Parameters":[{{"Name":"Name","Value":"."}},{{"Name":"MoveToFolder",)"
          R"("Value":"RSS Feeds"}},{{"Name":"MarkAsRead","Value":"True"}}]}})",
          at(when),
          dana));
}

auto clicked(const std::string& classification) -> story {
  auto out = story();
  out.mail(mail_id(1), "08:00", {dana, omar}, bad_url);
  out.click(dana, "08:30", mail_id(1), bad_url, "ClickAllowed");
  out.click_alert("a1", "14:00", dana, mail_id(1), bad_url, classification);
  return out;
}

TEST_SUITE("triage, as an analyst sees it") {
  TEST_CASE("whoever mistypes at the usual desk was not guessed") {
    auto told = story();
    told.sign_in(dana, "07:00", "198.51.100.7", "US");
    wrong_passwords(told, dana, "198.51.100.7");
    told.sign_in(dana, "08:20", "198.51.100.7", "US");
    CHECK(told.cases().empty());
    told.sign_in(omar, "08:21", "198.51.100.7", "US");
    CHECK(told.cases().empty());
  }

  TEST_CASE("a success while guessing goes on does not make the guesser at home") {
    auto told = story();
    wrong_passwords(told, dana, "203.0.113.66");
    told.sign_in(dana, "08:20", "203.0.113.66", "US");
    wrong_passwords(told, omar, "203.0.113.66");
    told.sign_in(omar, "08:21", "203.0.113.66", "US");
    CHECK(told.cases().size() >= 1);
  }

  TEST_CASE("a rule that hides mail is a case after a sign-in from another country only") {
    auto told = story();
    hiding_rule(told, "10:20");
    told.sign_in(dana, "07:00", "198.51.100.7", "US");
    CHECK(told.cases().empty());
    auto later = told;
    later.sign_in(dana, "11:00", "203.0.113.66", "NG");
    CHECK(later.cases().empty());
    told.sign_in(dana, "10:00", "203.0.113.66", "NG");
    const auto one = told.only_case();
    CHECK(one.verdict == outcome::suspicious);
    CHECK(fired(one, "hiding_rule"));
    CHECK(fired(one, "new_country"));
  }

  TEST_CASE("whoever fails the second factor knew the password") {
    auto told = clicked(R"("status":"new")");
    for (const auto minute : {"00", "01", "02", "03", "04"}) {
      told.sign_in(dana,
                   std::string("09:") + minute,
                   "203.0.113.66",
                   "NG",
                   R"("status":{"errorCode":500121})");
    }
    const auto one = told.only_case();
    CHECK(fired(one, "mfa_failures"));
    CHECK(recommends(one, "reset_password", dana));
    CHECK_FALSE(recommends(one, "disable_user", dana));
  }

  TEST_CASE("second factors that fail abroad are a case, at the usual desk they are a new phone") {
    const auto fail_from = [](const std::string& address) {
      auto told = story();
      told.sign_in(dana, "07:00", "198.51.100.7", "US");
      for (const auto minute : {"00", "01", "02", "03", "04"}) {
        told.sign_in(
            dana, std::string("09:") + minute, address, "US", R"("status":{"errorCode":500121})");
      }
      return told;
    };
    CHECK(fail_from("198.51.100.9").cases().empty());
    const auto one = fail_from("203.0.113.66").only_case();
    CHECK(one.verdict == outcome::suspicious);
    CHECK(recommends(one, "reset_password", dana));
    CHECK_FALSE(recommends(one, "disable_user", dana));
  }

  TEST_CASE("consent soon after an opened link is a case, consent out of the blue is not") {
    const auto consent_at = [](const std::string& when) {
      auto told = story();
      told.mail(mail_id(1), "08:00", {dana}, "https://login.microsoftonline.com/authorize");
      told.click(
          dana, "08:30", mail_id(1), "https://login.microsoftonline.com/authorize", "ClickAllowed");
      told.add("directory_audits",
               "consent",
               fmt::format(R"({{"id":"c","activityDateTime":"{}","result":"success",)"
                           R"("activityDisplayName":"Consent to application",)"
                           R"("initiatedBy":{{"user":{{"userPrincipalName":"{}"}}}},)"
                           R"("targetResources":[{{"displayName":"Sign Fast"}}]}})",
                           at(when),
                           dana));
      return told;
    };
    CHECK(consent_at("08:20").cases().empty());
    CHECK(consent_at("11:00").cases().empty());
    const auto one = consent_at("08:40").only_case();
    CHECK(one.verdict == outcome::suspicious);
    CHECK(fired(one, "app_consent"));
  }

  TEST_CASE("the account that sends phish from inside is closed, one that passes it on is not") {
    const auto inside = [](const std::string& sender) {
      return fmt::format(R"("SenderFromAddress":"{}","EmailDirection":"Intra-org")", sender);
    };
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url, inside(lee));
    told.click_alert("a1", "09:00", dana, mail_id(1), bad_url);
    CHECK(recommends(told.only_case(), "disable_user", lee));
    told.mail(mail_id(2), "08:10", {omar}, bad_url, inside(dana));
    const auto one = told.only_case();
    CHECK(recommends(one, "disable_user", lee));
    CHECK_FALSE(recommends(one, "disable_user", dana));
  }

  TEST_CASE("a malicious attachment joins its mails and is to be blocked") {
    auto told = story();
    const auto hash = std::string(64, 'a');
    for (const auto n : {1, 2}) {
      told.mail(mail_id(n), "08:00", {dana}, fmt::format("https://fabrikam.example/{}", n));
      told.add(
          "email_events",
          "EmailAttachmentInfo|" + mail_id(n),
          fmt::format(R"({{"Timestamp":"{}","NetworkMessageId":"{}","RecipientEmailAddress":"{}",)"
                      R"("FileName":"scan.html","SHA256":"{}","ThreatTypes":"Malware"}})",
                      at("08:00"),
                      mail_id(n),
                      dana,
                      hash));
    }
    const auto one = told.only_case();
    CHECK(one.messages.size() == 2);
    CHECK(recommends(one, "block_file", hash));
  }

  TEST_CASE("of a click that only an alert tells of, delivery is not all that is known") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.click_alert("a1", "09:00", dana, mail_id(1), bad_url);
    CHECK(user(told.only_case(), dana).how == exposure::unknown);
  }

  TEST_CASE("a security test that is called a true positive is still a test") {
    const auto one = clicked(R"("status":"resolved","classification":"truePositive",)"
                             R"("determination":"securityTesting")")
                         .only_case();
    CHECK(one.verdict == outcome::benign);
    CHECK(fired(one, "expected_activity"));
    CHECK_FALSE(fired(one, "confirmed"));
    CHECK(clicked(R"("classification":"truePositive","determination":"phishing")")
              .only_case()
              .verdict == outcome::malicious);
  }

  TEST_CASE("who classifies an incident speaks of the alerts in it, not of those that come later") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana, omar}, bad_url);
    const auto alert = [&](const std::string& id, const std::string& when, const char* who) {
      told.click(who, when, mail_id(1), bad_url, "ClickAllowed");
      told.click_alert(id, when, who, mail_id(1), bad_url);
      auto& raw = told.records.back().raw;
      raw.replace(raw.find(R"("incidentId":null)"), 17, R"("incidentId":"7")");
    };
    const auto incident = [&](const std::string& when, const std::string& classification) {
      told.add("incidents",
               "7",
               fmt::format(R"({{"id":"7","lastUpdateDateTime":"{}","displayName":"i",)"
                           R"("classification":"{}"}})",
                           at(when),
                           classification),
               at(when));
    };
    alert("a1", "09:00", dana);
    incident("09:00", "unknown");
    incident("12:00", "falsePositive");
    const auto one = told.only_case();
    CHECK(one.verdict == outcome::benign);
    CHECK(fired(one, "false_positive"));
    alert("a2", "13:00", omar);
    incident("13:00", "falsePositive");
    CHECK(told.only_case().verdict == outcome::malicious);
  }

  TEST_CASE("whoever touches an alert later does not classify it again") {
    const auto closed_as = [](const std::string& classification) {
      auto told = clicked(R"("status":"new","classification":null)");
      told.click_alert("a1", "16:00", dana, mail_id(1), bad_url, classification);
      told.click(omar, "18:00", mail_id(1), bad_url, "ClickBlocked");
      told.click_alert("a1", "20:00", dana, mail_id(1), bad_url, classification);
      return told.only_case();
    };
    CHECK(closed_as(R"("classification":"falsePositive")").verdict == outcome::malicious);
    CHECK(closed_as(R"("classification":"informationalExpectedActivity")").verdict ==
          outcome::malicious);
  }

  TEST_CASE("an alert that is classified anew is as of then") {
    auto told = clicked(R"("classification":"falsePositive")");
    told.click_alert("a1", "15:00", dana, mail_id(1), bad_url, R"("classification":null)");
    told.click(omar, "18:00", mail_id(1), bad_url, "ClickBlocked");
    CHECK(told.only_case().verdict == outcome::malicious);
    told.click_alert(
        "a1", "20:00", dana, mail_id(1), bad_url, R"("classification":"falsePositive")");
    CHECK(told.only_case().verdict == outcome::benign);
  }

  TEST_CASE("an incident whose alerts cannot be read is judged by its own classification") {
    const auto incident = [](const std::string& more) {
      auto told = story();
      told.add("incidents",
               "7",
               fmt::format(R"({{"id":"7","createdDateTime":"{}","lastUpdateDateTime":"{}",)"
                           R"("displayName":"i","status":"active",{}}})",
                           at("08:00"),
                           at("12:00"),
                           more));
      return told.only_case();
    };
    const auto open = incident(R"("severity":"high","classification":"unknown")");
    CHECK(open.verdict == outcome::suspicious);
    CHECK(open.timeline.size() == 1);
    CHECK(open.first == open.timeline.front().at);
    CHECK(open.first > seams::instant());
    CHECK(incident(R"("severity":"low")").verdict == outcome::inconclusive);
    const auto closed = incident(R"("severity":"high","classification":"falsePositive")");
    CHECK(closed.verdict == outcome::benign);
    CHECK(fired(closed, "false_positive"));
    CHECK_FALSE(fired(closed, "other_alert"));
    const auto test = incident(R"("severity":"high","determination":"securityTesting",)"
                               R"("classification":"informationalExpectedActivity")");
    CHECK(test.verdict == outcome::benign);
    CHECK(fired(test, "expected_activity"));
  }

  TEST_CASE("an alert that was taken back speaks against nobody, whatever else there is") {
    auto told = clicked(R"("status":"resolved","classification":"falsePositive")");
    auto& alert = told.records.back().raw;
    alert.replace(alert.find("T14:00"), 6, "T12:00"); // raised two hours before that
    told.sign_in(dana, "07:00", "198.51.100.7", "US");
    told.sign_in(dana, "10:00", "192.0.2.77", "PT");
    const auto one = told.only_case();
    CHECK_FALSE(fired(one, "click_alert"));
    CHECK(one.verdict == outcome::suspicious);
  }
}

} // namespace
} // namespace analyst_view
