#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

using namespace ocsf_tests;
using nlohmann::json;

TEST_SUITE("ocsf_directory") {
  TEST_CASE("a user as the directory has one") {
    const auto event = event_of("users",
                                R"({"id":"u1","userPrincipalName":"dana@contoso.com",)"
                                R"("mail":"dana@contoso.com","displayName":"Dana",)"
                                R"("accountEnabled":false,"jobTitle":"CFO"})");
    CHECK(event["type_uid"] == 500302);
    CHECK(at(event, "/user/uid") == "u1");
    CHECK(at(event, "/user/account/is_disabled") == true);
    CHECK(at(event, "/unmapped/jobTitle") == "CFO");
    CHECK(event["time"] == 1767261600000);
  }

  TEST_CASE("what is gone is a removal") {
    for (const auto* feed : {"users", "groups", "devices"}) {
      const auto event = event_of(feed, R"({"id":"x","@removed":{"reason":"deleted"}})");
      CHECK(event["type_uid"] == 300404);
      CHECK(at(event, "/entity/uid") == "x");
    }
  }

  TEST_CASE("devices of the directory and of Intune") {
    const auto plain = event_of("devices",
                                R"({"id":"d1","deviceId":"e","displayName":"PC","isManaged":true,)"
                                R"("operatingSystem":"Windows","operatingSystemVersion":"10.0"})");
    CHECK(plain["type_uid"] == 500102);
    CHECK(at(plain, "/device/os/type") == "Windows");
    CHECK(at(plain, "/device/is_managed") == true);
    const auto managed =
        event_of("devices",
                 R"({"id":"d1","deviceName":"PHONE","operatingSystem":"iPadOS",)"
                 R"("lastSyncDateTime":"2026-01-01T07:00:00Z","complianceState":"noncompliant",)"
                 R"("managedDeviceOwnerType":"personal","wiFiMacAddress":"1836F3984F9A"})");
    CHECK(at(managed, "/device/is_compliant") == false);
    CHECK(at(managed, "/device/is_personal") == true);
    CHECK(at(managed, "/device/mac") == "18:36:F3:98:4F:9A");
    CHECK(at(managed, "/device/type") == "Tablet");
    CHECK(at(managed, "/device/os/type") == "iPadOS");
  }

  TEST_CASE("groups, and members by the key they are stored under") {
    CHECK(at(event_of("groups", R"({"id":"g1","displayName":"Staff"})"), "/entity/group/name") ==
          "Staff");
    auto around = here();
    around.key = "g1/u1";
    around.version = "1";
    const auto member = event_of("group_members", R"({"id":"u1"})", around);
    CHECK(at(member, "/group/uid") == "g1");
    CHECK(at(member, "/user/uid") == "u1");
    around.version = "2";
    const auto gone =
        event_of("group_members", R"({"id":"u1","@removed":{"reason":"absent"}})", around);
    CHECK(gone["activity_name"] == "Remove User");
    CHECK(at(gone, "/metadata/uid") != at(member, "/metadata/uid"));
  }

  TEST_CASE("mailbox settings and policies") {
    auto around = here();
    around.key = "u1";
    const auto settings =
        event_of("mailbox_settings",
                 R"({"timeZone":"UTC","automaticRepliesSetting":{"status":"alwaysEnabled"}})",
                 around);
    CHECK(at(settings, "/entity/uid") == "u1");
    CHECK(at(settings, "/unmapped/automaticRepliesSetting/status") == "alwaysEnabled");
    const auto policy = event_of("safe_links_policies",
                                 R"({"Guid":"p","Name":"Strict","AllowClickThrough":false,)"
                                 R"("WhenChangedUTC":"2026-01-01T07:00:00+00:00"})");
    CHECK(at(policy, "/entity/policy/name") == "Strict");
    CHECK(at(policy, "/unmapped/AllowClickThrough") == false);
  }

  TEST_CASE("other products") {
    const auto alert = event_of("cloud_apps",
                                R"({"_id":"5a","title":"t","timestamp":1767261600000,)"
                                R"("severityValue":2,"resolutionStatusValue":3,"entities":[)"
                                R"({"type":"account","pa":"a@b.example","id":7,"label":"A"}]})");
    CHECK(alert["severity"] == "High");
    CHECK(alert["verdict"] == "False Positive");
    CHECK(at(alert, "/resources/0/name") == "a@b.example");
    const auto azure =
        event_of("azure_activity",
                 R"({"eventDataId":"e","eventTimestamp":"2026-01-01T07:00:00.1234567Z",)"
                 R"("operationName":{"value":"Microsoft.Compute/virtualMachines/delete"},)"
                 R"("status":{"value":"Failed"},"caller":"a@b.example","level":"Error",)"
                 R"("httpRequest":{"clientIpAddress":"192.0.2.1"},"resourceId":"/s/1"})");
    CHECK(azure["type_uid"] == 600304);
    CHECK(azure["status"] == "Failure");
    CHECK(at(azure, "/resources/0/uid") == "/s/1");
  }
}
