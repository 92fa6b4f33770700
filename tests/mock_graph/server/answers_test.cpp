#include "core/seams/idle_loop.hpp"
#include "mock_graph/server/mock_tenant.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace mock_graph;
using nlohmann::json;

namespace {

const auto tenant_id = std::string("3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21");
const auto client_id = std::string("0b6e2f4a-93c1-4d57-8a2e-7f1c5d9b3e60");
const auto graph_root = std::string("https://graph.microsoft.com");
constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

auto contoso() -> server::script {
  auto out = server::script();
  out.state.tenant_id = tenant_id;
  out.state.start = start;
  auto app = tenant::application();
  app.client_id = client_id;
  app.secrets.push_back({"main", "id", "the-secret"});
  for (const auto* role : {"SecurityAlert.Read.All", "ThreatHunting.Read.All"}) {
    app.grants.push_back({graph_root, role});
  }
  out.state.applications.push_back(std::move(app));
  return out;
}

/// A tenant, and a client that signs in before it asks.
struct conversation {
  auto send(const std::string& method, const std::string& url, const std::string& body = "")
      -> seams::response {
    auto query = seams::request{method, url, {{"Authorization", "Bearer " + token()}}, body};
    return mock.answer(query).response;
  }

  auto token(const std::string& scope = "https%3A%2F%2Fgraph.microsoft.com%2F.default")
      -> std::string {
    const auto login =
        seams::request{"POST",
                       "https://login.microsoftonline.com/" + tenant_id + "/oauth2/v2.0/token",
                       {{"Content-Type", "application/x-www-form-urlencoded"}},
                       "grant_type=client_credentials&client_id=" + client_id +
                           "&client_secret=the-secret&scope=" + scope};
    return json::parse(mock.answer(login).response.body)["access_token"];
  }

  auto context_of(const std::string& method, const std::string& url, const std::string& body = "")
      -> std::string {
    return json::parse(send(method, url, body).body).value("@odata.context", "");
  }

  login::signing_key key = login::signing_key::generate().value();
  seams::virtual_clock time{start};
  server::mock_tenant mock{contoso(), time, key};
};

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
      CHECK(talk.context_of("GET", root + "/security/alerts_v2") ==
            root + "/$metadata#security/alerts_v2");
      CHECK(talk.context_of("POST", root + "/security/runHuntingQuery", query) ==
            root + "/$metadata#microsoft.graph.security.huntingQueryResults");
    }
  }

  TEST_CASE("the root of a version is its service document, other paths are no segments") {
    auto talk = conversation();
    const auto answer = talk.send("GET", graph_root + "/v1.0/");
    CHECK(answer.status == 200);
    const auto body = json::parse(answer.body);
    CHECK(body["@odata.context"] == graph_root + "/v1.0/$metadata");
    CHECK(body["value"].size() == 8);
    const auto batch = talk.send("POST", graph_root + "/v1.0/$batch", "{}");
    CHECK(batch.status == 400);
    CHECK(batch.body.find("segment '$batch'") != std::string::npos);
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
