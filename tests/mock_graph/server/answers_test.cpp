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

  auto token() -> std::string {
    const auto login = seams::request{
        "POST",
        "https://login.microsoftonline.com/" + tenant_id + "/oauth2/v2.0/token",
        {{"Content-Type", "application/x-www-form-urlencoded"}},
        "grant_type=client_credentials&client_id=" + client_id +
            "&client_secret=the-secret&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"};
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

  TEST_CASE("an alert that is not there is a 404") {
    auto talk = conversation();
    const auto answer = talk.send("GET", graph_root + "/v1.0/security/alerts_v2/none");
    CHECK(answer.status == 404);
    CHECK(json::parse(answer.body)["error"]["code"] == "ResourceNotFound");
  }
}
