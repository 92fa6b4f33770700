#include "replay/import/record_shapes.hpp"

#include <doctest/doctest.h>

using namespace replay;

namespace {

auto feed_of(const std::string& record) -> std::string {
  const auto where = destination_of(members_of(record));
  return where.table.empty() ? where.feed : where.feed + "/" + where.table;
}

} // namespace

TEST_SUITE("record_shapes") {
  TEST_CASE("audit records go by workload, those of DLP by their record type") {
    const auto audit = [](const std::string& rest) {
      return feed_of(R"({"CreationTime":"2026-03-10T08:00:00","Operation":"x","Id":"1")" + rest +
                     "}");
    };
    CHECK(audit("") == "audit_general");
    CHECK(audit(R"(,"Workload":"Exchange","RecordType":2)") == "audit_exchange");
    CHECK(audit(R"(,"Workload":"OneDrive","RecordType":6)") == "audit_sharepoint");
    CHECK(audit(R"(,"Workload":"AzureActiveDirectory","RecordType":15)") == "audit_entra");
    CHECK(audit(R"(,"Workload":"Exchange","RecordType":13)") == "dlp");
    CHECK(audit(R"(,"Workload":"ThreatIntelligence","RecordType":41)") == "audit_general");
    CHECK(feed_of(R"({"creationtime":"x","recordtype":1})") == "audit_general");
  }

  TEST_CASE("what Graph lists is known by its own members") {
    CHECK(feed_of(R"({"id":"1","createdDateTime":"x","alertWebUrl":"y"})") == "alerts");
    CHECK(feed_of(R"({"id":"1","createdDateTime":"x","alertWebUrl":"y","incidentWebUrl":"z"})") ==
          "alerts");
    CHECK(feed_of(R"({"id":"1","incidentWebUrl":"y"})") == "incidents");
    CHECK(feed_of(R"({"id":"1","displayName":"x","userPrincipalName":"y"})") == "users");
    CHECK(feed_of(R"({"id":"1","groupTypes":[]})") == "groups");
    CHECK(feed_of(R"({"id":"1","deviceId":"x","operatingSystem":"y"})") == "devices");
    CHECK(feed_of(R"({"id":"1","createdDateTime":"x","clientAppUsed":"y"})") == "sign_ins");
    CHECK(feed_of(R"({"activityDateTime":"x","activityDisplayName":"y"})") == "directory_audits");
    CHECK(feed_of(R"({"riskEventType":"x","detectedDateTime":"y"})") == "risk_detections");
    CHECK(feed_of(R"({"riskLastUpdatedDateTime":"x"})") == "risky_users");
    CHECK(feed_of(R"({"receivedDateTime":"x","recipientAddress":"y"})") == "message_trace");
  }

  TEST_CASE("rows of hunting tables are told apart by their columns") {
    const auto row = [](const std::string& rest) {
      return feed_of(R"({"Timestamp":"2026-03-10T08:00:00Z",)" + rest + "}");
    };
    CHECK(row(R"("Url":"u","ActionType":"ClickAllowed","IsClickedThrough":0)") ==
          "safe_links/UrlClickEvents");
    CHECK(row(R"("NetworkMessageId":"n","EmailDirection":"Inbound")") ==
          "email_events/EmailEvents");
    CHECK(row(R"("NetworkMessageId":"n","Url":"u","UrlLocation":"Body")") ==
          "email_events/EmailUrlInfo");
    CHECK(row(R"("NetworkMessageId":"n","FileName":"f","SHA256":"s")") ==
          "email_events/EmailAttachmentInfo");
    CHECK(row(R"("NetworkMessageId":"n","ActionType":"Phish ZAP","ActionTrigger":"t")") ==
          "email_events/EmailPostDeliveryEvents");
    CHECK(row(R"("TeamsMessageId":"t","ThreadId":"i")") == "teams_messages/MessageEvents");
    CHECK(row(R"("TeamsMessageId":"t","Url":"u")") == "teams_messages/MessageUrlInfo");
    CHECK(row(R"("TeamsMessageId":"t","ActionType":"a")") ==
          "teams_messages/MessagePostDeliveryEvents");
    CHECK(destination_of(members_of(R"({"Timestamp":"x","FileName":"f"})")).feed.empty());
  }

  TEST_CASE("what no feed serves is named") {
    CHECK(destination_of(members_of(R"({"id":"1","azureTenantId":"x"})")).why.find("retired") !=
          std::string::npos);
    CHECK(destination_of(members_of(R"({"request":{},"response":{}})")).why.find("exchange") !=
          std::string::npos);
    CHECK(destination_of(members_of(R"({"TimeGenerated":"x"})")).why.find("Sentinel") !=
          std::string::npos);
    CHECK(destination_of(members_of(R"({"id":"1","@removed":{}})")).why.find("tombstone") !=
          std::string::npos);
    CHECK(destination_of(members_of(R"({"resourceId":"1","category":"x","properties":{}})"))
              .why.find("diagnos") != std::string::npos);
    CHECK(destination_of(members_of("{}")).why == "no record of a feed");
    CHECK(destination_of(members_of(R"({"b":1,"A":2})")).why == "no record of a feed: it has a, b");
  }
}
