#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

using namespace ocsf_tests;
using nlohmann::json;

namespace {

auto sign_in() -> json {
  return json::parse(R"({"id":"6666","createdDateTime":"2026-01-01T07:00:00Z","userId":"aaaa",
    "userPrincipalName":"adele@contoso.example","userDisplayName":"Adele Vance","appId":"app",
    "appDisplayName":"Outlook Mobile","ipAddress":"192.0.2.44","correlationId":"c",
    "resourceDisplayName":"Exchange","resourceId":"res","conditionalAccessStatus":"failure",
    "isInteractive":true,"riskDetail":"none","riskLevelDuringSignIn":"low","riskState":"none",
    "status":{"errorCode":53003,"failureReason":"Blocked.","additionalDetails":null},
    "deviceDetail":{"deviceId":"dev","displayName":"PHONE-1","operatingSystem":"Ios 17",
                    "isCompliant":false,"isManaged":true,"browser":"Safari"},
    "location":{"city":"Berlin","state":"Berlin","countryOrRegion":"DE",
                "geoCoordinates":{"latitude":52,"longitude":13.4}},
    "appliedConditionalAccessPolicies":[{"id":"p","displayName":"MFA","result":"failure"}]})");
}

auto directory(const std::string& activity, const std::string& rest = "") -> json {
  return event_of("directory_audits",
                  R"({"id":"d1","activityDateTime":"2026-01-01T07:01:40Z","result":"success",)"
                  R"("initiatedBy":{"user":{"id":"1","userPrincipalName":"admin@contoso.example",)"
                  R"("ipAddress":"192.0.2.1"}},"loggedByService":"Core Directory",)"
                  R"("activityDisplayName":")" +
                      activity + "\"" + rest + "}");
}

constexpr auto to_user = R"(,"category":"UserManagement","targetResources":[{"id":"u1",)"
                         R"("type":"User","userPrincipalName":"adele@contoso.example"}])";

} // namespace

TEST_SUITE("ocsf_identity") {
  TEST_CASE("a failed sign-in is a logon that failed, never a logoff") {
    const auto event = event_of("sign_ins", sign_in().dump());
    CHECK(event["type_uid"] == 300201);
    CHECK(event["status"] == "Failure");
    CHECK(event["status_code"] == "53003");
    CHECK(event["severity"] == "Low");
    CHECK(event["disposition"] == "Unauthorized");
    CHECK(event["logon_type"] == "interactiveUser");
    CHECK(event["risk_level"] == "Low");
    CHECK(at(event, "/service/name") == "Exchange");
    CHECK(at(event, "/actor/app_name") == "Outlook Mobile");
    CHECK(at(event, "/user/full_name") == "Adele Vance");
    CHECK(at(event, "/src_endpoint/location/lat").is_number_float());
    CHECK(at(event, "/device/os/type") == "iOS");
    CHECK(at(event, "/authorizations/0/decision") == "failure");
    CHECK(at(event, "/unmapped/deviceDetail/browser") == "Safari");
    CHECK_FALSE(event.contains("is_mfa"));
  }

  TEST_CASE("what is not known of a sign-in is left out") {
    auto record = sign_in();
    record["riskLevelDuringSignIn"] = "hidden";
    record["conditionalAccessStatus"] = "notApplied";
    record["deviceDetail"] = {{"deviceId", ""}, {"displayName", ""}, {"browser", "Edge"}};
    record["location"] = {{"geoCoordinates", {{"latitude", 1.5}}}};
    record["resourceDisplayName"] = "";
    record["resourceId"] = nullptr;
    const auto event = event_of("sign_ins", record.dump());
    CHECK_FALSE(event.contains("risk_level_id"));
    CHECK_FALSE(event.contains("action_id"));
    CHECK_FALSE(event.contains("device"));
    CHECK_FALSE(event["src_endpoint"].contains("location"));
    CHECK(at(event, "/unmapped/location/geoCoordinates/latitude") == 1.5);
    CHECK(at(event, "/service/name") == "Outlook Mobile");
  }

  TEST_CASE("the fields of beta are read where they are") {
    auto record = sign_in();
    record["authenticationRequirement"] = "multiFactorAuthentication";
    record["authenticationProtocol"] = "deviceCode";
    record["signInEventTypes"] = {"nonInteractiveUser"};
    record["authenticationDetails"] =
        json::array({{{"authenticationMethod", "Password"}},
                     {{"authenticationMethod", "Mobile app notification"}},
                     {{"authenticationMethod", "Carrier pigeon"}}});
    const auto event = event_of("sign_ins", record.dump());
    CHECK(event["is_mfa"] == true);
    CHECK(event["auth_protocol"] == "OAUTH 2.0");
    CHECK(event["logon_type"] == "nonInteractiveUser");
    CHECK(at(event, "/auth_factors/0/factor_type") == "Password");
    CHECK(at(event, "/auth_factors/1/factor_type") == "Push Notification");
    CHECK(at(event, "/auth_factors/2/factor_type") == "Carrier pigeon");
  }

  TEST_CASE("diagnostic settings wrap the same sign-in") {
    const auto wrapped = json{{"time", "2026-01-01T07:00:00Z"},
                              {"category", "SignInLogs"},
                              {"tenantId", "t9"},
                              {"properties", sign_in()}};
    const auto event = event_of("directory_audits", wrapped.dump());
    CHECK(event["class_uid"] == 3002);
    CHECK(at(event, "/metadata/tenant_uid") == "t9");
  }

  TEST_CASE("the activity of the directory says the class") {
    CHECK(directory("Add user", to_user)["type_uid"] == 300101);
    const auto disabled = directory("Disable account", to_user);
    CHECK(disabled["type_uid"] == 300105);
    CHECK(at(disabled, "/user_result/account/is_disabled") == true);
    CHECK(directory("Update user", to_user)["activity_name"] == "Update user");
    CHECK(directory("Consent to application",
                    R"(,"targetResources":[{"id":"a","type":"ServicePrincipal",)"
                    R"("displayName":"MailHelper"}])")["severity"] == "Medium");
    CHECK(directory("Set domain authentication")["type_uid"] == 300403);
  }

  TEST_CASE("a role and a group are found among targets or in what was changed") {
    const auto role = directory(
        "Add member to role completed (PIM activation)",
        R"(,"targetResources":[{"id":"u1","type":"User","userPrincipalName":"a@b.example",)"
        R"("modifiedProperties":[{"displayName":"Role.DisplayName","oldValue":null,)"
        R"("newValue":"\"Global Administrator\""}]}])");
    CHECK(role["type_uid"] == 300501);
    CHECK(role["privileges"] == json{"Global Administrator"});
    CHECK(role["severity"] == "Medium");
    const auto group = directory(
        "Add member to group",
        R"(,"targetResources":[{"id":"u1","type":"User","displayName":"Adele",)"
        R"("modifiedProperties":[{"displayName":"Group.ObjectID","newValue":"\"g1\""}]}])");
    CHECK(group["type_uid"] == 300603);
    CHECK(at(group, "/group/uid") == "g1");
    CHECK(at(group, "/user/name") == "Adele");
  }

  TEST_CASE("an activity without the target its class demands is kept as one about an entity") {
    const auto event = directory("Delete user");
    CHECK(event["class_uid"] == 3004);
    CHECK(event["activity_name"] == "Delete user");
    CHECK(at(event, "/entity/name") == "Delete user");
  }

  TEST_CASE("a risk is a finding about a user, closed when it is dealt with") {
    auto record = json::parse(R"({"id":"r1","requestId":"s1","correlationId":"c",
      "riskEventType":"unfamiliarFeatures","riskState":"atRisk","riskLevel":"medium",
      "riskDetail":"none","source":"IdentityProtection","ipAddress":"192.0.2.1",
      "detectedDateTime":"2026-01-01T07:00:00Z","lastUpdatedDateTime":"2026-01-01T07:00:00Z",
      "userId":"u1","userPrincipalName":"adele@contoso.example",
      "location":{"countryOrRegion":"DE"}})");
    const auto event = event_of("risk_detections", record.dump());
    CHECK(event["activity_name"] == "Create");
    CHECK(event["severity"] == "Medium");
    CHECK(event["risk_level"] == "Medium");
    CHECK(at(event, "/evidences/0/user/uid") == "u1");
    CHECK(at(event, "/finding_info/related_events/0/uid") == "s1");
    record["riskState"] = "confirmedSafe";
    record["riskLevel"] = "hidden";
    const auto safe = event_of("risk_detections", record.dump());
    CHECK(safe["activity_name"] == "Close");
    CHECK(safe["status"] == "Suppressed");
    CHECK(safe["verdict"] == "False Positive");
    CHECK(safe["severity"] == "Unknown");
    const auto user = event_of("risky_users",
                               R"({"id":"u1","riskState":"atRisk","riskLevel":"high",)"
                               R"("userPrincipalName":"adele@contoso.example",)"
                               R"("riskLastUpdatedDateTime":"2026-01-01T07:00:00Z"})");
    CHECK(user["severity"] == "High");
    CHECK(at(user, "/resources/0/name") == "adele@contoso.example");
  }
}
