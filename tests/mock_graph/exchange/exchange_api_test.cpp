#include "tests/mock_graph/exchange/exchange_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto inner_text(const seams::response& answer) -> std::string {
  const auto error = json::parse(answer.body)["error"];
  CHECK(error["message"] == "Invalid Operation");
  return error["innererror"]["internalexception"]["message"].get<std::string>();
}

void check_forbidden(const seams::response& answer) {
  CHECK(answer.status == 403);
  CHECK(answer.body_undecodable);
  CHECK(answer.body.find_first_not_of('\0') == std::string::npos);
  CHECK(answer.body.size() > 100);
}

} // namespace

TEST_SUITE("exchange_api") {
  TEST_CASE("policies come with Built-in protection, in the service's fields and sidecars") {
    auto world = exchange_world();
    const auto policies = world.rows("Get-SafeLinksPolicy");
    REQUIRE(policies.size() == 3);
    CHECK(policies[0]["IsBuiltInProtection"] == true);
    CHECK(policies[0]["EnableForInternalSenders"] == false);
    CHECK(policies[2]["Identity"] == "First");
    CHECK(policies[1]["WhenChangedUTC"] == "2026-02-08T00:00:00.0000000Z");
    CHECK(policies[1]["WhenChanged@data.type"] == "System.DateTime");
    CHECK(policies[1]["DoNotRewriteUrls@odata.type"] == "#Collection(String)");
    const auto body = world.run("get-safelinkspolicy").body;
    CHECK(body.find("\"@adminapi.warnings\":[]") != std::string::npos);
    CHECK(body.find("nextLink") == std::string::npos);
  }

  TEST_CASE("rules are numbered without gaps and an unscoped condition is null") {
    auto world = exchange_world();
    const auto rules = world.rows("Get-SafeLinksRule");
    REQUIRE(rules.size() == 2);
    CHECK(rules[0]["SafeLinksPolicy"] == "First");
    CHECK(rules[0]["Priority"] == 0);
    CHECK(rules[0]["SentToMemberOf"].is_null());
    CHECK(rules[1]["Priority"] == 1);
    CHECK(rules[1]["SentToMemberOf"] == json::array({"finance@contoso.com"}));
    CHECK(world.rows("Get-SafeLinksRule", R"({"State":"disabled"})").empty());
  }

  TEST_CASE("an identity that names nothing gives everything, as in life") {
    auto world = exchange_world();
    CHECK(world.rows("Get-SafeLinksPolicy", R"({"Identity":"finance LINKS"})").size() == 1);
    CHECK(world.rows("Get-SafeLinksPolicy", R"({"Identity":"nobody"})").size() == 3);
    CHECK(world.rows("Get-SafeLinksPolicy", R"({"Identity":null})").size() == 3);
  }

  TEST_CASE("without the app role the door stays shut, without a directory role it shows nothing") {
    auto world = exchange_world();
    world.app.directory_roles.clear();
    check_forbidden(world.run("Get-SafeLinksPolicy"));
    CHECK(world.note.find("directory role missing") != std::string::npos);
    world.roles.clear();
    CHECK(world.run("Get-SafeLinksPolicy").status == 401);
    world.app.directory_roles = {{"Security Reader"}};
    CHECK(world.run("Get-SafeLinksPolicy").status == 401);
  }

  TEST_CASE("a directory role counts from the moment it works, and only one that shows policies") {
    auto world = exchange_world();
    world.app.directory_roles = {{"Global Reader", start + 2h, start + 4h}};
    check_forbidden(world.run("Get-SafeLinksPolicy", "{}", "", 1h));
    CHECK(world.run("Get-SafeLinksPolicy", "{}", "", 2h).status == 200);
    check_forbidden(world.run("Get-SafeLinksPolicy", "{}", "", 4h));
    world.app.directory_roles = {{"Helpdesk Administrator"}};
    check_forbidden(world.run("Get-SafeLinksPolicy", "{}", "", 5h));
  }

  TEST_CASE("unknown cmdlets, and all of them in a tenant without the licence, are forbidden") {
    auto world = exchange_world();
    check_forbidden(world.run("Get-UrlTrace"));
    auto state = protected_tenant();
    state.plan = tenant::licence::none;
    auto poor = exchange_world(state);
    check_forbidden(poor.run("Get-SafeLinksPolicy"));
    CHECK(poor.book.entries().empty());
  }

  TEST_CASE("what is wrong with a command is told inside the envelope") {
    auto world = exchange_world();
    const auto parameter = world.run("Get-SafeLinksPolicy", R"({"ResultSize":5})");
    CHECK(parameter.status == 400);
    CHECK(inner_text(parameter).find("'ResultSize'") != std::string::npos);
    CHECK(inner_text(world.run("Get-SafeLinksRule", R"({"State":"Maybe"})")).find("Enabled") !=
          std::string::npos);
    CHECK(world.run("Get-SafeLinksPolicy", "null").status == 400);
    CHECK(world.post("{}").status == 400);
    CHECK(world.post("no json").status == 400);
  }

  TEST_CASE(
      "a page has as many rows as preferred, a warning, and a link that takes the same body") {
    auto world = exchange_world();
    world.fields.set("Prefer", "odata.maxpagesize=2");
    const auto first = json::parse(world.run("Get-SafeLinksPolicy").body);
    CHECK(first["value"].size() == 2);
    CHECK(first["@adminapi.warnings"].size() == 1);
    const auto link = first["@odata.nextLink"].get<std::string>();
    const auto rest = json::parse(world.run("Get-SafeLinksPolicy", "{}", link).body);
    CHECK(rest["value"].size() == 1);
    CHECK_FALSE(rest.contains("@odata.nextLink"));
    CHECK(world.run("Get-SafeLinksRule", "{}", link).status == 400);
    CHECK(inner_text(world.run("Get-SafeLinksPolicy", "{}", link, 31min)).find("pagination") !=
          std::string::npos);
  }

  TEST_CASE("a link is worth nothing to a client whose first request had no anchor") {
    auto world = exchange_world();
    world.fields = {{"Prefer", "odata.maxpagesize=2"}};
    const auto first = json::parse(world.run("Get-SafeLinksPolicy").body);
    const auto link = first["@odata.nextLink"].get<std::string>();
    CHECK(world.run("Get-SafeLinksPolicy", "{}", link).status == 400);
    world.fields.set("X-AnchorMailbox", "APP:SystemMailbox{1}@x");
    CHECK(world.run("Get-SafeLinksPolicy", "{}", link).status == 400);
  }

  TEST_CASE("$select keeps the fields named, with their sidecars") {
    auto world = exchange_world();
    const auto url = "https://outlook.office365.com/adminapi/v1.0/" + std::string(tenant_id) +
                     "/InvokeCommand?$select=Name,Guid";
    const auto row = json::parse(world.run("Get-AtpPolicyForO365", "{}", url).body)["value"][0];
    CHECK(row.size() == 4);
    CHECK(row["Name"] == "Default");
    CHECK(row["Guid@odata.type"] == "#Guid");
  }
}
