#include "tests/mock_graph/exchange/exchange_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

const auto of_dana = std::string(R"({"Identity":"dana@contoso.com"})");
const auto forward_dana =
    std::string(R"({"Identity":"Dana@contoso.com","ForwardingSmtpAddress":"x@evil.example",)"
                R"("DeliverToMailboxAndForward":true})");

auto mailbox_world() -> tenant::standing {
  auto state = protected_tenant();
  state.plan = tenant::licence::none;
  state.users.push_back({"omar", "omar@contoso.com", "Omar", "id-omar"});
  state.users.push_back({"kiosk", "kiosk@contoso.com", "Kiosk", "id-kiosk"});
  state.users.back().mailbox = false;
  return state;
}

auto as_exchange(exchange_world& world) -> exchange_world& {
  world.app.directory_roles = {{"Exchange Administrator"}};
  return world;
}

auto dana(exchange_world& world) -> json {
  const auto rows = world.rows("Get-Mailbox", of_dana);
  REQUIRE(rows.size() == 1);
  return rows[0];
}

} // namespace

TEST_SUITE("mailbox_cmdlets") {
  TEST_CASE("a mailbox is found by address, alias or id, and forwards nothing at first") {
    auto world = exchange_world(mailbox_world());
    as_exchange(world);
    const auto row = dana(world);
    CHECK(row["UserPrincipalName"] == "dana@contoso.com");
    CHECK(row["RecipientTypeDetails"] == "UserMailbox");
    CHECK(row["Identity"] == "id-dana");
    CHECK(row["ExternalDirectoryObjectId"] == "id-dana");
    CHECK(row["ForwardingAddress"].is_null());
    CHECK(row["ForwardingSmtpAddress"].is_null());
    CHECK(row["DeliverToMailboxAndForward"] == false);
    CHECK(row["ExchangeGuid@data.type"] == "System.Guid");
    for (const auto* name : {"DANA", "id-dana"}) {
      CHECK(world.rows("Get-Mailbox", R"({"Identity":")" + std::string(name) + R"("})").size() ==
            1);
    }
  }

  TEST_CASE("without an identity all mailboxes are listed, or as many as asked for") {
    auto world = exchange_world(mailbox_world());
    as_exchange(world);
    CHECK(world.rows("Get-Mailbox").size() == 2);
    CHECK(world.rows("Get-Mailbox", R"({"ResultSize":"Unlimited"})").size() == 2);
    const auto cut = json::parse(world.run("Get-Mailbox", R"({"ResultSize":1})").body);
    CHECK(cut["value"].size() == 1);
    CHECK(cut["@adminapi.warnings"].size() == 1);
    CHECK(!cut.contains("@odata.nextLink"));
    CHECK(world.refusal("Get-Mailbox", R"({"ResultSize":"many"})").find("Cannot convert") !=
          std::string::npos);
  }

  TEST_CASE("an unknown name and a user without a mailbox are not found") {
    auto world = exchange_world(mailbox_world());
    as_exchange(world);
    for (const auto* name : {"nobody@contoso.com", "kiosk@contoso.com"}) {
      const auto asked = R"({"Identity":")" + std::string(name) + R"("})";
      CHECK(world.refusal("Get-Mailbox", asked, 404) ==
            "The operation couldn't be performed because object '" + std::string(name) +
                "' couldn't be found on 'AM0PR04A009DC01.EURPR04A009.PROD.OUTLOOK.COM'.");
      CHECK(world.run("Set-Mailbox", asked).status == 404);
    }
    world.owner.schedule(
        {start, "t.toml:1", tenant::user_change{{"dana"}, tenant::user_change::act::deleted}});
    CHECK(world.run("Get-Mailbox", of_dana).status == 404);
  }

  TEST_CASE("forwarding is set once, shown with its prefix, and cleared by null") {
    auto world = exchange_world(mailbox_world());
    as_exchange(world);
    CHECK(world.rows("Set-Mailbox", forward_dana).empty());
    world.change("Set-Mailbox", forward_dana);
    CHECK(world.effects.size() == 1);
    CHECK(world.effects[0].target == "dana@contoso.com");
    CHECK(dana(world)["ForwardingSmtpAddress"] == "smtp:x@evil.example");
    CHECK(dana(world)["DeliverToMailboxAndForward"] == true);
    world.change("Set-Mailbox", R"({"Identity":"dana","ForwardingAddress":"omar@contoso.com"})");
    CHECK(dana(world)["ForwardingAddress"] == "id-omar");
    CHECK(dana(world)["ForwardingSmtpAddress"] == "smtp:x@evil.example");
    world.change("Set-Mailbox",
                 R"({"Identity":"dana","ForwardingAddress":null,"ForwardingSmtpAddress":null,)"
                 R"("DeliverToMailboxAndForward":false})");
    CHECK(dana(world)["ForwardingAddress"].is_null());
    CHECK(dana(world)["ForwardingSmtpAddress"].is_null());
    CHECK(world.effects.size() == 3);
  }

  TEST_CASE("mail is not forwarded to nobody") {
    auto world = exchange_world(mailbox_world());
    as_exchange(world);
    CHECK(world.run("Set-Mailbox", R"({"Identity":"dana","ForwardingAddress":"x@evil.example"})")
              .status == 404);
    CHECK(world.refusal("Set-Mailbox", R"({"Identity":"dana","ForwardingSmtpAddress":"evil"})")
              .find("ProxyAddress") != std::string::npos);
    CHECK(world.effects.empty());
  }

  TEST_CASE("mailboxes ask for roles of their own") {
    auto world = exchange_world(mailbox_world());
    const auto status = [&](const char* role, const std::string& name) {
      world.app.directory_roles = {{role}};
      return world.run(name, of_dana).status;
    };
    CHECK(status("Security Reader", "Get-Mailbox") == 403);
    CHECK(status("Security Administrator", "Get-Mailbox") == 403);
    CHECK(status("Global Reader", "Get-Mailbox") == 200);
    CHECK(status("Global Reader", "Set-Mailbox") == 403);
    CHECK(status("Security Administrator", "Set-Mailbox") == 403);
    CHECK(status("Exchange Recipient Administrator", "Set-Mailbox") == 200);
  }
}
