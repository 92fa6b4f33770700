#include "tests/mock_graph/server/conversation.hpp"

using namespace server_tests;

namespace {

auto context_of(conversation& talk,
                const std::string& method,
                const std::string& url,
                const std::string& body = "") -> std::string {
  return json::parse(talk.send(method, url, body).body).value("@odata.context", "");
}

} // namespace

TEST_SUITE("mock_tenant") {
  TEST_CASE("every answer is dated by the tenant's clock, refusals and misfits too") {
    auto talk = conversation();
    for (const auto& url : {graph_root + "/v1.0/security/alerts_v2",
                            graph_root + "/v1.0/security/incidents",
                            std::string("https://nobody.example/"),
                            std::string("ftp://")}) {
      CAPTURE(url);
      CHECK(talk.send("GET", url).fields.find("Date") == "Tue, 10 Mar 2026 00:00:00 GMT");
    }
  }

  TEST_CASE("the context of an answer has the version that was asked for") {
    auto talk = conversation();
    const auto query = std::string(R"({"Query":"UrlClickEvents"})");
    for (const auto* version : {"/v1.0", "/beta"}) {
      const auto root = graph_root + version;
      CHECK(context_of(talk, "GET", root + "/security/alerts_v2") ==
            root + "/$metadata#security/alerts_v2");
      CHECK(context_of(talk, "POST", root + "/security/runHuntingQuery", query) ==
            root + "/$metadata#microsoft.graph.security.huntingQueryResults");
    }
  }

  TEST_CASE("the root of a version is its service document, other paths are no segments") {
    auto talk = conversation();
    const auto answer = talk.send("GET", graph_root + "/v1.0/");
    CHECK(answer.status == 200);
    const auto body = json::parse(answer.body);
    CHECK(body["@odata.context"] == graph_root + "/v1.0/$metadata");
    CHECK(body["value"].size() == 10);
    for (const auto* path : {"/v1.0/me", "/v1.0/v1.0/users", "/v1.0/security/labels"}) {
      const auto other = talk.send("GET", graph_root + path);
      CHECK(other.status == 400);
      const auto segment = std::string(path) == "/v1.0/me"           ? "me"
                           : std::string(path) == "/v1.0/v1.0/users" ? "v1.0"
                                                                     : "labels";
      CHECK(other.body.find("segment '" + std::string(segment) + "'") != std::string::npos);
    }
  }

  TEST_CASE("the Reporting Web Service answers a foreign token with the page of its web server") {
    auto talk = conversation();
    const auto answer = talk.send(
        "GET", "https://reports.office365.com/ecp/reportingwebservice/reporting.svc/MessageTrace");
    CHECK(answer.status == 401);
    CHECK(answer.fields.find("Content-Type") == "text/html");
    CHECK(answer.body.find("<title>401 - Unauthorized: Access is denied") != std::string::npos);
  }

  TEST_CASE("Resource Manager words its 401 in its own envelope") {
    auto talk = conversation();
    const auto url = std::string("https://management.azure.com/subscriptions/s/providers/") +
                     "microsoft.insights/eventtypes/management/values?api-version=2015-04-01";
    const auto foreign = talk.send("GET", url);
    CHECK(foreign.status == 401);
    const auto error = json::parse(foreign.body)["error"];
    CHECK(error["code"] == "InvalidAuthenticationTokenAudience");
    CHECK(error["message"].get<std::string>().find("resource '" + graph_root + "'") !=
          std::string::npos);
    const auto bare = talk.mock.answer({"GET", url, {}, {}}).response;
    CHECK(json::parse(bare.body)["error"]["code"] == "AuthenticationFailed");
  }

  TEST_CASE("Resource Manager names both tenants to a token of another one") {
    auto talk = conversation();
    auto script = contoso();
    script.state.tenant_id = "91d4c7e0-2b6a-4f35-8c19-6a0e3d5b7f82";
    auto elsewhere = server::mock_tenant(script, talk.time, talk.key);
    const auto token = talk.token("https%3A%2F%2Fmanagement.azure.com%2F.default");
    const auto answer = elsewhere
                            .answer({"GET",
                                     "https://management.azure.com/subscriptions/s",
                                     {{"Authorization", "Bearer " + token}},
                                     {}})
                            .response;
    CHECK(answer.status == 401);
    const auto error = json::parse(answer.body)["error"];
    CHECK(error["code"] == "InvalidAuthenticationTokenTenant");
    for (const auto& tenant : {tenant_id, script.state.tenant_id}) {
      CHECK(error["message"].get<std::string>().find("'https://sts.windows.net/" + tenant + "/'") !=
            std::string::npos);
    }
  }

  TEST_CASE("Resource Manager says when a token expired, in its own form of times") {
    auto talk = conversation();
    const auto url = std::string("https://management.azure.com/subscriptions/s");
    const auto token = talk.token("https%3A%2F%2Fmanagement.azure.com%2F.default");
    const auto afternoon = seams::virtual_clock(start + std::chrono::hours{13});
    auto mock = server::mock_tenant(contoso(), afternoon, talk.key);
    const auto late =
        mock.answer({"GET", url, {{"Authorization", "Bearer " + token}}, {}}).response;
    CHECK(late.status == 401);
    const auto error = json::parse(late.body)["error"];
    CHECK(error["code"] == "ExpiredAuthenticationToken");
    CHECK(error["message"].get<std::string>().ends_with(
        "is earlier than current UTC time '3/10/2026 1:00:00 PM'."));
  }

  TEST_CASE("an alert that is not there is a 404") {
    auto talk = conversation();
    const auto answer = talk.send("GET", graph_root + "/v1.0/security/alerts_v2/none");
    CHECK(answer.status == 404);
    CHECK(json::parse(answer.body)["error"]["code"] == "ResourceNotFound");
  }
}
