#include "tests/mock_graph/exchange/exchange_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

const auto get_urls = std::string(R"({"ListType":"Url"})");
const auto block_u =
    std::string(R"({"ListType":"Url","Entries":["u.example/r"],"Block":true,"Notes":"case 42"})");

auto listed(exchange_world& world, seams::duration at = {}) -> json {
  return world.rows("Get-TenantAllowBlockListItems", get_urls, at);
}

auto blocked_text(exchange_world& world, const std::string& more) -> std::string {
  return world.refusal("New-TenantAllowBlockListItems",
                       R"({"ListType":"Url","Entries":["v.example"])" + more + "}");
}

auto click_on_u(seams::duration at) -> tenant::event {
  auto what = tenant::click();
  what.id = "c";
  what.user = "dana";
  what.url = "https://u.example/r";
  return {start + at, "t.toml:1", what};
}

/// Collects the records of the audit log.
struct list_audit final : tenant::listener {
  void on(const tenant::event& what) override {
    if (const auto* record = std::get_if<tenant::audit_record>(&what.what)) {
      records.push_back(record->fields);
    }
  }
  std::vector<json> records;
};

} // namespace

TEST_SUITE("list_cmdlets") {
  TEST_CASE("a new entry is printed as live rows are, and lasts 30 days") {
    auto world = exchange_world();
    world.as_administrator();
    const auto made = world.rows("New-TenantAllowBlockListItems", block_u, 1h);
    REQUIRE(made.size() == 1);
    CHECK(made[0]["ObjectState"] == "New");
    const auto rows = listed(world, 1h);
    REQUIRE(rows.size() == 1);
    const auto& row = rows[0];
    CHECK(row["Value"] == "u.example/r");
    CHECK(row["Action"] == "Block");
    CHECK(row["Notes"] == "case 42");
    CHECK(row["ListSubType"] == "Tenant");
    CHECK(row["SubmissionID"] == "Non-Submission");
    CHECK(row["ObjectState"] == "Unchanged");
    CHECK(row["ExpirationDate@data.type"] == "System.DateTime");
    CHECK(row["ExpirationDate"] == "2026-04-09T01:00:00.0000000Z");
    CHECK(row["CreatedDateTime"] == "2026-03-10T01:00:00.0000000Z");
    CHECK(row["LastUsedDate(DateTime])"].is_null());
    CHECK(row["Identity"].get<std::string>().size() == 98);
    CHECK(row["Identity"] == made[0]["Identity"]);
    CHECK(world.effects.size() == 1);
    CHECK(listed(world, 1h + 30 * 24h - 1s).size() == 1);
    CHECK(listed(world, 1h + 30 * 24h).empty());
  }

  TEST_CASE("the hash of a value is the one of live rows") {
    auto world = exchange_world();
    world.as_administrator();
    const auto rows = world.rows("New-TenantAllowBlockListItems",
                                 R"({"ListType":"Sender","Entries":"fabrikam.com","Block":true})");
    CHECK(rows[0]["EntryValueHash"] == "E32FfJFjdk/d8vP6mPTgGeqr4xJHeJ7ZGXx10AJZwRs=");
  }

  TEST_CASE("entries end when they are told to, or as their kind does") {
    auto world = exchange_world();
    world.as_administrator();
    const auto made = [&](const std::string& parameters) {
      return world.rows("New-TenantAllowBlockListItems", "{" + parameters + "}")[0];
    };
    CHECK(made(R"("ListType":"Url","Entries":["a.example"],"Block":true,"NoExpiration":true)")
              ["ExpirationDate"]
                  .is_null());
    const auto dated = made(R"("ListType":"Url","Entries":["b.example"],"Block":true,)"
                            R"("ExpirationDate":"2026-03-12 14:30:00z")");
    CHECK(dated["ExpirationDate"] == "2026-03-12T14:30:00.0000000Z");
    const auto allowed = made(R"("ListType":"Url","Entries":["c.example"],"Allow":true)");
    CHECK(allowed["ExpirationDate"].is_null());
    CHECK(allowed["RemoveAfter"] == 45);
    const auto ip = made(R"("ListType":"IP","Entries":["2001:db8::1"],"Allow":true)");
    CHECK(ip["ExpirationDate"].is_null());
    CHECK(ip["RemoveAfter"].is_null());
  }

  TEST_CASE("one wrong or known entry refuses them all") {
    auto world = exchange_world();
    world.as_administrator();
    world.change("New-TenantAllowBlockListItems", block_u);
    CHECK(
        world.refusal("New-TenantAllowBlockListItems",
                      R"({"ListType":"url","Entries":["v.example","U.example/r"],"Allow":true})") ==
        "Invalid value to add: U.example/r - Duplicate value.");
    CHECK(world
              .refusal("New-TenantAllowBlockListItems",
                       R"({"ListType":"Url","Entries":["https://v.example/"],"Block":true})")
              .starts_with("Invalid value to add: https://v.example/ - "));
    CHECK(listed(world).size() == 1);
    CHECK(world.effects.size() == 1);
  }

  TEST_CASE("parameters that do not go together are refused") {
    auto world = exchange_world();
    world.as_administrator();
    CHECK(blocked_text(world, "").find("Allow or Block") != std::string::npos);
    CHECK(blocked_text(world, R"(,"Allow":true,"Block":true)").find("Allow or Block") !=
          std::string::npos);
    CHECK(blocked_text(world, R"(,"Allow":true,"NoExpiration":true)").find("NoExpiration") !=
          std::string::npos);
    CHECK(blocked_text(world, R"(,"Block":true,"NoExpiration":true,"ExpirationDate":"2026-04-01")")
              .find("Parameter set") != std::string::npos);
    CHECK(blocked_text(world, R"(,"Block":true,"RemoveAfter":45)").find("RemoveAfter") !=
          std::string::npos);
    CHECK(world.refusal("Get-TenantAllowBlockListItems", R"({"ListType":"Domain"})")
              .find("Sender,Url,FileHash,IP") != std::string::npos);
    CHECK(world.refusal("Remove-TenantAllowBlockListItems", get_urls).find("Parameter set") !=
          std::string::npos);
  }

  TEST_CASE("the list takes as many entries as the plan allows") {
    auto state = protected_tenant();
    state.plan = tenant::licence::plan1;
    for (auto i = 0; i < 1000; ++i) {
      auto entry = tenant::list_entry();
      entry.value = "u" + std::to_string(i) + ".example";
      state.allow_block_list.push_back(entry);
    }
    auto world = exchange_world(state);
    world.as_administrator();
    CHECK(world.refusal("New-TenantAllowBlockListItems", block_u).find("1000") !=
          std::string::npos);
    world.change("New-TenantAllowBlockListItems",
                 R"({"ListType":"Url","Entries":["v.example"],"Allow":true})");
  }

  TEST_CASE("filters choose entries") {
    auto world = exchange_world();
    world.as_administrator();
    world.change("New-TenantAllowBlockListItems", block_u);
    world.change("New-TenantAllowBlockListItems",
                 R"({"ListType":"Url","Entries":["a.example"],"Allow":true})");
    world.change("New-TenantAllowBlockListItems",
                 R"({"ListType":"Url","Entries":["*.d.example"],"Allow":true,)"
                 R"("ListSubType":"AdvancedDelivery","NoExpiration":true})");
    const auto values = [&](const std::string& more) {
      auto out = std::vector<std::string>();
      const auto asked = R"({"ListType":"Url")" + more + "}";
      for (const auto& row : world.rows("Get-TenantAllowBlockListItems", asked)) {
        out.push_back(row["Value"]);
      }
      return out;
    };
    using texts = std::vector<std::string>;
    CHECK(values("") == texts{"a.example", "u.example/r"});
    CHECK(values(R"(,"Block":true)") == texts{"u.example/r"});
    CHECK(values(R"(,"Allow":true)") == texts{"a.example"});
    CHECK(values(R"(,"Entry":"U.EXAMPLE/r")") == texts{"u.example/r"});
    CHECK(values(R"(,"Entry":"u.example")").empty());
    CHECK(values(R"(,"NoExpiration":true)").empty());
    CHECK(values(R"(,"ListSubType":["AdvancedDelivery"])") == texts{"*.d.example"});
    CHECK(values(R"(,"ExpirationDate":"2026-04-09T00:00:00Z")") == texts{"u.example/r"});
    CHECK(world.rows("Get-TenantAllowBlockListItems", R"({"ListType":"Sender"})").empty());
  }

  TEST_CASE("entries are removed by value or id, once") {
    auto world = exchange_world();
    world.as_administrator();
    world.change("New-TenantAllowBlockListItems", block_u);
    const auto by_value = std::string(R"({"ListType":"Url","Entries":["u.example/r"]})");
    const auto gone = world.rows("Remove-TenantAllowBlockListItems", by_value);
    REQUIRE(gone.size() == 1);
    CHECK(gone[0]["ObjectState"] == "Deleted");
    CHECK(listed(world).empty());
    CHECK(world.run("Remove-TenantAllowBlockListItems", by_value).status == 404);
    const auto id = world.rows("New-TenantAllowBlockListItems", block_u)[0]["Identity"];
    world.change("Remove-TenantAllowBlockListItems",
                 json{{"ListType", "Url"}, {"Ids", {id}}}.dump());
    CHECK(listed(world).empty());
    CHECK(world.effects.size() == 4);
  }

  TEST_CASE("the next click is blocked, and the reports say by whom") {
    auto world = exchange_world(protected_tenant(), {click_on_u(2h), click_on_u(5h)});
    world.as_administrator();
    world.change("New-TenantAllowBlockListItems", block_u, 1h);
    world.change(
        "Remove-TenantAllowBlockListItems", R"({"ListType":"Url","Entries":["u.example/r"]})", 3h);
    world.change("New-TenantAllowBlockListItems",
                 R"({"ListType":"Url","Entries":["u.example/r"],"Allow":true})",
                 4h);
    const auto rows = world.rows(
        "Get-SafeLinksDetailReport", R"({"StartDate":"2026-03-10","EndDate":"2026-03-10"})", 25h);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0]["Action"] == "TenantBlocked");
    CHECK(rows[1]["Action"] == "TenantAllowed");
  }

  TEST_CASE("a change is one effect and one audit record, made by whoever ran it") {
    auto world = exchange_world();
    world.as_administrator();
    world.app.client_id = "app-1";
    auto audit = list_audit();
    world.owner.add(audit);
    world.change("New-TenantAllowBlockListItems",
                 R"({"ListType":"Url","Entries":["a.example","b.example"],"Block":true})");
    REQUIRE(audit.records.size() == 1);
    CHECK(audit.records[0]["Operation"] == "New-TenantAllowBlockListItems");
    CHECK(audit.records[0]["RecordType"] == 1);
    CHECK(audit.records[0]["Parameters"][0] == json({{"Name", "Block"}, {"Value", "True"}}));
    CHECK(audit.records[0]["Parameters"][1] ==
          json({{"Name", "Entries"}, {"Value", "a.example;b.example"}}));
    REQUIRE(world.effects.size() == 1);
    CHECK(world.effects[0].target == "a.example;b.example");
    CHECK(world.effects[0].by == "app-1");
    world.owner.schedule(
        {start + 1h,
         "t.toml:7",
         tenant::admin_command{
             "x", "ada@contoso.com", "New-TenantAllowBlockListItems", json::parse(block_u)}});
    CHECK(listed(world, 1h)[0]["ModifiedBy"] == "ada@contoso.com");
  }

  TEST_CASE("readers of security see the list, and it is there without Defender for Office 365") {
    auto state = protected_tenant();
    state.plan = tenant::licence::none;
    auto world = exchange_world(state);
    CHECK(listed(world).empty());
    CHECK(world.run("Get-SafeLinksPolicy").status == 403);
    CHECK(world.run("New-TenantAllowBlockListItems", block_u).status == 403);
    CHECK(world.run("Set-TenantAllowBlockListItems", get_urls).status == 403);
  }
}
