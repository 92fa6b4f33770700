#include "mock_graph/tenant/safe_links.hpp"
#include "tests/mock_graph/exchange/exchange_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto one_policy(exchange_world& world, const std::string& name) -> json {
  auto rows = world.rows("Get-SafeLinksPolicy", R"({"Identity":")" + name + R"("})");
  REQUIRE(rows.size() == 1);
  return rows[0];
}

/// Collects what is written to the audit log.
struct audit_reader final : tenant::listener {
  void on(const tenant::event& what) override {
    if (const auto* record = std::get_if<tenant::audit_record>(&what.what)) {
      records.push_back(record->fields);
    }
  }
  std::vector<json> records;
};

} // namespace

TEST_SUITE("policy_cmdlets") {
  TEST_CASE("a new policy has the cmdlet's defaults and is printed") {
    auto world = exchange_world();
    world.as_administrator();
    const auto rows = world.rows("New-SafeLinksPolicy", R"({"Name":"Sales links"})");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0]["AllowClickThrough"] == false);
    CHECK(rows[0]["DisableUrlRewrite"] == false);
    CHECK(rows[0]["EnableForInternalSenders"] == true);
    CHECK(rows[0]["WhenCreatedUTC"] == "2026-03-10T00:00:00.0000000Z");
    CHECK(world.rows("Get-SafeLinksPolicy").size() == 4);
    CHECK(world.refusal("New-SafeLinksPolicy", R"({"Name":"SALES links"})").find("already") !=
          std::string::npos);
    REQUIRE(world.effects.size() == 1);
    CHECK(world.effects[0].target == "Sales links");
  }

  TEST_CASE("a change answers no row, takes parts of lists, and counts once") {
    auto world = exchange_world();
    world.as_administrator();
    const auto set =
        std::string(R"({"Identity":"finance links","TrackClicks":false,"DoNotRewriteUrls":{)"
                    R"("@odata.type":"#Exchange.GenericHashTable","Add":["a.example","b.example"],)"
                    R"("Remove":["c.example"]}})");
    CHECK(world.rows("Set-SafeLinksPolicy", set).empty());
    CHECK(one_policy(world, "Finance links")["TrackClicks"] == false);
    world.change("Set-SafeLinksPolicy", set);
    CHECK(world.effects.size() == 1);
    world.change("Set-SafeLinksPolicy",
                 R"({"Identity":"Finance links","DoNotRewriteUrls":{)"
                 R"("@odata.type":"#Exchange.GenericHashTable","Remove":["A.example"]}})");
    CHECK(one_policy(world, "Finance links")["DoNotRewriteUrls"] == json::array({"b.example"}));
    CHECK(world.effects.size() == 2);
  }

  TEST_CASE("every change leaves a record of Exchange's audit, reading leaves none") {
    auto world = exchange_world();
    world.as_administrator();
    world.app.client_id = "app-1";
    auto audit = audit_reader();
    world.owner.add(audit);
    world.rows("Get-SafeLinksPolicy");
    CHECK(audit.records.empty());
    world.change("Set-SafeLinksPolicy", R"({"Identity":"First","AllowClickThrough":false})", 1h);
    REQUIRE(audit.records.size() == 1);
    const auto& record = audit.records[0];
    CHECK(record["Operation"] == "Set-SafeLinksPolicy");
    CHECK(record["RecordType"] == 1);
    CHECK(record["AppId"] == "app-1");
    CHECK(record["ObjectId"] == "First");
    CHECK(record["Parameters"][0] == json({{"Name", "AllowClickThrough"}, {"Value", "False"}}));
  }

  TEST_CASE("a removed policy leaves the list, and its rule applies nothing") {
    auto world = exchange_world();
    world.as_administrator();
    world.change("Remove-SafeLinksPolicy", R"({"Identity":"First","Confirm":false})");
    CHECK(world.rows("Get-SafeLinksPolicy").size() == 2);
    CHECK(world.rows("Get-SafeLinksRule").size() == 2);
    const auto& state = world.owner.state();
    CHECK(tenant::policy_for(state, state.users[0]).name == "Finance links");
    CHECK(world.refusal("Remove-SafeLinksPolicy", R"({"Identity":"First"})", 404).find("First") !=
          std::string::npos);
    CHECK(world.effects.size() == 1);
  }

  TEST_CASE("Built-in protection and presets can neither be changed nor removed") {
    auto state = protected_tenant();
    auto strict = tenant::preset_policy(tenant::preset::strict);
    strict.name = "Strict Preset Security Policy";
    state.safe_links.add(strict);
    auto world = exchange_world(state);
    world.as_administrator();
    CHECK(one_policy(world, strict.name)["RecommendedPolicyType"] == "Strict");
    for (const auto& name : {std::string("Built-In Protection Policy"), strict.name}) {
      const auto identity = R"({"Identity":")" + name + R"("})";
      CHECK(!world.refusal("Remove-SafeLinksPolicy", identity).empty());
      CHECK(!world.refusal("Set-SafeLinksPolicy", identity).empty());
    }
    CHECK(world.effects.empty());
  }

  TEST_CASE("a new policy is not found until it is replicated") {
    auto state = protected_tenant();
    state.delays.exchange_replication = 90s;
    auto world = exchange_world(state);
    world.as_administrator();
    world.change("New-SafeLinksPolicy", R"({"Name":"Late"})");
    const auto set = std::string(R"({"Identity":"Late","TrackClicks":false})");
    CHECK(world.run("Set-SafeLinksPolicy", set, "", 89s).status == 404);
    CHECK(world.rows("Get-SafeLinksPolicy", R"({"Identity":"Late"})", 89s).size() == 3);
    CHECK(world.run("Set-SafeLinksPolicy", set, "", 90s).status == 200);
    CHECK(world.rows("Get-SafeLinksPolicy", R"({"Identity":"Late"})", 90s).size() == 1);
  }

  TEST_CASE("parameters are bound as PowerShell binds them") {
    auto world = exchange_world();
    world.as_administrator();
    CHECK(world.refusal("Set-SafeLinksPolicy", R"({"Identity":"First","TrackClicks":"Maybe"})") ==
          "Cannot convert value \"Maybe\" to type System.Boolean.");
    CHECK(world.refusal("Set-SafeLinksPolicy", R"({"Identity":"First","IsEnabled":true})") ==
          "A parameter cannot be found that matches parameter name 'IsEnabled'.");
    CHECK(world.refusal("Set-SafeLinksPolicy", R"({"TrackClicks":true})").find("Identity") !=
          std::string::npos);
    CHECK(!world
               .refusal("Set-SafeLinksPolicy",
                        R"({"Identity":"First","DoNotRewriteUrls":["*.*.*.*"]})")
               .empty());
    CHECK(world.effects.empty());
  }

  TEST_CASE("a role that reads may not change, and the switch of the tenant can be set") {
    auto world = exchange_world();
    CHECK(world.run("Set-AtpPolicyForO365", R"({"EnableSafeDocs":false})").status == 403);
    world.as_administrator();
    world.change("Set-AtpPolicyForO365", R"({"EnableSafeDocs":false})");
    CHECK(world.rows("Get-AtpPolicyForO365")[0]["EnableSafeDocs"] == false);
    CHECK(world.effects.size() == 1);
  }

  TEST_CASE("a URL of the list of those not to rewrite is matched as the documentation says") {
    auto policy = tenant::safe_links_policy();
    const auto holds = [&](const char* entry, const char* url) {
      policy.do_not_rewrite_urls = {entry};
      return tenant::is_left_alone(policy, url);
    };
    CHECK(holds("contoso.com", "https://contoso.com/"));
    CHECK_FALSE(holds("contoso.com", "https://contoso.com/a"));
    CHECK_FALSE(holds("contoso.com", "https://www.contoso.com"));
    CHECK(holds("*.contoso.com/*", "https://contoso.com"));
    CHECK(holds("*.contoso.com/*", "https://maps.contoso.com/a/b"));
    CHECK(holds("*.contoso.com/*", "http://contoso.com/a"));
    CHECK_FALSE(holds("*.contoso.com/*", "https://falsecontoso.com/a"));
    CHECK(holds("https://contoso.com/a", "https://contoso.com/a"));
    CHECK_FALSE(holds("https://contoso.com/a", "https://contoso.com/a/b"));
    CHECK(holds("https://contoso.com/a/*", "https://contoso.com/a"));
    CHECK(holds("https://contoso.com/a/*", "https://contoso.com/a/b"));
  }
}
