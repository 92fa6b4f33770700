#include "tests/mock_graph/mailboxes/mailbox_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

const auto rules_of_dana = std::string("id-dana/mailFolders/inbox/messageRules");

auto forwarding(const std::string& name, bool read_only = false) -> tenant::inbox_rule {
  auto out = tenant::inbox_rule();
  out.id = "rule-" + name;
  out.user = "dana";
  out.name = name;
  out.forward_to = {"drop@fabrikam.example"};
  out.read_only = read_only;
  return out;
}

auto with_rule(const tenant::inbox_rule& what) -> tenant::standing {
  auto state = office();
  state.inbox_rules.push_back(what);
  return state;
}

} // namespace

TEST_SUITE("rules_api") {
  TEST_CASE(
      "rules that stand from the start leave no record, one made later leaves New-InboxRule") {
    mailbox_world world({{start + 2h, "t.toml:1", forwarding("later")}},
                        with_rule(forwarding("old")));
    CHECK(world.found(1h, rules_of_dana).size() == 1);
    CHECK(world.seen.records.empty());
    const auto both = world.found(2h, rules_of_dana);
    REQUIRE(both.size() == 2);
    CHECK(both[1]["displayName"] == "later");
    CHECK(both[1]["sequence"] == 2);
    CHECK(both[1]["actions"]["forwardTo"][0]["emailAddress"]["address"] == "drop@fabrikam.example");
    CHECK(both[1]["conditions"].is_null());
    REQUIRE(world.seen.records.size() == 1);
    const auto& fields = world.seen.records[0].fields;
    CHECK(fields["Operation"] == "New-InboxRule");
    CHECK(fields["UserId"] == "dana@contoso.com");
  }

  TEST_CASE("switching a rule off answers 200 with the rule, and counts once") {
    mailbox_world world({}, with_rule(forwarding("old")));
    const auto path =
        rules_of_dana + "/" + world.found(1h, rules_of_dana)[0]["id"].get<std::string>();
    const auto off = R"({"isEnabled":false})";
    for (auto i = 0; i < 2; ++i) {
      const auto answer = world.send(1h, "PATCH", path, off);
      CHECK(answer.status == 200);
      CHECK(json::parse(answer.body)["isEnabled"] == false);
    }
    REQUIRE(world.effects.size() == 1);
    CHECK(world.effects[0].what == "disable inbox rule");
    REQUIRE(world.seen.records.size() == 1);
    CHECK(world.seen.records[0].fields["Operation"] == "Disable-InboxRule");
  }

  TEST_CASE("deleting a rule is 204, then not found, and it can be made again under a new id") {
    mailbox_world world({}, with_rule(forwarding("old")));
    auto rule = world.found(1h, rules_of_dana)[0];
    const auto path = rules_of_dana + "/" + rule["id"].get<std::string>();
    CHECK(world.send(1h, "DELETE", path).status == 204);
    CHECK(world.code(world.send(1h, "DELETE", path)) == "404 ErrorItemNotFound");
    CHECK(world.found(1h, rules_of_dana).empty());
    CHECK(world.effects.size() == 1);
    const auto again =
        json{{"displayName", rule["displayName"]}, {"actions", rule["actions"]}}.dump();
    const auto made = world.send(2h, "POST", rules_of_dana, again);
    CHECK(made.status == 201);
    CHECK(json::parse(made.body)["id"] != rule["id"]);
    CHECK(json::parse(made.body)["actions"] == rule["actions"]);
  }

  TEST_CASE("a read-only rule stays as it is") {
    mailbox_world world({}, with_rule(forwarding("fixed", true)));
    const auto path =
        rules_of_dana + "/" + world.found(1h, rules_of_dana)[0]["id"].get<std::string>();
    CHECK(world.code(world.send(1h, "DELETE", path)) == "403 ErrorAccessDenied");
    CHECK(world.code(world.send(1h, "PATCH", path, R"({"isEnabled":false})")) ==
          "403 ErrorAccessDenied");
    CHECK(world.effects.empty());
  }

  TEST_CASE("rules are read with either role and written with one") {
    mailbox_world world({}, with_rule(forwarding("old")));
    const auto path =
        rules_of_dana + "/" + world.found(1h, rules_of_dana)[0]["id"].get<std::string>();
    world.roles = {"MailboxSettings.Read"};
    CHECK(world.found(1h, rules_of_dana).size() == 1);
    CHECK(world.code(world.send(1h, "DELETE", path)) == "403 ErrorAccessDenied");
    world.roles = {"Mail.ReadWrite"};
    CHECK(world.code(world.send(1h, "GET", path)) == "403 ErrorAccessDenied");
  }

  TEST_CASE("China's cloud has no rules in v1.0, and a user without mailbox has none anywhere") {
    auto state = office();
    state.cloud = "china";
    mailbox_world china({}, state);
    CHECK(china.code(china.send(1h, "GET", rules_of_dana)) == "400 BadRequest");
    mailbox_world world({});
    CHECK(world.code(world.send(1h, "GET", "id-kim/mailFolders/inbox/messageRules")) ==
          "404 MailboxNotEnabledForRESTAPI");
  }
}
