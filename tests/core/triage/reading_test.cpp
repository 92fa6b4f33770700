#include "core/triage/reading/readers.hpp"
#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>

namespace {

using namespace tests;
using core::triage::change_kind;
using core::triage::object;

auto changes_in(const std::string& feed, const std::string& raw)
    -> std::vector<core::triage::change> {
  auto told = story();
  told.add(feed, "k", raw);
  return told.evidence().changes;
}

TEST_SUITE("reading") {
  TEST_CASE("members are read whatever their form, and odd types give nothing") {
    const auto o =
        object(R"({"n":7,"s":"7","t":"True","one":1,"z":null,"l":["a",1],"x":{"y":"v"}})");
    CHECK(o.number("n") == 7);
    CHECK(o.number("s") == 7);
    CHECK(o.text("n") == "7");
    CHECK(o.truth("t") == true);
    CHECK(o.truth("one") == true);
    CHECK_FALSE(o.truth("l").has_value());
    CHECK_FALSE(o.has("z"));
    CHECK(o.texts("l") == std::vector<std::string>{"a"});
    CHECK(o.texts("s") == std::vector<std::string>{"7"});
    CHECK(o.child("x").text("y") == "v");
    CHECK(o.child("l").text("y").empty());
    CHECK(o.list("x").empty());
  }

  TEST_CASE("two alerts are about clicks; others that name a malicious URL are not") {
    using core::triage::is_click_alert;
    CHECK(is_click_alert("A potentially malicious URL click was detected"));
    CHECK(is_click_alert("A user clicked through to a potentially malicious URL\u200b "));
    CHECK_FALSE(is_click_alert("Email messages containing malicious URL removed after delivery"));
    CHECK_FALSE(
        is_click_alert("A potentially malicious URL click was detected involving one user"));
    CHECK_FALSE(is_click_alert(""));
  }

  TEST_CASE("what an alert about a removed mail leaves unjudged is judged by nobody") {
    auto told = story();
    told.add("alerts",
             "fa1",
             R"({"id":"fa1","severity":"informational","createdDateTime":"2026-03-10T08:22:00Z",)"
             R"("title":"Email messages containing malicious URL removed after delivery",)"
             R"("evidence":[{"@odata.type":"#microsoft.graph.security.urlEvidence",)"
             R"("verdict":"unknown","url":"https://www.contoso.com/footer"}]})");
    CHECK(told.evidence().verdicts.empty());
  }

  TEST_CASE("an alert of Defender for Cloud Apps is one; a closed one says as what") {
    auto told = story();
    const auto alert = [](const std::string& resolution, const std::string& timestamp) {
      return R"({"_id":"603F70","timestamp":)" + timestamp +
             R"(,"title":"Impossible travel activity","severityValue":2,)"
             R"("resolutionStatusValue":)" +
             resolution +
             R"(,"entities":[{"type":"account","label":"Dana","pa":"Dana@contoso.com"},)"
             R"({"type":"ip","label":"203.0.113.7"}]})";
    };
    told.add("cloud_apps", "1", alert("0", "1773129600000"));
    told.add("cloud_apps", "2", alert("0", "9223372036854775807"));
    told.add("cloud_apps", "3", R"({"_id":"x","timestamp":1773129600000,"actionType":"Log on"})");
    const auto known = told.evidence();
    REQUIRE(known.alerts.size() == 1);
    CHECK(known.alerts[0].id == "alert:app-603f70");
    CHECK(known.alerts[0].severity == "high");
    CHECK(known.alerts[0].users == std::vector<std::string>{"dana@contoso.com"});
    auto closed = story();
    closed.add("cloud_apps", "1", alert("3", "1773129600000"));
    CHECK(closed.evidence().alerts.at(0).classification == "falsepositive");
  }

  TEST_CASE("nothing that bytes can be makes a reader fall over") {
    for (const auto* feed : {"alerts",
                             "incidents",
                             "cloud_apps",
                             "safe_links",
                             "email_events",
                             "teams_messages",
                             "message_trace",
                             "sign_ins",
                             "risk_detections",
                             "users",
                             "devices",
                             "mailbox_settings",
                             "directory_audits",
                             "safe_links_policies",
                             "audit_general",
                             "audit_exchange",
                             "audit_entra",
                             "nobody"}) {
      for (const auto* raw : {"",
                              "null",
                              "[]",
                              "{",
                              "{\"id\":",
                              "\"x\"",
                              "{\"RecordType\":40}",
                              R"({"id":{},"createdDateTime":[],"evidence":7,"RecordType":"1"})",
                              R"({"RecordType":64,"Data":"{\"Entities\":[1,","CreationTime":"x"})",
                              R"({"RecordType":1,"Operation":"New-InboxRule","Parameters":"x",)"
                              R"("CreationTime":"2026-03-10T08:00:00","UserId":"a@b"})"}) {
        auto told = story();
        told.add(feed, "k", raw);
        CHECK(told.cases().empty());
      }
    }
  }

  TEST_CASE("an inbox rule is read from the cmdlet's parameters") {
    const auto rule = [](const std::string& parameters) {
      return changes_in(
          "audit_exchange",
          R"({"CreationTime":"2026-09-14T09:12:44","Operation":"New-InboxRule","RecordType":1,)"
          R"("ResultStatus":"True","UserId":"adele@contoso.com","ClientIP":"198.51.100.77:63070",)"
          R"("Parameters":[)" +
              parameters + "]}");
    };
    const auto forwards =
        rule(R"({"Name":"Name","Value":"."},{"Name":"ForwardTo","Value":"x@y.example"})");
    REQUIRE(forwards.size() == 1);
    CHECK(forwards[0].what == change_kind::forwarding_rule);
    CHECK(forwards[0].targets == std::vector<std::string>{"x@y.example"});
    CHECK(forwards[0].address == "198.51.100.77");
    const auto hides =
        rule(R"({"Name":"MoveToFolder","Value":"RSS Feeds"},{"Name":"MarkAsRead","Value":"True"})");
    REQUIRE(hides.size() == 1);
    CHECK(hides[0].what == change_kind::hiding_rule);
    const auto moves = rule(R"({"Name":"MoveToFolder","Value":"News"})");
    REQUIRE(moves.size() == 1);
    CHECK(moves[0].what == change_kind::moving_rule);
    CHECK(moves[0].folder == "news");
    CHECK(rule(R"({"Name":"DeleteMessage","Value":"False"})").empty());
  }

  TEST_CASE("a rule made in desktop Outlook is read from its actions, a name may be absent") {
    const auto found = changes_in(
        "audit_exchange",
        R"({"CreationTime":"2026-09-14T09:20:05","Operation":"UpdateInboxRules","RecordType":2,)"
        R"("ResultStatus":"Succeeded","UserId":"adele@contoso.com","ClientIPAddress":"198.51.100.77",)"
        R"("MailboxOwnerUPN":"adele@contoso.com","OperationProperties":[{"Name":"RuleOperation",)"
        R"("Value":"AddMailboxRule"},{"Name":"RuleName"},{"Name":"RuleActions","Value":)"
        R"("[{\"ActionType\":\"Forward\",\"Recipients\":[\"drop@fabrikam.example\"]}]"}]})");
    REQUIRE(found.size() == 1);
    CHECK(found[0].what == change_kind::forwarding_rule);
    CHECK(found[0].targets == std::vector<std::string>{"drop@fabrikam.example"});
  }

  TEST_CASE("mailbox forwarding, consent and reading of mail are changes") {
    const auto forwarding = changes_in(
        "audit_exchange",
        R"({"CreationTime":"2026-09-14T09:12:44","Operation":"Set-Mailbox","RecordType":1,)"
        R"("UserId":"admin@contoso.com","Parameters":[{"Name":"Identity","Value":"dana@contoso.com"},)"
        R"({"Name":"ForwardingSmtpAddress","Value":"smtp:x@y.example"}]})");
    REQUIRE(forwarding.size() == 1);
    CHECK(forwarding[0].user == "dana@contoso.com");
    CHECK(forwarding[0].targets == std::vector<std::string>{"x@y.example"});
    const auto consent =
        changes_in("audit_entra",
                   R"({"CreationTime":"2026-09-14T09:31:37","Operation":"Consent to application.",)"
                   R"("RecordType":8,"ResultStatus":"Success","UserId":"adele@contoso.com",)"
                   R"("Target":[{"ID":"x","Type":2},{"ID":"MailHelper","Type":1}]})");
    REQUIRE(consent.size() == 1);
    CHECK(consent[0].detail == "MailHelper");
    const auto sync = changes_in(
        "audit_exchange",
        R"({"CreationTime":"2026-09-14T09:06:21","Operation":"MailItemsAccessed","RecordType":2,)"
        R"("ResultStatus":"Succeeded","UserId":"adele@contoso.com",)"
        R"("OperationProperties":[{"Name":"MailAccessType","Value":"Sync"}]})");
    REQUIRE(sync.size() == 1);
    CHECK(sync[0].what == change_kind::mail_read_all);
  }

  TEST_CASE("what the system does to itself is no change") {
    CHECK(changes_in(
              "audit_exchange",
              R"({"CreationTime":"2026-09-14T09:12:44","Operation":"Set-Mailbox","RecordType":1,)"
              R"("UserId":"NT AUTHORITY\\SYSTEM (x) y","Parameters":[)"
              R"({"Name":"ForwardingSmtpAddress","Value":"smtp:x@y.example"}]})")
              .empty());
  }

  TEST_CASE("an alert of the audit log is the one that Graph has under the prefix fa") {
    auto told = story();
    told.click_alert("657f", "09:00", "dana@contoso.com", mail_id(1), "https://x.example/");
    told.add(
        "audit_general",
        "e",
        R"({"CreationTime":"2026-03-10T09:01:00","RecordType":40,"AlertId":"657F",)"
        R"("Operation":"AlertEntityGenerated","Name":"A potentially malicious URL click was detected",)"
        R"("Severity":"High","Status":"Active","Data":"{\"etype\":\"MaliciousUrl\",\"eid\":)"
        R"(\"https://x.example/\",\"trc\":\"dana@contoso.com\"}"})");
    const auto known = told.evidence();
    REQUIRE(known.alerts.size() == 1);
    CHECK(known.alerts[0].from.feed == "alerts");
  }

  TEST_CASE("threats are phish and malware in any case of letters, spam is none") {
    using core::triage::judgement;
    using core::triage::judgement_of_threats;
    CHECK(judgement_of_threats("Phish", "") == judgement::malicious);
    CHECK(judgement_of_threats("Spam, MALWARE", "") == judgement::malicious);
    CHECK(judgement_of_threats("Phish", R"({"Phish":"Low"})") == judgement::suspicious);
    CHECK_FALSE(judgement_of_threats("Spam", "High").has_value());
    CHECK_FALSE(judgement_of_threats("", "").has_value());
  }

  TEST_CASE("a mail that was taken out later is removed, for whom it was taken out") {
    auto told = story();
    told.mail(mail_id(1),
              "08:00",
              {"dana@contoso.com", "omar@contoso.com"},
              "https://x.example/",
              R"("ThreatTypes":"Phish")");
    told.add("email_events",
             "EmailPostDeliveryEvents|1",
             R"({"Timestamp":"2026-03-10T10:00:00Z","NetworkMessageId":")" + mail_id(1) +
                 R"(","Action":"Moved to quarantine","ActionType":"Phish ZAP","ActionTrigger":)"
                 R"("SpecialAction","ActionResult":"Success",)"
                 R"("RecipientEmailAddress":"dana@contoso.com"})");
    const auto one = told.only_case();
    REQUIRE_FALSE(one.actions.empty());
    CHECK(one.actions[0].name == "hard_delete_message");
    CHECK(one.actions[0].parameters[1].second == std::vector<std::string>{"omar@contoso.com"});
    CHECK(fired(one, "removed"));
  }
}

} // namespace
