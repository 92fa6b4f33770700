#include "tests/mock_graph/identity/identity_model.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto change(seams::duration at, const std::string& of, const std::string& state) -> tenant::event {
  return {start + at, "t.toml:3", tenant::risk_change{of, state, "none"}};
}

auto directory_change(const std::string& activity) -> tenant::event {
  auto what = tenant::directory_change();
  what.id = "c";
  what.activity = activity;
  what.by_user = "omar";
  auto who = tenant::directory_target();
  who.user = "dana";
  who.new_values = {{"Role.DisplayName", "Security Reader"},
                    {"AccountEnabled", json::array({true})}};
  who.old_values = {{"AccountEnabled", json::array({false})}};
  what.targets.push_back(who);
  return {start, "t.toml:4", what};
}

} // namespace

TEST_SUITE("identity_book") {
  TEST_CASE("a sign-in joins user, device and place, its user's name in lower case") {
    auto event = sign_in_at(0h, "a");
    auto& what = std::get<tenant::sign_in>(event.what);
    what.device = "laptop";
    what.risk_events = {"unfamiliarFeatures", "anomalousToken"};
    auto graph = identity_model({event});
    const auto got = graph.list(1h, "auditLogs/signIns")[0];
    CHECK(got["userPrincipalName"] == "dana.oak@contoso.com");
    CHECK(got["userId"] == "id-dana");
    CHECK(got["ipAddress"] == "198.51.100.7");
    CHECK(got["deviceDetail"]["displayName"] == "laptop");
    CHECK(got["deviceDetail"]["isManaged"] == true);
    CHECK(got["status"]["errorCode"] == 0);
    CHECK(got["riskEventTypes"] == json::array({"unfamiliarFeatures"}));
    CHECK(got["riskEventTypes_v2"].size() == 2);
    CHECK_FALSE(got.contains("appliedConditionalAccessPolicies"));
  }

  TEST_CASE("an unknown device has an empty id, and sign-ins in the background are not listed") {
    auto silent = sign_in_at(1min, "silent");
    std::get<tenant::sign_in>(silent.what).interactive = false;
    auto graph = identity_model({sign_in_at(0h, "a"), silent});
    const auto got = graph.list(1h, "auditLogs/signIns");
    REQUIRE(got.size() == 1);
    CHECK(got[0]["deviceDetail"]["deviceId"] == "");
  }

  TEST_CASE("values of modified properties are JSON text inside a string") {
    auto graph = identity_model({directory_change("Add member to role")});
    const auto got = graph.list(1h, "auditLogs/directoryAudits")[0];
    CHECK(got["category"] == "RoleManagement");
    CHECK(got["operationType"] == "Assign");
    CHECK(got["id"].get<std::string>().starts_with("Directory_"));
    CHECK(got["initiatedBy"]["user"]["userPrincipalName"] == "omar@contoso.com");
    CHECK(got["initiatedBy"]["app"].is_null());
    const auto properties = got["targetResources"][0]["modifiedProperties"];
    REQUIRE(properties.size() == 2);
    CHECK(properties[0]["oldValue"] == "[false]");
    CHECK(properties[0]["newValue"] == "[true]");
    CHECK(properties[1]["oldValue"].is_null());
    CHECK(properties[1]["newValue"] == "\"Security Reader\"");
  }

  TEST_CASE("category and operation follow from the activity") {
    for (const auto& [activity, category, operation] :
         {std::tuple{"Add user", "UserManagement", "Add"},
          std::tuple{"Update user", "UserManagement", "Update"},
          std::tuple{"Delete group", "GroupManagement", "Delete"},
          std::tuple{"Consent to application", "ApplicationManagement", "Assign"}}) {
      auto graph = identity_model({directory_change(activity)});
      const auto got = graph.list(1h, "auditLogs/directoryAudits")[0];
      CHECK(got["category"] == category);
      CHECK(got["operationType"] == operation);
    }
  }

  TEST_CASE("a risk names its sign-in, and each change is a version of risk and user") {
    auto risk = risk_at(5min, "r", "high");
    std::get<tenant::risk>(risk.what).sign_in = "a";
    auto graph = identity_model({sign_in_at(0h, "a"), risk, change(2h, "r", "dismissed")});
    const auto before = graph.list(1h, "identityProtection/riskDetections")[0];
    const auto sign_in = graph.list(61min, "auditLogs/signIns")[0];
    CHECK(before["requestId"] == sign_in["id"]);
    CHECK(before["activityDateTime"] == "2026-03-10T00:00:00Z");
    CHECK(before["riskState"] == "atRisk");
    CHECK(graph.list(63min, "identityProtection/riskyUsers")[0]["riskLevel"] == "high");
    const auto after = graph.list(3h, "identityProtection/riskDetections")[0];
    CHECK(after["id"] == before["id"]);
    CHECK(after["riskState"] == "dismissed");
    CHECK(after["lastUpdatedDateTime"] == "2026-03-10T02:00:00Z");
    CHECK(after["detectedDateTime"] == before["detectedDateTime"]);
    const auto user = graph.list(4h, "identityProtection/riskyUsers")[0];
    CHECK(user["riskState"] == "dismissed");
    CHECK(user["riskLevel"] == "none");
  }

  TEST_CASE("a user is as risky as the worst risk that is still open") {
    auto graph = identity_model({risk_at(0h, "low", "low"),
                                 risk_at(1min, "high", "high"),
                                 change(2h, "high", "remediated"),
                                 change(4h, "low", "confirmedCompromised")});
    const auto user = [&](seams::duration at) {
      return graph.list(at, "identityProtection/riskyUsers")[0];
    };
    CHECK(user(1h)["riskLevel"] == "high");
    CHECK(user(3h)["riskLevel"] == "low");
    CHECK(user(3h + 1min)["riskState"] == "atRisk");
    CHECK(user(5h)["riskState"] == "confirmedCompromised");
  }

  TEST_CASE("the ledger knows every version before anybody asks") {
    auto graph = identity_model({risk_at(0h, "r", "low"), change(1h, "r", "dismissed")});
    graph.owner.advance(start + 2h);
    const auto& entries = graph.book.entries();
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].feed == "risk_detections");
    CHECK(entries[0].version == "2026-03-10T00:00:00Z");
    CHECK(entries[2].version == "2026-03-10T01:00:00Z");
    CHECK(entries[3].feed == "risky_users");
    CHECK(entries[3].key == "id-dana");
  }

  TEST_CASE("who was disabled does not come in until he is enabled, and his own failures stay") {
    const auto switched = [](seams::duration at, tenant::user_change::act what) {
      return tenant::event{start + at, "t.toml:9", tenant::user_change{{"dana"}, what}};
    };
    auto wrong = sign_in_at(3h, "wrong");
    std::get<tenant::sign_in>(wrong.what).error_code = 50126;
    auto graph = identity_model({switched(1h, tenant::user_change::act::disabled),
                                 sign_in_at(2h, "outside"),
                                 wrong,
                                 switched(4h, tenant::user_change::act::enabled),
                                 sign_in_at(5h, "inside")});
    const auto all = graph.list(8h, "auditLogs/signIns?$orderby=createdDateTime asc");
    REQUIRE(all.size() == 3);
    CHECK(all[0]["status"]["errorCode"] == 50057);
    CHECK(all[0]["status"]["failureReason"] == "The user account is disabled.");
    CHECK(all[1]["status"]["errorCode"] == 50126);
    CHECK(all[2]["status"]["errorCode"] == 0);
  }

  TEST_CASE("a revoked session fails once, then a new one begins; other places begin at once") {
    auto elsewhere = sign_in_at(5h, "elsewhere");
    std::get<tenant::sign_in>(elsewhere.what).ip = "192.0.2.1";
    const auto ended = [](seams::duration at, tenant::user_change::act what) {
      return tenant::event{start + at, "t.toml:9", tenant::user_change{{"dana"}, what}};
    };
    auto graph = identity_model({sign_in_at(1h, "first"),
                                 ended(2h, tenant::user_change::act::sessions_revoked),
                                 sign_in_at(3h, "revoked"),
                                 sign_in_at(4h, "anew"),
                                 elsewhere,
                                 ended(6h, tenant::user_change::act::password_reset),
                                 sign_in_at(7h, "old-password")});
    const auto all = graph.list(9h, "auditLogs/signIns?$orderby=createdDateTime asc");
    auto codes = std::vector<int>();
    for (const auto& one : all) {
      codes.push_back(one["status"]["errorCode"].get<int>());
    }
    CHECK(codes == std::vector<int>{0, 50133, 0, 0, 50132});
  }
}
