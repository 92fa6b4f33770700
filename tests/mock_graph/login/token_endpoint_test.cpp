#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/token_endpoint.hpp"
#include "tests/mock_graph/login/login_world.hpp"

#include <doctest/doctest.h>

using namespace login_tests;
using namespace std::chrono_literals;

namespace {

const auto graph_scope = std::string("https://graph.microsoft.com/.default");

auto with_scope(const std::string& scope) -> fields {
  return with(usual_fields(), "scope", scope);
}

} // namespace

TEST_SUITE("login/token_endpoint") {
  TEST_CASE("v2 answers numbers and exactly the documented fields") {
    auto world = asker();
    const auto answer = world.v2(usual_fields());
    REQUIRE(answer.what.response.status == 200);
    const auto body = body_of(answer);
    CHECK(body.size() == 4);
    CHECK(body.at("token_type") == "Bearer");
    CHECK(body.at("expires_in").is_number_integer());
    CHECK(body.at("expires_in") == 3599);
    CHECK(body.at("ext_expires_in") == 3599);
    CHECK(answer.note.outcome == "ok");
    CHECK(answer.note.tenant_id == contoso);
    CHECK(answer.note.client_id == connector);
    CHECK(answer.note.resource == "https://graph.microsoft.com");
    CHECK(answer.note.roles == std::vector<std::string>{"SecurityAlert.Read.All"});
  }

  TEST_CASE("v1 answers its numbers as strings") {
    auto world = asker();
    auto form = with(with(usual_fields(), "scope", "-"), "resource", "https://manage.office.com");
    const auto body = body_of(world.v1(form));
    CHECK(body.size() == 6);
    CHECK(body.at("expires_in") == "3599");
    CHECK(body.at("not_before") == "1773129300");
    CHECK(body.at("expires_on") == "1773133200");
    CHECK(body.at("resource") == "https://manage.office.com");
  }

  TEST_CASE("the token is a v1.0 token with the claims of an app-only one") {
    auto world = asker();
    const auto answer = world.v2(usual_fields());
    const auto text = body_of(answer).at("access_token").get<std::string>();
    const auto token = login::parse_jws(text).value();
    CHECK(login::verify(token, login::jws_algorithm::rs256, the_key().verification_key()));
    CHECK(token.header == nlohmann::json{{"typ", "JWT"},
                                         {"alg", "RS256"},
                                         {"kid", the_key().kid()},
                                         {"x5t", the_key().kid()}});
    auto names = std::string();
    for (const auto& [name, value] : token.claims.items()) {
      names += name + ' ';
    }
    CHECK(names ==
          "aio appid appidacr aud exp iat idp idtyp iss nbf oid rh roles sub tid uti ver ");
    CHECK(token.claims.at("aud") == "https://graph.microsoft.com");
    CHECK(token.claims.at("iss") == "https://sts.windows.net/" + std::string(contoso) + "/");
    CHECK(token.claims.at("idp") == token.claims.at("iss"));
    CHECK(token.claims.at("oid") == principal);
    CHECK(token.claims.at("sub") == principal);
    CHECK(token.claims.at("appid") == connector);
    CHECK(token.claims.at("appidacr") == "1");
    CHECK(token.claims.at("ver") == "1.0");
    CHECK(token.claims.at("idtyp") == "app");
    CHECK(token.claims.at("nbf") == 1773129300); // 300 s back
    CHECK(token.claims.at("iat") == token.claims.at("nbf"));
    CHECK(token.claims.at("exp").get<int>() - token.claims.at("nbf").get<int>() == 3900);
    CHECK(token.claims.at("roles") == nlohmann::json{"SecurityAlert.Read.All"});
  }

  TEST_CASE("roles are those granted at that very moment, and absent when there are none") {
    auto world = asker();
    world.now = start() + 1h - seams::duration(1);
    CHECK(claims_of(world.v2(usual_fields())).at("roles").size() == 1);
    world.now = start() + 1h;
    CHECK(claims_of(world.v2(usual_fields())).at("roles").size() == 2);
    world.now = start() + 2h;
    CHECK(claims_of(world.v2(usual_fields())).at("roles").size() == 1);
    CHECK_FALSE(claims_of(world.v2(with(usual_fields(), "client_id", faded))).contains("roles"));
    const auto exchange = with_scope("https://outlook.office365.com/.default");
    CHECK_FALSE(claims_of(world.v2(exchange)).contains("roles"));
  }

  TEST_CASE("the audience is written as the request had it") {
    auto world = asker();
    const auto audience = [&](const std::string& scope) {
      return claims_of(world.v2(with_scope(scope))).at("aud").get<std::string>();
    };
    CHECK(audience("https://graph.microsoft.com//.default") == "https://graph.microsoft.com/");
    CHECK(audience("00000003-0000-0000-c000-000000000000/.default") ==
          "00000003-0000-0000-c000-000000000000");
    CHECK(audience("05a65629-4c1b-48c1-a78b-804c4abdd4af/.default") ==
          "05a65629-4c1b-48c1-a78b-804c4abdd4af");
  }

  TEST_CASE("the words of OpenID beside the scope are dropped") {
    auto world = asker();
    CHECK(world.v2(with_scope(graph_scope + " openid offline_access profile email"))
              .what.response.status == 200);
    CHECK(world.v2(with_scope("openid " + graph_scope + "  " + graph_scope)).what.response.status ==
          200);
  }

  TEST_CASE("a tenant goes by GUID or by verified domain, in any case") {
    auto world = asker();
    for (const auto* name :
         {"contoso.com", "Contoso.COM", "AAAAAAAA-0000-4000-8000-000000000001"}) {
      const auto answer = world.v2(usual_fields(), name);
      REQUIRE(answer.what.response.status == 200);
      CHECK(claims_of(answer).at("tid") == contoso);
    }
  }

  TEST_CASE("HTTP Basic stands in for id and secret in the body") {
    auto world = asker();
    auto query = token_request("https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token",
                               with(with(usual_fields(), "client_id", "-"), "client_secret", "-"));
    const auto pair = std::string(connector) + ":Zx8Q~first%2Bsecret%2Fvalue%3D%2541";
    query.fields.add("Authorization", "Basic " + login::base64_encode(pair));
    CHECK(world.send(query).what.response.status == 200);
    query.fields.set("Authorization", "Basic " + login::base64_encode(pair + "x"));
    CHECK(body_of(world.send(query)).at("error_codes").at(0) == 7000215);
  }

  TEST_CASE("a query string on the token URL is ignored but for its correlation id") {
    auto world = asker();
    const auto url = "https://login.microsoftonline.com:443/contoso.com/oauth2/v2.0/token"
                     "?scope=x&client-request-id=" +
                     std::string(correlation);
    auto form = with(usual_fields(), "client-request-id", "-");
    CHECK(world.send(token_request(url, form)).what.response.status == 200);
    form = with(form, "client_secret", "wrong");
    CHECK(body_of(world.send(token_request(url, form))).at("correlation_id") == correlation);
  }

  TEST_CASE("the correlation id is the header's, else the form's, else a new one") {
    auto world = asker();
    auto query = token_request("https://login.microsoftonline.com/contoso.com/oauth2/token",
                               {{"client-request-id", correlation}});
    CHECK(body_of(world.send(query)).at("correlation_id") == correlation);
    query.fields.add("client-request-id", "abcdef01-9abc-4def-8123-456789abcdef");
    CHECK(body_of(world.send(query)).at("correlation_id") ==
          "abcdef01-9abc-4def-8123-456789abcdef");
    query.fields.set("client-request-id", "not a guid");
    query.body = "";
    const auto drawn = body_of(world.send(query)).at("correlation_id").get<std::string>();
    CHECK(login::is_guid(drawn));
    CHECK(body_of(world.send(query)).at("correlation_id") != drawn);
  }

  TEST_CASE("an error body has the fields, order, tail and headers of recorded ones") {
    auto world = asker();
    const auto answer = world.v2(with(usual_fields(), "client_secret", "wrong"));
    const auto& response = answer.what.response;
    const auto trace = std::string(response.fields.find("x-ms-request-id").value());
    CHECK(login::is_guid(trace));
    CHECK(response.body ==
          "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client "
          "secret provided. Ensure the secret being sent in the request is the client secret "
          "value, not the client secret ID, for a secret added to app '" +
              std::string(connector) + "'. Trace ID: " + trace + " Correlation ID: " + correlation +
              " Timestamp: 2026-03-10 08:00:00Z\",\"error_codes\":[7000215],\"timestamp\":"
              "\"2026-03-10 08:00:00Z\",\"trace_id\":\"" +
              trace + "\",\"correlation_id\":\"" + correlation +
              "\",\"error_uri\":\"https://login.microsoftonline.com/error?code=7000215\"}");
    CHECK(response.status == 401);
    CHECK(response.fields.find("Cache-Control") == "no-store, no-cache");
    CHECK(response.fields.find("Content-Type") == "application/json; charset=utf-8");
    CHECK(response.fields.find("Expires") == "-1");
    CHECK(response.fields.find("Pragma") == "no-cache");
    CHECK(response.fields.find("X-Content-Type-Options") == "nosniff");
    CHECK(response.fields.find("x-ms-ests-server") == "2.1.11722.21 - WUS2 ProdSlices");
    CHECK(answer.note.outcome == "AADSTS7000215");
    CHECK(answer.note.trace_id == trace);
  }

  TEST_CASE("error_uri is there only for codes that were seen with it, on the cloud's host") {
    auto world = asker();
    const auto government = token_request("https://login.microsoftonline.us/" +
                                              std::string(fabrikam_gov) + "/oauth2/v2.0/token",
                                          with_scope("https://graph.microsoft.us/.default"));
    CHECK(world.send(government).what.response.status == 200);
    const auto wrong = token_request(government.url, with_scope(graph_scope));
    CHECK(body_of(world.send(wrong)).at("error_uri") ==
          "https://login.microsoftonline.us/error?code=500011");
    const auto bad_grant = with(usual_fields(), "grant_type", "x");
    CHECK_FALSE(body_of(world.v2(bad_grant)).contains("error_uri"));
    const auto zeros = with(usual_fields(), "client_id", "00000000-0000-0000-0000-000000000000");
    CHECK_FALSE(body_of(world.v2(zeros)).contains("error_uri"));
  }

  TEST_CASE("malformed requests are told what is missing") {
    auto world = asker();
    const auto form = usual_fields();
    CHECK(summary(world.v2(with(form, "grant_type", "-"))) ==
          "400 invalid_request AADSTS900144: The request body must contain the following "
          "parameter: 'grant_type'.");
    CHECK(summary(world.v2(with(form, "client_id", "-"))) ==
          "400 invalid_request AADSTS900144: The request body must contain the following "
          "parameter: 'client_id'.");
    CHECK(summary(world.v2(with(form, "scope", "-"))) ==
          "400 invalid_request AADSTS900144: The request body must contain the following "
          "parameter: 'scope'.");
    CHECK(summary(world.v1(form)) ==
          "400 invalid_request AADSTS900144: The request body must contain the following "
          "parameter: 'resource'.");
    CHECK(summary(world.v2(with(form, "grant_type", "magic"))) ==
          "400 unsupported_grant_type AADSTS70003: The app requested an unsupported grant type "
          "'magic'.");
    CHECK(summary(world.v2(with(form, "resource", "https://graph.microsoft.com"))) ==
          "400 invalid_request AADSTS901002: The 'resource' request parameter isn't supported.");
    auto twice = form;
    twice.push_back(form.front());
    CHECK(summary(world.v2(twice)) ==
          "400 invalid_request AADSTS9002313: Invalid request. Request is malformed or invalid.");
  }

  TEST_CASE("a body of another type holds no parameters, another verb is refused") {
    auto world = asker();
    auto query = token_request("https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token",
                               usual_fields());
    query.fields.set("Content-Type", "application/json");
    CHECK(body_of(world.send(query)).at("error_codes").at(0) == 900144);
    query.method = "GET";
    CHECK(summary(world.send(query)) ==
          "400 invalid_request AADSTS900561: The endpoint only accepts POST requests. Received a "
          "GET request.");
  }

  TEST_CASE("scopes are refused by the kind of their fault") {
    auto world = asker();
    CHECK(summary(world.v2(with_scope("https://graph.microsoft.com/User.Read"))) ==
          "400 invalid_scope AADSTS1002012: The provided value for scope "
          "https://graph.microsoft.com/User.Read is not valid. Client credential flows must have a "
          "scope value with /.default suffixed to the resource identifier (application ID URI).");
    CHECK(body_of(world.v2(with_scope("openid"))).at("error_codes").at(0) == 1002012);
    CHECK(summary(world.v2(with_scope("/.default"))) ==
          "400 invalid_scope AADSTS70011: The provided value for the input parameter 'scope' is "
          "not valid. The scope /.default is not valid.");
    CHECK(body_of(world.v2(with_scope("\"a\"/.default"))).at("error_codes").at(0) == 70011);
    CHECK(summary(world.v2(with_scope(graph_scope + " https://manage.office.com/.default"))) ==
          "400 invalid_scope AADSTS700022: The provided value for the input parameter 'scope' is "
          "not valid because it contains more than one resource. Scope " +
              graph_scope + " https://manage.office.com/.default is not valid.");
  }

  TEST_CASE("an unknown or unprovisioned resource is invalid_resource") {
    auto world = asker();
    const auto text = std::string(
        " was not found in the tenant named Contoso. This can happen if the application has not "
        "been installed by the administrator of the tenant or consented to by any user in the "
        "tenant. You might have sent your authentication request to the wrong tenant.");
    CHECK(summary(world.v2(with_scope("api://made-up/.default"))) ==
          "400 invalid_resource AADSTS500011: The resource principal named api://made-up" + text);
    world.tenants.missing.insert(login::api::management);
    CHECK(summary(world.v2(with_scope("https://manage.office.com/.default"))) ==
          "400 invalid_resource AADSTS500011: The resource principal named "
          "https://manage.office.com" +
              text);
  }

  TEST_CASE("tenants are refused as unknown, shared, or of another cloud") {
    auto world = asker();
    const auto form = usual_fields();
    CHECK(summary(world.v2(form, "nowhere.example")) ==
          "400 invalid_request AADSTS90002: Tenant 'nowhere.example' not found. Check to make sure "
          "you have the correct tenant ID and are signing into the correct cloud. Check with your "
          "subscription administrator, this may happen if there are no active subscriptions for "
          "the tenant.");
    for (const auto* name : {"common", "consumers", "organizations"}) {
      CHECK(body_of(world.v2(form, name)).at("error_codes").at(0) == 9001023);
    }
    CHECK(summary(world.v2(form, fabrikam_gov)) ==
          "400 invalid_request AADSTS900382: Confidential Client is not supported in Cross Cloud "
          "request.");
    CHECK(body_of(world.v2(form, china_tenant)).at("error_codes").at(0) == 90002);
    const auto abroad = token_request(
        "https://login.microsoftonline.us/" + std::string(contoso) + "/oauth2/v2.0/token", form);
    CHECK(body_of(world.send(abroad)).at("error_codes").at(0) == 90002);
  }

  TEST_CASE("a login on a host of its own serves tenants of every cloud") {
    auto world = asker();
    const auto url = "https://localhost:8443/" + std::string(fabrikam_gov) + "/oauth2/v2.0/token";
    CHECK(world.send(token_request(url, with_scope("https://graph.microsoft.us/.default")))
              .what.response.status == 200);
  }

  TEST_CASE("a GCC tenant logs in worldwide and may ask for its own Management host") {
    auto world = asker();
    const auto answer = world.v2(with_scope("https://manage-gcc.office.com/.default"), gcc_tenant);
    CHECK(claims_of(answer).at("roles") == nlohmann::json{"ActivityFeed.Read"});
  }

  TEST_CASE("clients are refused as impossible, unknown, not consented, or disabled") {
    auto world = asker();
    const auto as = [&](const std::string& id) {
      return summary(world.v2(with(usual_fields(), "client_id", id)));
    };
    CHECK(as("00000000-0000-0000-0000-000000000000") ==
          "400 unauthorized_client AADSTS700038: 00000000-0000-0000-0000-000000000000 is not a "
          "valid application identifier.");
    CHECK(as("my app") == "400 unauthorized_client AADSTS700038: my app is not a valid application "
                          "identifier.");
    CHECK(as("00000000-0000-0000-0000-000000000001") ==
          "400 unauthorized_client AADSTS700016: Application with identifier "
          "'00000000-0000-0000-0000-000000000001' was not found in the directory 'Contoso'. This "
          "can happen if the application has not been installed by the administrator of the "
          "tenant or consented to by any user in the tenant. You may have sent your "
          "authentication request to the wrong tenant.");
    CHECK(as(orphan) == "401 invalid_client AADSTS7000229: The client application " +
                            std::string(orphan) + " is missing service principal in the tenant " +
                            contoso +
                            ". See instructions here: "
                            "https://go.microsoft.com/fwlink/?linkid=2225119");
    CHECK(as(sleeper) == "400 unauthorized_client AADSTS7000112: Application '" +
                             std::string(sleeper) + "'(connector) is disabled.");
  }

  TEST_CASE("lifetimes can be set, or drawn for each token within bounds") {
    auto fixed = asker({.lifetime = {600, 600}});
    CHECK(body_of(fixed.v2(usual_fields())).at("expires_in") == 600);
    auto drawn = asker({.lifetime = {3600, 5400}});
    auto seen = std::set<int>();
    for (auto i = 0; i < 6; ++i) {
      const auto answer = drawn.v2(usual_fields());
      const auto lifetime = body_of(answer).at("expires_in").get<int>();
      CHECK(lifetime >= 3600);
      CHECK(lifetime <= 5400);
      CHECK(claims_of(answer).at("exp") == 1773129600 + lifetime + 1);
      seen.insert(lifetime);
    }
    CHECK(seen.size() > 1);
  }

  TEST_CASE("bytes that are no UTF-8 are answered, not thrown over") {
    auto world = asker();
    CHECK(body_of(world.v2(with(usual_fields(), "grant_type", "\xff\xfe"))).is_object());
    CHECK(body_of(world.v2(usual_fields(), "%ff")).at("error_codes").at(0) == 90002);
    const auto long_scope = with_scope(std::string(5000, 's'));
    CHECK(world.v2(long_scope).what.response.body.size() < 1500);
  }
}
