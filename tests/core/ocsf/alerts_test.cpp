#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

using namespace ocsf_tests;
using nlohmann::json;

namespace {

auto alert() -> json {
  return json::parse(R"({
    "id":"fa1b2c3d","providerAlertId":"1b2c3d","incidentId":"4711",
    "tenantId":"99999999-2222-3333-4444-555555555555","status":"new","severity":"high",
    "classification":null,"determination":"unknown",
    "serviceSource":"microsoftDefenderForOffice365",
    "detectionSource":"microsoftDefenderForOffice365","detectorId":"d0d0","category":"InitialAccess",
    "title":"A user clicked through to a potentially malicious URL","description":"d",
    "recommendedActions":"Review.","assignedTo":null,"customDetails":{"x":1},
    "alertWebUrl":"https://security.microsoft.com/alerts/fa1b2c3d",
    "incidentWebUrl":"https://security.microsoft.com/incidents/4711",
    "createdDateTime":"2026-01-01T10:00:00Z","lastUpdateDateTime":"2026-01-01T10:00:00Z",
    "firstActivityDateTime":"2026-01-01T09:55:00Z","lastActivityDateTime":"2026-01-01T09:58:00Z",
    "mitreTechniques":["T1566.002"],"comments":[{"comment":"one"},{"comment":"two"}],
    "systemTags":["tag"],
    "evidence":[
      {"@odata.type":"#microsoft.graph.security.urlEvidence","verdict":"malicious",
       "remediationStatus":"none","roles":["attacker"],"url":"https://login.bad.example/p?q=1"},
      {"@odata.type":"#microsoft.graph.security.userEvidence","verdict":"unknown",
       "roles":["compromised"],"userAccount":{"azureAdUserId":"aaaa","accountName":"adele",
       "userPrincipalName":"adele@contoso.example","displayName":"Adele Vance"}},
      {"@odata.type":"#microsoft.graph.security.teamsMessageEvidence","verdict":"suspicious",
       "remediationStatus":"none","senderFromAddress":"eve@partner.example","senderIP":"203.0.113.7",
       "urls":["https://a.example/","https://b.example/"],"threadId":"19:x"},
      {"@odata.type":"#microsoft.graph.security.analyzedMessageEvidence","verdict":"malicious",
       "remediationStatus":"none","networkMessageId":"8d5f","internetMessageId":"<abc@x>",
       "p2Sender":{"emailAddress":"ceo@bad.example","displayName":"CEO"},"urls":["https://c/"],
       "recipientEmailAddress":"adele@contoso.example","senderIp":"198.51.100.23"},
      {"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"dev1",
       "osPlatform":"Windows11","deviceDnsName":"pc.contoso.example","riskScore":"high"},
      {"@odata.type":"#microsoft.graph.security.fileEvidence","fileDetails":{
       "fileName":"a.exe","filePath":"C:\\t","fileSize":7,"sha256":"ab"}},
      {"@odata.type":"#microsoft.graph.security.processEvidence","processId":4780,
       "processCommandLine":"a.exe -x","imageFile":{"fileName":"a.exe"}},
      {"@odata.type":"#microsoft.graph.security.ipEvidence","ipAddress":"192.0.2.9",
       "roles":["commandAndControl"]},
      {"@odata.type":"#microsoft.graph.security.newKindOfEvidence","thing":"kept"}]})");
}

auto normalized(const json& record) -> json {
  return event_of("alerts", record.dump());
}

} // namespace

TEST_SUITE("ocsf_alerts") {
  TEST_CASE("a new alert is a finding that is made") {
    const auto event = normalized(alert());
    CHECK(event["type_uid"] == 200401);
    CHECK(event["is_alert"] == true);
    CHECK(event["time"] == 1767261600000);
    CHECK(event["severity"] == "High");
    CHECK(event["status"] == "New");
    CHECK(at(event, "/finding_info/uid") == "fa1b2c3d");
    CHECK(at(event, "/finding_info/attacks/0/sub_technique/uid") == "T1566.002");
    CHECK(at(event, "/attacks/0/tactic/name") == "Initial Access");
    CHECK(at(event, "/finding_info/tags/0/value") == "unknown");
    CHECK(at(event, "/finding_info/related_events/0/uid") == "4711");
    CHECK(at(event, "/metadata/product/name") == "Microsoft Defender for Office 365");
    CHECK(at(event, "/metadata/tenant_uid") == "99999999-2222-3333-4444-555555555555");
    CHECK(at(event, "/metadata/correlation_uid") == "4711");
    CHECK(at(event, "/metadata/profiles") == json{"cloud", "incident", "security_control"});
    CHECK(at(event, "/cloud/account/type") == "M365 Tenant");
    CHECK(event["comment"] == "two");
    CHECK(at(event, "/remediation/desc") == "Review.");
    CHECK(event["disposition"] == "Alert");
    CHECK(at(event, "/unmapped/customDetails/x") == 1);
    CHECK_FALSE(event["unmapped"].contains("severity"));
  }

  TEST_CASE("each kind of evidence has its own place, and one nobody knows is kept whole") {
    const auto event = normalized(alert());
    const auto& evidences = event["evidences"];
    REQUIRE(evidences.size() == 10); // the second address of the Teams message is one of its own
    CHECK(at(evidences, "/0/url/hostname") == "login.bad.example");
    CHECK(at(evidences, "/0/verdict") == "True Positive");
    CHECK(at(evidences, "/0/data/roles/0") == "attacker");
    CHECK(at(evidences, "/1/user/full_name") == "Adele Vance");
    CHECK(at(evidences, "/2/user/email_addr") == "eve@partner.example");
    CHECK(at(evidences, "/2/url/hostname") == "a.example");
    CHECK(at(evidences, "/2/data/threadId") == "19:x");
    CHECK(at(evidences, "/3/url/hostname") == "b.example");
    CHECK(at(evidences, "/4/email/from") == "ceo@bad.example");
    CHECK(at(evidences, "/4/email/urls/0/url_string") == "https://c/");
    CHECK(at(evidences, "/4/src_endpoint/ip") == "198.51.100.23");
    CHECK(at(evidences, "/5/device/os/type") == "Windows");
    CHECK(at(evidences, "/6/file/hashes/0/algorithm") == "SHA-256");
    CHECK(at(evidences, "/7/process/pid") == 4780);
    CHECK(at(evidences, "/8/dst_endpoint/ip") == "192.0.2.9");
    CHECK(at(evidences, "/9/data/thing") == "kept");
    CHECK(at(event, "/device/uid") == "dev1");
    CHECK(at(event, "/resources/0/role") == "Affected");
  }

  TEST_CASE("a revision is an update and a resolved one a close, of the same finding") {
    auto record = alert();
    record["lastUpdateDateTime"] = "2026-01-01T11:00:00Z";
    const auto update = normalized(record);
    CHECK(update["activity_name"] == "Update");
    CHECK_FALSE(update.contains("is_alert"));
    record["status"] = "resolved";
    record["classification"] = "falsePositive";
    const auto close = normalized(record);
    CHECK(close["activity_name"] == "Close");
    CHECK(close["verdict"] == "False Positive");
    CHECK(at(update, "/finding_info/uid") == at(close, "/finding_info/uid"));
    CHECK(at(update, "/metadata/uid") != at(normalized(alert()), "/metadata/uid"));
  }

  TEST_CASE("what the context knows of earlier versions goes before the record's own times") {
    auto around = here();
    around.seen_before = true;
    CHECK(event_of("alerts", alert().dump(), around)["activity_name"] == "Update");
    auto record = alert();
    record["lastUpdateDateTime"] = "2026-01-01T11:00:00Z";
    around.seen_before = false;
    CHECK(event_of("alerts", record.dump(), around)["activity_name"] == "Create");
  }

  TEST_CASE("a word that is new is 99 and itself") {
    auto record = alert();
    record["status"] = "unknownFutureValue";
    record["severity"] = "extreme";
    record["classification"] = "unknownFutureValue";
    const auto event = normalized(record);
    CHECK(event["status_id"] == 99);
    CHECK(event["status"] == "unknownFutureValue");
    CHECK(event["severity"] == "extreme");
    CHECK(event["verdict_id"] == 99);
  }

  TEST_CASE("an alert about data is a data security finding") {
    auto record = alert();
    record["serviceSource"] = "dataLossPrevention";
    const auto event = normalized(record);
    CHECK(event["type_uid"] == 200601);
    CHECK_FALSE(event.contains("evidences"));
    CHECK(at(event, "/unmapped/evidence/0/url") == "https://login.bad.example/p?q=1");
    CHECK(event["resources"].size() == 2);
  }

  TEST_CASE("an incident lists itself and its alerts, and is nobody's until it is somebody's") {
    auto record = json::parse(R"({"id":"4711","displayName":"Multi-stage","status":"active",
      "severity":"high","createdDateTime":"2026-01-01T10:00:05Z","customTags":["vip"],
      "lastUpdateDateTime":"2026-01-01T10:00:05Z","assignedTo":null,"alerts":[]})");
    record["alerts"].push_back(alert());
    const auto event = event_of("incidents", record.dump());
    CHECK(event["type_uid"] == 200501);
    CHECK(at(event, "/assignee_group/name") == "Unassigned");
    CHECK(event["finding_info_list"].size() == 2);
    CHECK(at(event, "/finding_info_list/1/uid") == "fa1b2c3d");
    CHECK(at(event, "/attacks/0/technique/uid") == "T1566");
    CHECK(event["start_time"] == 1767261300000);
    CHECK(at(event, "/metadata/labels/0") == "vip");
    record["assignedTo"] = "analyst@contoso.example";
    record["status"] = "redirected";
    const auto closed = event_of("incidents", record.dump());
    CHECK(at(closed, "/assignee/email_addr") == "analyst@contoso.example");
    CHECK_FALSE(closed.contains("assignee_group"));
    CHECK(closed["status"] == "Closed");
    CHECK(closed["activity_name"] == "Close");
  }

  TEST_CASE("older and neighbouring shapes are findings too") {
    CHECK(event_of("alerts", R"({"id":"1","title":"t","severity":"low","status":"newAlert",
      "createdDateTime":"2026-01-01T10:00:00Z","vendorInformation":{"provider":"ASC"}})")
              ["severity"] == "Low");
    CHECK(event_of("alerts", R"({"alertId":"da1","title":"t","severity":"High",
      "status":"Resolved","creationTime":"2026-01-01T10:00:00Z"})")["activity_name"] == "Close");
    CHECK(event_of("alerts", R"({"SystemAlertId":"1","AlertDisplayName":"t","Severity":"Low",
      "TimeGenerated":"2026-01-01 10:00:00"})")["time"] == 1767261600000);
    CHECK(event_of("incidents", R"({"incidentId":7,"incidentName":"n","status":"Active",
      "createdTime":"2026-01-01T10:00:00Z"})")["status"] == "New");
  }
}
