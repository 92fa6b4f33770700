#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

using namespace ocsf_tests;
using nlohmann::json;

namespace {

auto record(int type, const std::string& operation, const std::string& rest = "") -> std::string {
  return R"({"Id":"12121212","CreationTime":"2026-01-01T07:01:40","RecordType":)" +
         std::to_string(type) + R"(,"Operation":")" + operation +
         R"(","UserId":"adele@contoso.example","UserType":0,"Workload":"Exchange")" + rest + "}";
}

auto audit(int type, const std::string& operation, const std::string& rest = "") -> json {
  return event_of("audit_general", record(type, operation, rest));
}

} // namespace

TEST_SUITE("ocsf_audit") {
  TEST_CASE("a record of any type is a call of an interface") {
    const auto event =
        audit(36,
              "ListItemViewed",
              R"(,"ClientIP":"192.0.2.44:51234","ObjectId":"https://x/","ItemType":"ListItem",)"
              R"("ResultStatus":"PartiallySucceeded","Version":1)");
    CHECK(event["type_uid"] == 600302);
    CHECK(at(event, "/api/operation") == "ListItemViewed");
    CHECK(at(event, "/api/service/name") == "Exchange");
    CHECK(at(event, "/actor/user/email_addr") == "adele@contoso.example");
    CHECK(at(event, "/src_endpoint/ip") == "192.0.2.44");
    CHECK(at(event, "/src_endpoint/port") == 51234);
    CHECK(at(event, "/resources/0/type") == "ListItem");
    CHECK(event["status"] == "PartiallySucceeded");
    CHECK(at(event, "/metadata/event_code") == "36");
    CHECK(at(event, "/unmapped/Version") == 1);
  }

  TEST_CASE("a record without a user and an address has a service for both") {
    const auto event =
        event_of("audit_general",
                 R"({"Id":"1","CreationTime":"2026-01-01T07:01:40",)"
                 R"("RecordType":25,"Operation":"Tidy","Workload":"MicrosoftTeams"})");
    CHECK(at(event, "/actor/app_name") == "MicrosoftTeams");
    CHECK(at(event, "/src_endpoint/svc_name") == "MicrosoftTeams");
    CHECK(event["activity_name"] == "Tidy");
  }

  TEST_CASE("a type nobody knows is kept and noted") {
    const auto out = core::ocsf::normalize("audit_general", record(9999, "Foo"), here());
    REQUIRE(out.events.size() == 1);
    CHECK(out.events[0]["class_uid"] == 6003);
    CHECK(out.drift == std::vector<std::string>{"record type 9999"});
  }

  TEST_CASE("names in lower case and types as text are the same record") {
    const auto event =
        event_of("audit_exchange",
                 R"({"id":"1","creationtime":"2026-01-01 07:01:40",)"
                 R"("recordtype":"1","operation":"Set-Mailbox","userid":"a@b.example",)"
                 R"("workload":"Exchange","parameters":[{"Name":"ForwardingSmtpAddress",)"
                 R"("Value":"smtp:x@y.example"}]})");
    CHECK(event["severity"] == "Medium");
    CHECK(event["activity_name"] == "Update");
    CHECK(at(event, "/api/request/data/Parameters/0/Name") == "ForwardingSmtpAddress");
  }

  TEST_CASE("cmdlets that give rights are user access, role groups are groups") {
    const auto rights = audit(1,
                              "Add-MailboxPermission",
                              R"(,"Parameters":[{"Name":"User","Value":"eve@b.example"},)"
                              R"({"Name":"AccessRights","Value":"FullAccess, ReadPermission"},)"
                              R"({"Name":"Identity","Value":"adele"}])");
    CHECK(rights["type_uid"] == 300501);
    CHECK(rights["privileges"] == json{"FullAccess", "ReadPermission"});
    CHECK(at(rights, "/user/email_addr") == "eve@b.example");
    CHECK(at(rights, "/resources/0/name") == "adele");
    const auto member =
        audit(1,
              "Add-RoleGroupMember",
              R"(,"Parameters":[{"Name":"Identity","Value":"Organization Management"},)"
              R"({"Name":"Member","Value":"eve"}])");
    CHECK(member["type_uid"] == 300603);
    CHECK(at(member, "/group/name") == "Organization Management");
    CHECK(audit(1, "Add-RoleGroupMember")["class_uid"] == 6003);
  }

  TEST_CASE("what mailboxes log") {
    const auto event =
        audit(50,
              "MailItemsAccessed",
              R"(,"ClientIPAddress":"2001:db8::13","ClientInfoString":"Client=REST",)"
              R"("MailboxOwnerUPN":"adele@contoso.example","SessionId":"s")");
    CHECK(event["activity_name"] == "Read");
    CHECK(at(event, "/src_endpoint/ip") == "2001:db8::13");
    CHECK(at(event, "/http_request/user_agent") == "Client=REST");
    CHECK(at(event, "/resources/0/type") == "Mailbox");
    CHECK(at(event, "/actor/session/uid") == "s");
  }

  TEST_CASE("files of SharePoint and OneDrive") {
    const auto event =
        audit(6,
              "FileDownloaded",
              R"(,"ObjectId":"https://c.sharepoint.com/d/plan.docx",)"
              R"("SourceFileName":"plan.docx","SourceRelativeUrl":"d","ItemType":"File",)"
              R"("SourceFileExtension":"docx")");
    CHECK(event["type_uid"] == 600602);
    CHECK(at(event, "/file/path") == "d/plan.docx");
    CHECK(at(event, "/file/type") == "Regular File");
    CHECK(audit(14, "AnonymousLinkCreated", R"(,"ObjectId":"https://x/a.txt")")["severity"] ==
          "Medium");
    CHECK(audit(6, "FileCheckedOut", R"(,"ObjectId":"https://x/a.txt")")["activity_name"] ==
          "FileCheckedOut");
    CHECK(audit(14, "SharingInvitationCreated")["class_uid"] == 6003);
  }

  TEST_CASE("the directory's changes and sign-ins") {
    const auto role = audit(8,
                            "Add member to role.",
                            R"(,"ObjectId":"eve@contoso.example","ResultStatus":"Success",)"
                            R"("ModifiedProperties":[{"Name":"Role.DisplayName",)"
                            R"("NewValue":"Global Administrator","OldValue":""}])");
    CHECK(role["type_uid"] == 300501);
    CHECK(role["privileges"] == json{"Global Administrator"});
    CHECK(at(role, "/user/name") == "eve@contoso.example");
    const auto consent =
        audit(8, "Consent to application.", R"(,"Target":[{"ID":"App","Type":1}])");
    CHECK(consent["class_uid"] == 3004);
    CHECK(at(consent, "/entity/name") == "App");
    const auto failed =
        audit(15,
              "UserLoginFailed",
              R"(,"ResultStatus":"Success","ErrorNumber":"50126","ApplicationId":"a",)"
              R"("LogonError":"InvalidUserNameOrPassword","ActorIpAddress":"192.0.2.9")");
    CHECK(failed["class_uid"] == 3002);
    CHECK(failed["status"] == "Failure");
    CHECK(failed["status_code"] == "50126");
    CHECK(at(failed, "/service/uid") == "a");
  }

  TEST_CASE("one event for each member of a team") {
    const auto all =
        events_of("audit_general",
                  record(25,
                         "MemberAdded",
                         R"(,"TeamGuid":"19:t","TeamName":"Team","Members":[{"UPN":"a@b.example"},)"
                         R"({"UPN":"c@d.example"}])"));
    REQUIRE(all.size() == 2);
    CHECK(all[0]["type_uid"] == 300603);
    CHECK(at(all[0], "/user/name") == "a@b.example");
    CHECK(at(all[1], "/user/name") == "c@d.example");
    CHECK(at(all[0], "/metadata/uid") != at(all[1], "/metadata/uid"));
  }

  TEST_CASE("threats in mail and in files") {
    const auto mail =
        audit(28,
              "TIMailData",
              R"(,"NetworkMessageId":"n","P1Sender":"b@c.example","Verdict":"Phish",)"
              R"("P2Sender":"b@c.example","Recipients":["a@b.example"],)"
              R"("DeliveryAction":"Delivered","SenderIp":"198.51.100.24",)"
              R"("AttachmentData":[{"FileName":"x.exe","FileVerdict":1,"SHA256":"ab"}])");
    CHECK(mail["class_uid"] == 2004);
    CHECK(at(mail, "/finding_info/title") == "Phish");
    CHECK(at(mail, "/evidences/0/email/to/0") == "a@b.example");
    CHECK(at(mail, "/evidences/1/verdict") == "True Positive");
    CHECK(mail["severity"] == "High");
    const auto file =
        audit(47,
              "AtpDetection",
              R"(,"FileData":{"FileName":"i.docm","FileSize":"12345","FileVerdict":1,)"
              R"("MalwareFamily":"O97M/Donoff","SHA256":"01"},"LastModifiedBy":"m@c.example")");
    CHECK(at(file, "/evidences/0/file/size") == 12345);
    CHECK(at(file, "/malware/0/name") == "O97M/Donoff");
  }

  TEST_CASE("alerts of the compliance centre live and end") {
    const auto in = [](const std::string& operation, const std::string& status) {
      return audit(40,
                   operation,
                   R"(,"AlertId":"657f","Name":"n","Severity":"High","PolicyId":"p","Status":")" +
                       status + "\"");
    };
    CHECK(in("AlertTriggered", "Active")["activity_name"] == "Create");
    CHECK(in("AlertEntityGenerated", "Active")["activity_name"] == "Update");
    CHECK(in("AlertUpdated", "Dismissed")["activity_name"] == "Close");
    CHECK(at(in("AlertTriggered", "Active"), "/finding_info/uid") == "657f");
  }

  TEST_CASE("what data loss prevention saw, and nothing of what it found") {
    const auto event = event_of(
        "dlp",
        record(
            13,
            "DlpRuleMatch",
            R"(,"ExchangeMetaData":{"MessageID":"<m>","Subject":"Card list","From":"a@b.example",)"
            R"("To":["x@y.example"]},"PolicyDetails":[{"PolicyId":"p","PolicyName":"Cards",)"
            R"("Rules":[{"RuleId":"r","RuleName":"Block","Severity":"High","Actions":["BlockAccess"],)"
            R"("ConditionsMatched":{"SensitiveInformation":[{"Confidence":85,"Count":3,)"
            R"("SensitiveInformationTypeName":"Credit Card Number",)"
            R"("SensitiveInformationDetections":{"DetectedValues":)"
            R"([{"Name":"4111","Value":"x"}]}}]}}]}])"));
    CHECK(event["type_uid"] == 200601);
    CHECK(at(event, "/finding_info/title") == "Cards");
    CHECK(at(event, "/finding_info/analytic/name") == "Block");
    CHECK(at(event, "/data_security/detection_pattern") == "Credit Card Number");
    CHECK(at(event, "/data_security/total") == 3);
    CHECK(at(event, "/data_security/data_lifecycle_state") == "Data in-Transit");
    CHECK(event["confidence_score"] == 85);
    CHECK(event["disposition"] == "Blocked");
    CHECK(at(event, "/actor/user/name") == "a@b.example");
    CHECK(at(event, "/resources/0/data/To/0") == "x@y.example");
    for (const auto& one : event["observables"]) {
      CHECK(one["value"] != "4111");
    }
    CHECK(event_of("dlp", record(63, "DlpRuleUndo"))["activity_name"] == "Close");
  }

  TEST_CASE("whichever audit feed is named, the type decides") {
    for (const auto* feed :
         {"audit_general", "audit_exchange", "audit_entra", "audit_sharepoint", "dlp"}) {
      CHECK(event_of(feed, record(13, "DlpRuleMatch"))["class_uid"] == 2006);
      CHECK(event_of(feed, record(1, "New-InboxRule"))["class_uid"] == 6003);
    }
  }
}
