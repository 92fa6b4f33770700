#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

using namespace ocsf_tests;
using nlohmann::json;

namespace {

auto mail() -> json {
  return json::parse(R"({"Timestamp":"2026-01-01T08:00:00Z","NetworkMessageId":"8d5f",
    "InternetMessageId":"<abc@x>","SenderMailFromAddress":"bounce@mailer.bad.example",
    "SenderFromAddress":"ceo@bad.example","SenderDisplayName":"CEO","SenderIPv4":"198.51.100.23",
    "RecipientEmailAddress":"adele@contoso.example","Subject":"Invoice","EmailClusterId":123456789,
    "EmailDirection":"Inbound","DeliveryAction":"Delivered","DeliveryLocation":"Inbox/folder",
    "ThreatTypes":"Phish, Malware","ThreatNames":"HTML/Phish","ConfidenceLevel":"{\"Phish\":\"High\"}",
    "AuthenticationDetails":"{\"SPF\":\"Pass\",\"DKIM\":\"fail\",\"CompAuth\":\"pass\"}",
    "EmailActionPolicy":"Antispam phishing","ReportId":"r1"})");
}

auto clicked(const std::string& met, bool on, const std::string& threat = "") -> json {
  const auto row = json{{"Timestamp", "2026-01-01T09:58:00Z"},
                        {"Url", "https://login.bad.example/path?q=1"},
                        {"ActionType", met},
                        {"AccountUpn", "adele@contoso.example"},
                        {"Workload", "Email"},
                        {"IPAddress", "192.0.2.44"},
                        {"IsClickedThrough", on},
                        {"ThreatTypes", threat},
                        {"NetworkMessageId", "8d5f"},
                        {"ReportId", "r"}};
  return event_of("safe_links", row.dump());
}

} // namespace

TEST_SUITE("ocsf_mail") {
  TEST_CASE("a delivered threat is a high alert") {
    const auto event = event_of("email_events", mail().dump());
    CHECK(event["type_uid"] == 400902);
    CHECK(event["from"] == "bounce@mailer.bad.example");
    CHECK(at(event, "/email/from") == "ceo@bad.example");
    CHECK(at(event, "/email/from_mailbox") == "CEO <ceo@bad.example>");
    CHECK(at(event, "/email/to") == json{"adele@contoso.example"});
    CHECK(at(event, "/email_auth/spf") == "pass");
    CHECK(event["message_trace_uid"] == "8d5f");
    CHECK(event["direction"] == "Inbound");
    CHECK(event["action"] == "Allowed");
    CHECK(event["is_alert"] == true);
    CHECK(event["severity"] == "High");
    CHECK(event["confidence"] == "High");
    CHECK(at(event, "/malware/0/classifications/0") == "Unknown");
    CHECK(at(event, "/unmapped/EmailClusterId") == 123456789);
    CHECK(at(event, "/unmapped/ThreatTypes") == "Phish, Malware");
  }

  TEST_CASE("what was done with a message") {
    const auto done = [](const std::string& action, const std::string& where) {
      auto row = mail();
      row["DeliveryAction"] = action;
      row["DeliveryLocation"] = where;
      return event_of("email_events", row.dump());
    };
    CHECK(done("Blocked", "Quarantine")["disposition"] == "Quarantined");
    CHECK(done("Blocked", "Failed")["disposition"] == "Blocked");
    CHECK(done("Blocked", "Failed")["severity"] == "Low");
    CHECK(done("Junked", "Junk folder")["disposition"] == "Junked");
    CHECK(done("Held", "")["status"] == "Held");
  }

  TEST_CASE("a message that nobody sent to nobody is named, not invented") {
    const auto out =
        core::ocsf::normalize("email_events",
                              R"({"Timestamp":"2026-01-01T08:00:00Z","NetworkMessageId":"1",)"
                              R"("RecipientEmailAddress":"/O=ORG/CN=X","SenderFromAddress":"<>"})",
                              here());
    CHECK(out.events.empty());
    CHECK(out.unknown == "neither sender nor recipient is a mail address");
  }

  TEST_CASE("parts of messages and what was done later") {
    const auto file = event_of(
        "email_events",
        R"({"Timestamp":"2026-01-01T08:00:00Z","NetworkMessageId":"8d5f","FileName":"a.html",)"
        R"("SenderFromAddress":"ceo@bad.example","SHA256":"e3b0",)"
        R"("FileSize":54,"FileType":"html"})");
    CHECK(at(file, "/email/files/0/name") == "a.html");
    CHECK(at(file, "/email/files/0/hashes/0/value") == "e3b0");
    const auto link = event_of(
        "email_events",
        R"({"Timestamp":"2026-01-01T08:00:00Z","NetworkMessageId":"8d5f","Url":"https://a/",)"
        R"("UrlLocation":"Body"})");
    CHECK(link["class_uid"] == 0);
    CHECK(at(link, "/metadata/correlation_uid") == "8d5f");
    CHECK(at(link, "/unmapped/Url") == "https://a/");
    const auto zap = event_of(
        "email_events",
        R"({"Timestamp":"2026-01-01T08:00:00Z","NetworkMessageId":"8d5f","ActionType":"Phish ZAP",)"
        R"("Action":"Moved to quarantine","ActionResult":"Success","ActionTrigger":"",)"
        R"("RecipientEmailAddress":"adele@contoso.example"})");
    CHECK(zap["activity_name"] == "Phish ZAP");
    CHECK(zap["disposition"] == "Quarantined");
    CHECK(zap["severity"] == "Medium");
  }

  TEST_CASE("a trace in either form") {
    const auto trace = event_of(
        "message_trace",
        R"({"id":"4451","senderAddress":"a@b.example","recipientAddress":"c@d.example",)"
        R"("messageId":"<m@b>","receivedDateTime":"2026-01-01T08:00:00Z","subject":"s","size":45678,)"
        R"("fromIP":"192.0.2.1","toIP":"","status":"filteredAsSpam"})");
    CHECK(trace["type_uid"] == 400904);
    CHECK(trace["status"] == "filteredAsSpam");
    CHECK_FALSE(trace.contains("dst_endpoint"));
    const auto classic =
        event_of("message_trace",
                 R"({"MessageTraceId":"1","SenderAddress":"<>","RecipientAddress":"c@d.example",)"
                 R"("Received":"\/Date(1767254400000)\/","Status":"Failed"})");
    CHECK(classic["time"] == 1767254400000);
    CHECK(classic["status"] == "Failure");
    CHECK_FALSE(classic.contains("from"));
    CHECK(at(classic, "/unmapped/SenderAddress") == "<>");
  }
}

TEST_SUITE("ocsf_clicks") {
  TEST_CASE("what a click met and whether the user went on") {
    CHECK(clicked("ClickAllowed", false)["severity"] == "Informational");
    CHECK(clicked("ClickAllowed", false, "Phish")["is_alert"] == true);
    CHECK(clicked("ClickBlocked", false)["disposition"] == "Blocked");
    const auto through = clicked("ClickBlocked", true);
    CHECK(through["action"] == "Allowed");
    CHECK(through["is_alert"] == true);
    CHECK(through["status_detail"] == "ClickBlocked, clicked through");
    CHECK(clicked("UrlScanInProgress", false)["disposition"] == "Delayed");
    CHECK(clicked("UrlErrorPage", false)["disposition"] == "Error");
    CHECK(clicked("ClickBlockedByTenantPolicy", false)["action"] == "Denied");
  }

  TEST_CASE("a click is a web request of a user, with all that can be looked up") {
    const auto event = clicked("ClickBlocked", true);
    CHECK(event["type_uid"] == 400299);
    CHECK(event["activity_name"] == "ClickBlocked");
    CHECK(at(event, "/actor/user/email_addr") == "adele@contoso.example");
    CHECK(at(event, "/http_request/url/hostname") == "login.bad.example");
    CHECK(at(event, "/metadata/profiles") == json{"cloud", "host", "security_control"});
    CHECK(at(event, "/unmapped/IsClickedThrough") == true);
    auto seen = std::map<int, std::string>();
    for (const auto& one : event["observables"]) {
      seen[one["type_id"].get<int>()] = one["value"].get<std::string>();
    }
    CHECK(seen[6] == "https://login.bad.example/path?q=1");
    CHECK(seen[1] == "login.bad.example");
    CHECK(seen[2] == "192.0.2.44");
    CHECK(seen[5] == "adele@contoso.example");
  }

  TEST_CASE("a page that is new is 99 and noted") {
    const auto out = core::ocsf::normalize(
        "safe_links",
        R"({"Timestamp":"2026-01-01T09:58:00Z","Url":"https://a/","ActionType":"ClickPaused"})",
        here());
    REQUIRE(out.events.size() == 1);
    CHECK(out.events[0]["disposition"] == "ClickPaused");
    CHECK(out.drift == std::vector<std::string>{"action type ClickPaused"});
  }

  TEST_CASE("the audit record of a click, in either schema and either spelling") {
    const auto audit = [](const std::string& rest) {
      return event_of("audit_general",
                      R"({"Id":"5","RecordType":41,"Operation":"TIUrlClickData",)"
                      R"("CreationTime":"2026-01-01T10:03:11","TimeOfClick":"2026-01-01T09:58:00",)"
                      R"("UserId":"adele@contoso.example","UserIp":"192.0.2.44:51000",)" +
                          rest + "}");
    };
    const auto blocked = audit(R"("Url":"https://a/","UrlClickAction":2)");
    CHECK(blocked["status_detail"] == "Blockpage");
    CHECK(blocked["action"] == "Denied");
    CHECK(blocked["time"] == 1767261480000);
    CHECK(at(blocked, "/src_endpoint/port") == 51000);
    CHECK(audit(R"("URL":"https://a/","URLClickAction":"4")")["is_alert"] == true);
    CHECK(audit(R"("Url":"https://a/","Blocked":true,"ClickedThrough":true)")["action"] ==
          "Allowed");
    CHECK(audit(R"("Url":"https://a/","UrlClickAction":9)")["disposition"] == "9");
  }

  TEST_CASE("a Teams message is an act in its thread") {
    const auto event = event_of(
        "teams_messages",
        R"({"Timestamp":"2026-01-01T09:58:00Z","TeamsMessageId":"/chats/19:x/messages/1",)"
        R"("SenderEmailAddress":"eve@partner.example","ThreadId":"19:x","ThreatTypes":"Phish",)"
        R"("DeliveryAction":"Delivered"})");
    CHECK(event["type_uid"] == 600301);
    CHECK(at(event, "/api/operation") == "MessageEvents");
    CHECK(at(event, "/resources/0/uid") == "19:x");
    CHECK(event["severity"] == "High");
    CHECK(at(event, "/unmapped/ThreatTypes") == "Phish");
  }
}
