#include "core/live/settings.hpp"
#include "scenarios/serve/sample_config.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

auto scenario_with(const std::string& more) -> scenarios::model::scenario {
  auto read = scenarios::model::load_text("about = \"x\"\n" + more, "x.toml");
  REQUIRE(read.what);
  return *read.what;
}

auto settings_for(const scenarios::model::scenario& what) -> core::live::settings {
  const auto text = scenarios::serve::sample_config(what, "127.0.0.1:9", "/k/ca.pem", "/k/secret");
  auto read = core::live::read_settings(text, "/k/connector.toml");
  for (const auto& wrong : read.wrong) {
    FAIL_CHECK(core::toml_reading::to_text(wrong));
  }
  REQUIRE(read.what);
  return *read.what;
}

} // namespace

TEST_SUITE("sample_config") {
  TEST_CASE("the connector takes the config of a served tenant as it is") {
    const auto what = scenario_with(R"(
[connector]
feeds = ["alerts", "audit_general", "cloud_apps"]
)");
    const auto read = settings_for(what);
    CHECK(read.connector.tenant_id == what.standing.tenant_id);
    CHECK(read.connector.client_id == what.standing.applications.front().client_id);
    CHECK(read.connector.feeds.size() == 3);
    CHECK(read.connector.where.login == "https://127.0.0.1:9/login.microsoftonline.com");
    CHECK(read.connector.where.graph.root == "https://127.0.0.1:9/graph.microsoft.com");
    CHECK(read.connector.where.graph.audience == "https://graph.microsoft.com");
    CHECK(read.connector.where.cloud_apps.root ==
          "https://127.0.0.1:9/" + what.standing.cloud_apps_host);
    CHECK(read.credential.secret_file == "/k/secret");
    CHECK(read.ca_file == "/k/ca.pem");
    CHECK(read.store == "/k/connector.db");
  }

  TEST_CASE("another cloud's tenant is served by that cloud's names") {
    const auto read = settings_for(scenario_with(R"(
[tenant]
cloud = "gcc_high"
[connector]
feeds = ["alerts"]
)"));
    CHECK(read.connector.where.name == "gcc_high");
    CHECK(read.connector.where.graph.root == "https://127.0.0.1:9/graph.microsoft.us");
  }

  TEST_CASE("Azure subscriptions are read along") {
    const auto read = settings_for(scenario_with(R"(
[connector]
feeds = ["azure_activity"]
subscriptions = ["11111111-0000-4000-8000-000000000001"]
)"));
    CHECK(read.connector.subscriptions ==
          std::vector<std::string>{"11111111-0000-4000-8000-000000000001"});
  }
}
