#include "mock_graph/login/discovery.hpp"
#include "tests/mock_graph/login/login_world.hpp"

#include <doctest/doctest.h>

using namespace login_tests;

namespace {

const auto local = std::string("https://localhost:8443/");
const auto world_wide = std::string("https://login.microsoftonline.com/");

auto instance_url(const std::string& inner) -> std::string {
  return "common/discovery/instance?api-version=1.1&authorization_endpoint=" + inner;
}

} // namespace

TEST_SUITE("login/discovery") {
  TEST_CASE("the v2 configuration points at where it was asked") {
    auto world = asker();
    const auto answer = world.visit(local + "contoso.com/v2.0/.well-known/openid-configuration");
    REQUIRE(answer.what.response.status == 200);
    const auto body = body_of(answer);
    const auto root = local + contoso;
    CHECK(body.at("token_endpoint") == root + "/oauth2/v2.0/token");
    CHECK(body.at("authorization_endpoint") == root + "/oauth2/v2.0/authorize");
    CHECK(body.at("jwks_uri") == root + "/discovery/v2.0/keys");
    CHECK(body.at("issuer") == root + "/v2.0");
    CHECK(body.at("tenant_region_scope") == "EU");
    CHECK(body.at("msgraph_host") == "graph.microsoft.com");
    CHECK(body.at("subject_types_supported") == nlohmann::json{"pairwise"});
    CHECK(body.at("token_endpoint_auth_methods_supported").size() == 3);
    CHECK(answer.what.response.fields.find("Cache-Control") == "max-age=86400, private");
    CHECK(answer.note.subject == "openid_configuration");
    CHECK(answer.note.tenant_id == contoso);
  }

  TEST_CASE("the documents' own addresses are served") {
    auto world = asker();
    for (const auto* path : {"contoso.com/v2.0/.well-known/openid-configuration",
                             "contoso.com/.well-known/openid-configuration"}) {
      const auto body = body_of(world.visit(local + path));
      const auto keys = body_of(world.visit(body.at("jwks_uri").get<std::string>()));
      CHECK(keys.at("keys").at(0).at("kid") == the_key().kid());
      CHECK(keys.at("keys").at(0).at("issuer") == local + "{tenantid}/v2.0");
      const auto url = body.at("token_endpoint").get<std::string>();
      auto form = usual_fields();
      if (url.find("v2.0") == std::string::npos) {
        form = with(with(form, "scope", "-"), "resource", "https://graph.microsoft.com");
      }
      CHECK(world.send(token_request(url, form)).what.response.status == 200);
    }
  }

  TEST_CASE("the v1 configuration has the v1 paths and issuer") {
    auto world = asker();
    const auto body =
        body_of(world.visit(local + std::string(contoso) + "/.well-known/openid-configuration"));
    CHECK(body.at("token_endpoint") == local + contoso + "/oauth2/token");
    CHECK(body.at("issuer") == "https://sts.windows.net/" + std::string(contoso) + "/");
  }

  TEST_CASE("the common document leaves the tenant open") {
    auto world = asker();
    const auto body =
        body_of(world.visit(world_wide + "common/v2.0/.well-known/openid-configuration"));
    CHECK(body.at("issuer") == world_wide + "{tenantid}/v2.0");
    CHECK(body.at("token_endpoint") == world_wide + "common/oauth2/v2.0/token");
    CHECK(body.at("tenant_region_scope").is_null());
    CHECK(world.visit(world_wide + "common/discovery/keys").what.response.status == 200);
  }

  TEST_CASE("an unknown tenant is invalid_tenant with 400, cached for a day") {
    auto world = asker();
    for (const auto* path : {"no.example/v2.0/.well-known/openid-configuration",
                             "no.example/.well-known/openid-configuration",
                             "no.example/discovery/v2.0/keys",
                             "bbbbbbbb-0000-4000-8000-000000000002/discovery/keys"}) {
      const auto answer = world.visit(world_wide + path);
      CHECK(summary(answer).starts_with("400 invalid_tenant AADSTS90002: Tenant '"));
      CHECK(answer.what.response.fields.find("Cache-Control") == "max-age=86400, private");
      CHECK(answer.note.outcome == "AADSTS90002");
    }
  }

  TEST_CASE("instance discovery knows Microsoft's hosts, encoded or not") {
    auto world = asker();
    const auto raw = instance_url("https://login.windows.net/contoso.com/oauth2/v2.0/authorize");
    const auto encoded = "common/discovery/instance?authorization_endpoint=https%3A%2F%2Flogin."
                         "microsoftonline.com%2Fcommon%2Foauth2%2Fauthorize&api-version=1.0";
    const auto first = body_of(world.visit(world_wide + raw));
    CHECK(first.at("tenant_discovery_endpoint") ==
          "https://login.windows.net/contoso.com/v2.0/.well-known/openid-configuration");
    CHECK(first.at("api-version") == "1.1");
    CHECK(first.at("metadata").size() == 4);
    CHECK(first.at("metadata").at(0) ==
          nlohmann::json{{"preferred_network", "login.microsoftonline.com"},
                         {"preferred_cache", "login.windows.net"},
                         {"aliases",
                          {"login.microsoftonline.com",
                           "login.windows.net",
                           "login.microsoft.com",
                           "sts.windows.net"}}});
    const auto second = body_of(world.visit(world_wide + encoded));
    CHECK(second.at("api-version") == "1.0");
    CHECK(second.at("tenant_discovery_endpoint") ==
          world_wide + "common/v2.0/.well-known/openid-configuration");
  }

  TEST_CASE("a mock on its own host points clients at itself") {
    auto world = asker();
    const auto own =
        body_of(world.visit(local + instance_url(local + "contoso.com/oauth2/v2.0/authorize")));
    CHECK(own.at("tenant_discovery_endpoint") ==
          local + "contoso.com/v2.0/.well-known/openid-configuration");
    CHECK(own.at("metadata").size() == 5);
    CHECK(own.at("metadata").at(4).at("aliases") == nlohmann::json{"localhost:8443"});
    const auto known = body_of(world.visit(
        local + instance_url("https://login.microsoftonline.com/contoso.com/oauth2/authorize")));
    CHECK(known.at("tenant_discovery_endpoint") ==
          local + "contoso.com/v2.0/.well-known/openid-configuration");
  }

  TEST_CASE("hosts that the options name are known at Microsoft's host too") {
    auto world = asker({.own_authorities = {"localhost:8443"}});
    const auto url = world_wide + instance_url(local + "contoso.com/oauth2/v2.0/authorize");
    CHECK(body_of(world.visit(url)).at("tenant_discovery_endpoint") ==
          local + "contoso.com/v2.0/.well-known/openid-configuration");
  }

  TEST_CASE("an unknown host is an invalid instance") {
    auto world = asker();
    const auto answer =
        world.visit(world_wide + instance_url("https://evil.example/contoso.com/authorize"));
    CHECK(summary(answer) == "400 invalid_instance AADSTS50049: Unknown or invalid instance.");
    CHECK(body_of(answer).at("error_uri") == "https://login.microsoftonline.com/error?code=50049");
    for (const auto* inner : {"", "nonsense", "https://login.microsoftonline.com"}) {
      CHECK(body_of(world.visit(world_wide + instance_url(inner))).at("error_codes").at(0) ==
            50049);
    }
    CHECK(body_of(world.visit(world_wide + "common/discovery/instance")).at("error_codes").at(0) ==
          900144);
  }
}
