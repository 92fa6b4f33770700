#include "mock_graph/tenant/safe_links.hpp"
#include "tests/mock_graph/exchange/exchange_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto names(const json& rules) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& rule : rules) {
    CHECK(rule["Priority"] == out.size());
    out.push_back(rule["Name"].get<std::string>());
  }
  return out;
}

auto dana_has(const exchange_world& world) -> std::string {
  return tenant::policy_for(world.owner.state(), world.owner.state().users[0]).name;
}

using name_list = std::vector<std::string>;

} // namespace

TEST_SUITE("rule_cmdlets") {
  TEST_CASE("a new rule is the last one unless it says where, and the others move") {
    auto world = exchange_world();
    world.as_administrator();
    world.change("New-SafeLinksPolicy", R"({"Name":"A"})");
    world.change("New-SafeLinksPolicy", R"({"Name":"B"})");
    world.change("New-SafeLinksRule",
                 R"({"Name":"A","SafeLinksPolicy":"A","SentTo":"dana@contoso.com"})");
    CHECK(names(world.rows("Get-SafeLinksRule")) == name_list{"First", "Finance links", "A"});
    CHECK(dana_has(world) == "First");
    world.change("New-SafeLinksRule",
                 R"({"Name":"B","SafeLinksPolicy":"b","Priority":0,)"
                 R"("RecipientDomainIs":["contoso.com"]})");
    CHECK(names(world.rows("Get-SafeLinksRule")) == name_list{"B", "First", "Finance links", "A"});
    CHECK(dana_has(world) == "B");
    world.change("Set-SafeLinksRule", R"({"Identity":"B","Priority":2})");
    CHECK(names(world.rows("Get-SafeLinksRule")) == name_list{"First", "Finance links", "B", "A"});
    world.change("Set-SafeLinksRule", R"({"Identity":"A","Priority":1})");
    CHECK(names(world.rows("Get-SafeLinksRule")) == name_list{"First", "A", "Finance links", "B"});
  }

  TEST_CASE("exceptions and disabled rules let the next rule decide") {
    auto world = exchange_world();
    world.as_administrator();
    world.change("Set-SafeLinksRule",
                 R"({"Identity":"First","RecipientDomainIs":["contoso.com"],)"
                 R"("ExceptIfSentToMemberOf":["finance@contoso.com"]})");
    CHECK(dana_has(world) == "Finance links");
    world.change("Disable-SafeLinksRule", R"({"Identity":"Finance links","Confirm":false})");
    CHECK(dana_has(world) == "Built-In Protection Policy");
    CHECK(world.rows("Get-SafeLinksRule", R"({"State":"Disabled"})").size() == 1);
    world.change("Enable-SafeLinksRule", R"({"Identity":"Finance links"})");
    CHECK(dana_has(world) == "Finance links");
    CHECK(world.effects.size() == 3);
  }

  TEST_CASE("a removed rule leaves its policy behind, which holds for nobody") {
    auto world = exchange_world();
    world.as_administrator();
    world.change("Remove-SafeLinksRule", R"({"Identity":"First","Confirm":false})");
    CHECK(names(world.rows("Get-SafeLinksRule")) == name_list{"Finance links"});
    CHECK(world.rows("Get-SafeLinksPolicy").size() == 3);
    CHECK(dana_has(world) == "Finance links");
    CHECK(world.run("Remove-SafeLinksRule", R"({"Identity":"First"})").status == 404);
  }

  TEST_CASE("what a rule cannot be is refused") {
    auto world = exchange_world();
    world.as_administrator();
    world.change("New-SafeLinksPolicy", R"({"Name":"A"})");
    CHECK(world.refusal("New-SafeLinksRule", R"({"Name":"A","SafeLinksPolicy":"A"})")
              .find("at least one") != std::string::npos);
    CHECK(world
              .refusal("New-SafeLinksRule",
                       R"({"Name":"A","SafeLinksPolicy":"First","SentTo":"d@contoso.com"})")
              .find("another rule") != std::string::npos);
    CHECK(world
              .run("New-SafeLinksRule",
                   R"({"Name":"A","SafeLinksPolicy":"Nothing","SentTo":"d@contoso.com"})")
              .status == 404);
    CHECK(world.refusal("Set-SafeLinksRule", R"({"Identity":"First","Enabled":true})")
              .find("'Enabled'") != std::string::npos);
    CHECK(world.refusal("New-SafeLinksRule", "{}").find("SafeLinksPolicy Name") !=
          std::string::npos);
    CHECK(world.effects.size() == 1);
  }

  TEST_CASE("a priority is a place that a rule can have, or refused") {
    auto world = exchange_world();
    world.as_administrator();
    const auto refused = [&](const char* priority) {
      return world.refusal("Set-SafeLinksRule",
                           std::string(R"({"Identity":"First","Priority":)") + priority + "}");
    };
    CHECK(refused("9223372036854775807") ==
          R"(Cannot convert value "9223372036854775807" to type System.Int32.)");
    CHECK(refused("18446744073709551615").find("System.Int32") != std::string::npos);
    CHECK(refused("-2147483649").find("System.Int32") != std::string::npos);
    CHECK(refused("-3").find("less than the minimum allowed range of 0") != std::string::npos);
    CHECK(refused("3").find("between 0 and 2") != std::string::npos);
    CHECK(names(world.rows("Get-SafeLinksRule")) == name_list{"First", "Finance links"});
    CHECK(world.effects.empty());
  }

  TEST_CASE("a rule does not take a name in use, and a removal takes one rule") {
    auto world = exchange_world();
    world.as_administrator();
    CHECK(world
              .refusal("Set-SafeLinksRule",
                       R"({"Identity":"First","Name":"FINANCE links","Comments":"x"})")
              .find("already exists") != std::string::npos);
    CHECK(world.rows("Get-SafeLinksRule", R"({"Identity":"First"})")[0]["Comments"] != "x");
    const auto id = world.rows("Get-SafeLinksRule", R"({"Identity":"Finance links"})")[0]["Guid"];
    world.change("Set-SafeLinksRule", R"({"Identity":"Finance links","Name":"renamed"})");
    CHECK(world.rows("Get-SafeLinksRule", R"({"Identity":"renamed"})")[0]["Guid"] == id);
    world.change("Remove-SafeLinksRule", R"({"Identity":"renamed"})");
    CHECK(names(world.rows("Get-SafeLinksRule")) == name_list{"First"});
  }

  TEST_CASE("preset rules have a cmdlet of their own and come before all others") {
    auto state = protected_tenant();
    auto standard = tenant::preset_policy(tenant::preset::standard);
    standard.name = "Standard Preset Security Policy";
    state.safe_links.add(standard, {{"dana"}, {}, {}}, 5);
    auto world = exchange_world(state);
    CHECK(world.rows("Get-SafeLinksRule").size() == 2);
    const auto presets = world.rows("Get-ATPProtectionPolicyRule");
    REQUIRE(presets.size() == 1);
    CHECK(presets[0]["SafeLinksPolicy"] == standard.name);
    CHECK(presets[0]["SentTo"] == json::array({"dana@contoso.com"}));
    CHECK(world.rows("Get-ATPBuiltInProtectionRule").size() == 1);
    CHECK(dana_has(world) == standard.name);
  }

  TEST_CASE("an administrator's command works like a request, and its record names him") {
    auto command = tenant::admin_command();
    command.by = "admin@contoso.com";
    command.cmdlet = "Disable-SafeLinksRule";
    command.parameters = {{"Identity", "First"}};
    auto world = exchange_world(protected_tenant(), {{start + 1h, "t.toml:3", command}});
    world.owner.advance(start + 2h);
    CHECK(dana_has(world) == "Finance links");
    REQUIRE(world.effects.size() == 1);
    CHECK(world.effects[0].by == "admin@contoso.com");
    CHECK(world.effects[0].request_id.empty());
  }
}
