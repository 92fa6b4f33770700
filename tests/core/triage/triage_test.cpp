#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace tests;
using core::triage::device_state;
using core::triage::exposure;
using core::triage::outcome;

constexpr auto bad_url = "https://login-contoso.example/r?x=1";
constexpr auto dana = "dana@contoso.com";
constexpr auto omar = "omar@contoso.com";

/// A mail to Dana and Omar whose link turns out malicious; Dana clicked before.
auto classic() -> story {
  auto out = story();
  out.mail(mail_id(1), "08:00", {dana, omar}, bad_url);
  out.click(dana, "08:30", mail_id(1), bad_url, "ClickAllowed");
  out.click_alert("a1", "11T14:00", dana, mail_id(1), bad_url);
  return out;
}

auto has_action(const core::triage::triage_case& one, std::string_view name) -> bool {
  return std::ranges::find(one.actions, name, &core::triage::action::name) != one.actions.end();
}

TEST_SUITE("triage") {
  TEST_CASE("a verdict thirty hours later judges the click before it again") {
    const auto one = classic().only_case();
    CHECK(one.verdict == outcome::malicious);
    CHECK(user(one, dana).how == exposure::clicked_before_verdict);
    CHECK(user(one, omar).how == exposure::delivered_only);
    const auto told = std::ranges::any_of(one.timeline, [](const auto& entry) {
      return entry.what.find("1 click of the 2d before judged again") != std::string::npos;
    });
    CHECK(told);
  }

  TEST_CASE("before the verdict there is no case") {
    auto quiet = classic();
    quiet.records.pop_back();
    CHECK(quiet.cases().empty());
  }

  TEST_CASE("each way to meet a link has its exposure") {
    const auto met = [](const std::string& action, bool went_on) {
      auto told = classic();
      told.click(omar, "09:00", mail_id(1), bad_url, action, went_on);
      return user(told.only_case(), omar).how;
    };
    CHECK(met("ClickBlocked", false) == exposure::link_blocked);
    CHECK(met("ClickBlocked", true) == exposure::clicked_through);
    CHECK(met("ClickBlockedByTenantPolicy", false) == exposure::link_blocked);
    CHECK(met("UrlScanInProgress", false) == exposure::pending_scan);
    CHECK(met("UrlScanInProgress", true) == exposure::clicked_through);
    CHECK(met("UrlErrorPage", false) == exposure::click_failed);
    CHECK(met("ClickAllowed", false) == exposure::clicked_before_verdict);
  }

  TEST_CASE("a blocked click alone is malicious but not urgent") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.click(dana, "08:30", mail_id(1), bad_url, "ClickBlocked");
    const auto one = told.only_case();
    CHECK(one.verdict == outcome::malicious);
    CHECK(one.priority >= 3);
    CHECK_FALSE(has_action(one, "reset_password"));
  }

  TEST_CASE("a sign-in from a new country and a forwarding rule after the click make it P1") {
    auto told = classic();
    told.sign_in(dana, "07:00", "198.51.100.7", "US");
    told.sign_in(dana, "10:00", "203.0.113.66", "NL");
    told.rule(dana, "10:20", "drop@evil.example");
    const auto one = told.only_case();
    CHECK(one.priority == 1);
    CHECK(fired(one, "new_country"));
    CHECK(fired(one, "forwarding_rule"));
    CHECK(has_action(one, "disable_inbox_rules"));
    CHECK(has_action(one, "revoke_sessions"));
    CHECK(has_action(one, "hard_delete_message"));
  }

  TEST_CASE("what happened before the click or long after is no aftermath") {
    auto told = classic();
    told.sign_in(dana, "06:00", "198.51.100.7", "US");
    told.sign_in(dana, "07:00", "203.0.113.66", "NL");
    told.sign_in(dana, "13T10:00", "192.0.2.9", "BR");
    CHECK_FALSE(fired(told.only_case(), "new_country"));
  }

  TEST_CASE("a stopped click does not explain a later rule, which is a case of its own") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url);
    told.click(dana, "08:30", mail_id(1), bad_url, "ClickBlocked");
    told.rule(dana, "09:00", "drop@evil.example");
    const auto all = told.cases();
    REQUIRE(all.size() == 2);
    const auto by_rule = std::ranges::count_if(all, [](const auto& one) {
      return fired(one, "forwarding_rule") && one.verdict == outcome::suspicious;
    });
    CHECK(by_rule == 1);
  }

  TEST_CASE("the device is that of the sign-in from the same address") {
    const auto of = [](const std::string& detail) {
      auto told = classic();
      told.sign_in(dana, "08:10", "198.51.100.7", "US", detail);
      return user(told.only_case(), dana).device;
    };
    CHECK(of(R"("deviceDetail":{"deviceId":"d1","isManaged":true,"isCompliant":false})") ==
          device_state::managed);
    CHECK(of(R"("deviceDetail":{"deviceId":"","isManaged":false,"isCompliant":false})") ==
          device_state::unmanaged);
    CHECK(of(R"("deviceDetail":null)") == device_state::unknown);
    auto elsewhere = classic();
    elsewhere.sign_in(
        dana, "08:10", "203.0.113.1", "US", R"("deviceDetail":{"deviceId":"d1","isManaged":true})");
    CHECK(user(elsewhere.only_case(), dana).device == device_state::unknown);
  }

  TEST_CASE("a click that only an alert tells of was allowed, if stopped clicks would show") {
    auto told = story();
    told.click_alert("a1", "09:00", dana, mail_id(1), bad_url);
    CHECK(user(told.only_case(), dana).how == exposure::unknown);
    told.healthy({"safe_links"});
    CHECK(user(told.only_case(), dana).how == exposure::clicked_before_verdict);
    told.click(dana, "08:50", mail_id(1), bad_url, "ClickBlocked");
    CHECK(user(told.only_case(), dana).how == exposure::link_blocked);
  }

  TEST_CASE("a click in a phishing simulation ends benign") {
    auto told = story();
    told.mail(
        mail_id(1),
        "08:00",
        {dana},
        bad_url,
        R"("OrgLevelAction":"Allow","OrgLevelPolicy":"Phishing simulation","ThreatTypes":"Phish")");
    told.click(dana, "08:30", mail_id(1), bad_url, "ClickAllowed");
    const auto one = told.only_case();
    CHECK(one.verdict == outcome::benign);
    CHECK(one.priority == 4);
    CHECK(fired(one, "simulation"));
    CHECK(one.actions.empty());
  }

  TEST_CASE("an alert taken back as a false positive ends benign") {
    auto told = classic();
    told.click_alert("a1",
                     "12T09:00",
                     dana,
                     mail_id(1),
                     bad_url,
                     R"("status":"resolved","classification":"falsePositive")");
    const auto one = told.only_case();
    CHECK(one.verdict == outcome::benign);
    CHECK(fired(one, "false_positive"));
  }

  TEST_CASE("a false positive does not explain a taken account") {
    auto told = classic();
    told.click_alert("a1",
                     "12T09:00",
                     dana,
                     mail_id(1),
                     bad_url,
                     R"("status":"resolved","classification":"falsePositive")");
    told.rule(dana, "10:20", "drop@evil.example");
    CHECK(told.only_case().verdict != outcome::benign);
  }

  TEST_CASE("one of two alerts taken back leaves the attack standing") {
    auto told = classic();
    told.click_alert("a2",
                     "11T14:00",
                     omar,
                     mail_id(1),
                     bad_url,
                     R"("status":"resolved","classification":"falsePositive")");
    CHECK(told.only_case().verdict == outcome::malicious);
  }

  TEST_CASE("security testing ends benign, a mere resolved status does not") {
    auto told = classic();
    told.click_alert("a1",
                     "12T09:00",
                     dana,
                     mail_id(1),
                     bad_url,
                     R"("status":"resolved","classification":"informationalExpectedActivity",)"
                     R"("determination":"securityTesting")");
    CHECK(told.only_case().verdict == outcome::benign);
    auto resolved = classic();
    resolved.click_alert("a1",
                         "12T09:00",
                         dana,
                         mail_id(1),
                         bad_url,
                         R"("status":"resolved","classification":null)");
    CHECK(resolved.only_case().verdict == outcome::malicious);
  }

  TEST_CASE("Microsoft's own test address ends benign") {
    auto told = story();
    told.click(dana, "08:30", "", "http://spamlink.contoso.com/", "ClickBlocked");
    const auto one = told.only_case();
    CHECK(one.verdict == outcome::benign);
    CHECK(fired(one, "test_link"));
  }

  TEST_CASE("a verdict after the classification is news: the case is no longer benign") {
    auto told = classic();
    told.click_alert("a1",
                     "12T09:00",
                     dana,
                     mail_id(1),
                     bad_url,
                     R"("status":"resolved","classification":"falsePositive")");
    told.click(omar, "13T09:00", mail_id(1), bad_url, "ClickBlocked");
    CHECK(told.only_case().verdict == outcome::malicious);
  }

  TEST_CASE("a test click does not excuse an attack on the same person") {
    auto told = classic();
    told.mail(mail_id(1), "08:00", {dana}, "http://spamlink.contoso.com/");
    told.records.erase(told.records.begin() + 3); // Dana's click on the bad link
    told.click(dana, "08:40", mail_id(1), "http://spamlink.contoso.com/", "ClickBlocked");
    CHECK(told.only_case().verdict == outcome::malicious);
  }

  TEST_CASE("a simulation does not excuse a click from elsewhere on the same link") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {dana}, bad_url, R"("OrgLevelPolicy":"Phishing simulation")");
    told.click(dana, "08:30", mail_id(1), bad_url, "ClickBlocked");
    CHECK(told.only_case().verdict == outcome::benign);
    told.click_in_teams(omar, "08:40", "17", bad_url, "ClickAllowed");
    CHECK(told.only_case().verdict == outcome::malicious);
  }

  TEST_CASE("a password that fits after a spray is a case without any mail") {
    auto told = story();
    for (const auto minute : {"10", "11", "12", "13", "14"}) {
      told.sign_in(omar,
                   std::string("08:") + minute,
                   "203.0.113.66",
                   "NL",
                   R"("status":{"errorCode":50126})");
    }
    told.sign_in(dana,
                 "08:31",
                 "203.0.113.66",
                 "NL",
                 R"("riskLevelDuringSignIn":"high","status":{"errorCode":0})");
    const auto one = told.only_case();
    CHECK(one.verdict == outcome::malicious);
    CHECK(fired(one, "password_guessed"));
    CHECK(one.users.front().user == dana);
    CHECK(has_action(one, "block_ip"));
  }

  TEST_CASE("what is missing names the feed and the permission") {
    auto told = classic();
    told.health.push_back({"sign_ins", "insufficient_permissions", "Forbidden", "", {}});
    const auto one = told.only_case();
    const auto named = std::ranges::any_of(one.missing, [](const std::string& text) {
      return text.starts_with("sign_ins not readable: AuditLog.Read.All missing");
    });
    CHECK(named);
  }

  TEST_CASE("investigation of mail is mentioned, and its absence for Teams") {
    auto told = classic();
    told.teams("1773130200000", "08:00", omar, bad_url);
    const auto one = told.only_case();
    REQUIRE(one.notes.size() == 2);
    CHECK(one.notes[0] == "automated investigation for the mail: queued");
    CHECK(one.notes[1].starts_with("no automated investigation covers Teams"));
  }

  TEST_CASE("every finding names the records it rests on") {
    auto told = classic();
    told.rule(dana, "10:20", "drop@evil.example");
    for (const auto& finding : told.only_case().findings) {
      CAPTURE(finding.rule);
      CHECK_FALSE(finding.from.empty());
    }
  }

  TEST_CASE("roles say whether an action is granted") {
    auto with = core::triage::triage_options();
    with.roles = std::set<std::string>{"Exchange.ManageAsApp"};
    const auto all = core::triage::triage_cases(classic().evidence(), with);
    REQUIRE(all.size() == 1);
    for (const auto& one : all.front().actions) {
      CHECK((one.granted == core::triage::grant::granted) ==
            (one.permissions == std::vector<std::string>{"Exchange.ManageAsApp"}));
    }
  }

  TEST_CASE("a suspicious case recommends only what can be undone, and ending sessions") {
    auto told = story();
    told.rule(dana, "09:00", "drop@evil.example");
    const auto one = told.only_case();
    REQUIRE(one.verdict == outcome::suspicious);
    CHECK(has_action(one, "disable_inbox_rules"));
    CHECK_FALSE(has_action(one, "reset_password"));
  }
}

} // namespace
