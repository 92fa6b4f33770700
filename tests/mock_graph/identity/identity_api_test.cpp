#include "tests/mock_graph/identity/identity_model.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

constexpr auto sign_ins = "auditLogs/signIns";
constexpr auto audits = "auditLogs/directoryAudits";
constexpr auto detections = "identityProtection/riskDetections";
constexpr auto users = "identityProtection/riskyUsers";

} // namespace

TEST_SUITE("identity_api") {
  TEST_CASE("a sign-in is listed once its delay has passed, newest first unless asked otherwise") {
    auto graph = identity_model({sign_in_at(10min, "a"), sign_in_at(20min, "b")});
    CHECK(graph.list(14min, sign_ins).size() == 0);
    CHECK(graph.list(15min, sign_ins).size() == 1);
    const auto newest = graph.list(1h, sign_ins);
    REQUIRE(newest.size() == 2);
    CHECK(newest[0]["createdDateTime"] == "2026-03-10T00:20:00Z");
    const auto oldest =
        graph.list(2h,
                   std::string(sign_ins) + "?$filter=createdDateTime ge 2026-03-10T00:00:00Z"
                                           "&$orderby=createdDateTime asc");
    CHECK(oldest[0]["createdDateTime"] == "2026-03-10T00:10:00Z");
  }

  TEST_CASE("pages of sign-ins follow $skiptoken to the end while more arrive") {
    auto state = contoso();
    state.pages.sign_ins = 4;
    auto graph = identity_model({sign_in_at(0h, "many", 10), sign_in_at(2h, "later")}, state);
    auto seen = std::set<std::string>();
    auto path = std::string(sign_ins);
    auto at = seams::duration{1h};
    for (auto page = 0; page < 5 && !path.empty(); ++page) {
      const auto body = json::parse(graph.ask(at, path).body);
      for (const auto& one : body["value"]) {
        CHECK(seen.insert(one["id"].get<std::string>()).second);
      }
      const auto next = body.value("@odata.nextLink", std::string());
      CHECK((next.empty() || next.find("$skiptoken=") != std::string::npos));
      path = next.empty() ? "" : next.substr(next.find("/v1.0/") + 6);
      at += 1h;
    }
    CHECK(seen.size() == 10);
  }

  TEST_CASE("what v1.0 does not have is refused by name") {
    auto graph = identity_model({});
    CHECK(graph.refused(1min, std::string(sign_ins) + "?$filter=signInEventTypes eq 'x'") ==
          "400 BadRequest: Invalid filter clause: Could not find a property named "
          "'signInEventTypes' on type 'microsoft.graph.signIn'.");
    CHECK(graph.ask(2min, std::string(sign_ins) + "?$orderby=userId").status == 400);
    CHECK(graph.ask(3min, sign_ins, "POST").status == 405);
  }

  TEST_CASE("nested members can be filtered by") {
    auto event = sign_in_at(1min, "bad");
    std::get<tenant::sign_in>(event.what).error_code = 50126;
    auto graph = identity_model({event, sign_in_at(2min, "good")});
    CHECK(graph.list(1h, std::string(sign_ins) + "?$filter=status/errorCode eq 50126").size() == 1);
  }

  TEST_CASE("each list asks for its own role, in its own words") {
    auto graph = identity_model({});
    graph.roles = {"User.Read.All"};
    const auto logs = "403 Authentication_MSGraphPermissionMissing: The principal does not have "
                      "required Microsoft Graph permission(s): AuditLog.Read.All";
    CHECK(graph.refused(1min, sign_ins) == logs);
    CHECK(graph.refused(2min, audits) == logs);
    const auto risk = "403 Forbidden: You cannot perform the requested operation, required scopes "
                      "are missing in the token.";
    CHECK(graph.refused(3min, detections) == risk);
    CHECK(graph.refused(4min, users) == risk);
    graph.roles = {"Directory.Read.All"};
    CHECK(graph.ask(5min, audits).status == 200);
  }

  TEST_CASE("older tenants want Directory.Read.All for sign-ins as well") {
    auto state = contoso();
    state.choice_of_readings.sign_ins_need_directory_role = true;
    auto graph = identity_model({}, state);
    CHECK(graph.refused(1min, sign_ins) ==
          "403 Authentication_ApplicationHasNoDirectoryReadAccess: "
          "Failed to do premium license check from ADGraph");
    graph.roles.emplace_back("Directory.Read.All");
    CHECK(graph.ask(2min, sign_ins).status == 200);
  }

  TEST_CASE("without a premium licence there are no sign-ins and no risk, but audits") {
    auto state = contoso();
    state.entra = tenant::entra_licence::free;
    auto graph = identity_model({sign_in_at(1min, "a"), risk_at(1min, "r", "high")}, state);
    CHECK(graph.refused(1h, sign_ins) ==
          "403 Authentication_RequestFromNonPremiumTenantOrB2CTenant: Neither tenant is B2C or "
          "tenant doesn't have premium license");
    CHECK(graph.ask(2h, detections).status == 403);
    CHECK(graph.ask(3h, users).status == 403);
    CHECK(graph.ask(4h, audits).status == 200);
    CHECK(graph.book.entries().empty());
  }

  TEST_CASE("P1 hides what a risk is and who is risky") {
    auto state = contoso();
    state.entra = tenant::entra_licence::p1;
    auto event = sign_in_at(1min, "a");
    std::get<tenant::sign_in>(event.what).risk_level = "high";
    auto graph = identity_model({event, risk_at(1min, "r", "high")}, state);
    const auto found = graph.list(1h, detections);
    REQUIRE(found.size() == 1);
    CHECK(found[0]["riskEventType"] == "generic");
    CHECK(found[0]["riskLevel"] == "hidden");
    CHECK(graph.list(2h, sign_ins)[0]["riskLevelAggregated"] == "hidden");
    CHECK(graph.ask(3h, users).status == 403);
  }

  TEST_CASE("pages of risk are at most 500, and more is refused") {
    auto graph = identity_model({});
    CHECK(graph.ask(1min, std::string(detections) + "?$top=500").status == 200);
    CHECK(graph.refused(2min, std::string(users) + "?$top=1000") ==
          "400 BadRequest: Invalid page size specified: '1000'. Must be between 1 and 500 "
          "inclusive.");
    CHECK(graph.ask(3min, std::string(sign_ins) + "?$top=5000").status == 200);
  }

  TEST_CASE("five requests in ten seconds are served, the sixth is not, and no pause is named") {
    auto graph = identity_model({});
    for (auto i = 0; i < 5; ++i) {
      CHECK(graph.ask(i * 1s, i % 2 == 0 ? sign_ins : audits).status == 200);
    }
    const auto sixth = graph.ask(9s, sign_ins);
    CHECK(sixth.status == 429);
    CHECK_FALSE(sixth.fields.find("Retry-After").has_value());
    CHECK(graph.ask(10s, sign_ins).status == 429);
    CHECK(graph.ask(30s, sign_ins).status == 200);
  }

  TEST_CASE("both risk lists share one request a second") {
    auto graph = identity_model({});
    CHECK(graph.ask(0s, detections).status == 200);
    CHECK(graph.ask(500ms, users).status == 429);
    CHECK(graph.ask(1500ms, users).status == 200);
  }

  TEST_CASE("one entry can be asked for by its id") {
    auto graph = identity_model({risk_at(1min, "r", "low")});
    CHECK(json::parse(graph.ask(1h, std::string(users) + "/id-dana").body)["riskLevel"] == "low");
    CHECK(graph.ask(2h, std::string(users) + "/nobody").status == 404);
  }
}
