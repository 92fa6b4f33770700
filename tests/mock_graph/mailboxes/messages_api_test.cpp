#include "tests/mock_graph/mailboxes/mailbox_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

const auto by_message_id =
    std::string("id-dana/messages?$filter=internetMessageId eq '%3Cbad@fabrikam.example%3E'");

auto one_bad_mail() -> std::vector<tenant::event> {
  return {mail_at(1h, "bad", {"dana", "omar"}), mail_at(2h, "good", {"dana"})};
}

} // namespace

TEST_SUITE("messages_api") {
  TEST_CASE("a message is found by its internet message id in each mailbox it came to") {
    mailbox_world world(one_bad_mail());
    CHECK(world.found(30min, by_message_id).empty());
    const auto hits = world.found(1h, by_message_id);
    REQUIRE(hits.size() == 1);
    CHECK(hits[0]["internetMessageId"] == "<bad@fabrikam.example>");
    CHECK(hits[0]["from"]["emailAddress"]["address"] == "billing@fabrikam.example");
    CHECK(hits[0]["toRecipients"].size() == 2);
    CHECK(world.found(2h, "id-omar/messages").size() == 1);
  }

  TEST_CASE("mail lies where delivery put it, quarantined mail nowhere") {
    mailbox_world world({mail_at(1h, "in", {"dana"}),
                         mail_at(2h, "junk", {"dana"}, "Junk"),
                         mail_at(3h, "held", {"dana"}, "Quarantine"),
                         mail_at(4h, "own", {"omar"}, "Inbox", "dana@contoso.com")});
    CHECK(world.found(5h, "id-dana/mailFolders/inbox/messages").size() == 1);
    CHECK(world.found(5h, "id-dana/mailFolders/junkemail/messages").size() == 1);
    CHECK(world.found(5h, "id-dana/mailFolders/sentitems/messages").size() == 1);
    CHECK(world.found(5h, "id-dana/messages").size() == 3);
  }

  TEST_CASE("a sweep by sender and time is newest first, ten a page, and goes on by $skip") {
    auto events = std::vector<tenant::event>();
    for (auto i = 0; i < 12; ++i) {
      events.push_back(mail_at(i * 1min, "m" + std::to_string(i), {"dana"}));
    }
    mailbox_world world(events);
    const auto sweep =
        world.fetch(1h,
                    "id-dana/messages?$filter=receivedDateTime ge 2026-03-10T00:00:00Z and "
                    "from/emailAddress/address eq 'billing@fabrikam.example'&$select=subject");
    REQUIRE(sweep["value"].size() == 10);
    CHECK(sweep["value"][0]["subject"] == "Invoice m11");
    CHECK(sweep["value"][0].contains("id"));
    CHECK_FALSE(sweep["value"][0].contains("from"));
    const auto next = sweep["@odata.nextLink"].get<std::string>();
    CHECK(next.find("$skip=10") != std::string::npos);
    const auto rest = world.fetch(1h, next);
    CHECK(rest["value"].size() == 2);
    CHECK_FALSE(rest.contains("@odata.nextLink"));
  }

  TEST_CASE("what is sorted by must be filtered by first") {
    mailbox_world world(one_bad_mail());
    const auto wrong = world.send(2h,
                                  "GET",
                                  "id-dana/messages?$filter=subject eq 'Invoice bad'"
                                  "&$orderby=receivedDateTime");
    CHECK(world.code(wrong) == "400 InefficientFilter");
    CHECK(world
              .found(2h,
                     "id-dana/messages?$filter=receivedDateTime ge 2026-03-10T00:00:00Z and "
                     "subject eq 'Invoice bad'&$orderby=receivedDateTime")
              .size() == 1);
  }

  TEST_CASE("permanent deletion is 204, then not found, and counts once") {
    mailbox_world world(one_bad_mail());
    const auto id = world.found(1h, by_message_id)[0]["id"].get<std::string>();
    const auto path = "id-dana/messages/" + id + "/permanentDelete";
    const auto first = world.send(2h, "POST", path);
    CHECK(first.status == 204);
    CHECK(first.body.empty());
    CHECK(world.code(world.send(2h, "POST", path)) == "404 ErrorItemNotFound");
    CHECK(world.code(world.send(2h, "GET", "id-dana/messages/" + id)) == "404 ErrorItemNotFound");
    CHECK(world.found(2h, by_message_id).empty());
    CHECK(world.found(2h, "id-omar/messages").size() == 1);
    REQUIRE(world.effects.size() == 1);
    CHECK(world.effects[0].what == "hard delete message");
    CHECK(world.effects[0].target == "<bad@fabrikam.example> of dana@contoso.com");
    REQUIRE(world.seen.records.size() == 1);
    const auto& record = world.seen.records[0].fields;
    CHECK(record["Operation"] == "HardDelete");
    CHECK(record["RecordType"] == 3);
    CHECK(record["MailboxOwnerUPN"] == "dana@contoso.com");
    CHECK(record["AffectedItems"][0]["InternetMessageId"] == "<bad@fabrikam.example>");
    CHECK(record["Folder"]["Path"] == "\\Inbox");
  }

  TEST_CASE("permanent deletion exists in the worldwide clouds alone") {
    for (const auto* cloud : {"gcc_high", "dod", "china"}) {
      auto state = office();
      state.cloud = cloud;
      mailbox_world world(one_bad_mail(), state);
      const auto answer = world.send(1h, "POST", "id-dana/messages/x/permanentDelete");
      CHECK(world.code(answer) == "400 BadRequest");
      CHECK(answer.body.find("segment 'permanentDelete'") != std::string::npos);
    }
  }

  TEST_CASE("a soft deletion leaves the item among the recoverable ones, which cannot be deleted") {
    mailbox_world world(one_bad_mail());
    const auto id = world.found(1h, by_message_id)[0]["id"].get<std::string>();
    CHECK(world.send(1h, "DELETE", "id-dana/messages/" + id).status == 204);
    CHECK(world.found(1h, by_message_id).empty());
    const auto held = world.found(1h, "id-dana/mailFolders/recoverableitemsdeletions/messages");
    REQUIRE(held.size() == 1);
    const auto again =
        world.send(1h, "DELETE", "id-dana/messages/" + held[0]["id"].get<std::string>());
    CHECK(world.code(again) == "400 ErrorCannotDeleteObject");
  }

  TEST_CASE("a move gives a new id, an immutable one stays") {
    mailbox_world world(one_bad_mail());
    const auto old_id = world.found(1h, by_message_id)[0]["id"].get<std::string>();
    world.fields.set("Prefer", "IdType=\"ImmutableId\"");
    const auto lasting = world.found(1h, by_message_id)[0]["id"].get<std::string>();
    CHECK(lasting != old_id);
    const auto to_trash = R"({"destinationId":"deleteditems"})";
    const auto moved = world.send(1h, "POST", "id-dana/messages/" + lasting + "/move", to_trash);
    CHECK(moved.status == 201);
    CHECK(json::parse(moved.body)["id"] == lasting);
    world.fields = {};
    const auto new_id = world.found(1h, by_message_id)[0]["id"].get<std::string>();
    CHECK(new_id != old_id);
    CHECK(world.code(world.send(1h, "POST", "id-dana/messages/" + old_id + "/permanentDelete")) ==
          "404 ErrorItemNotFound");
    CHECK(world.send(1h, "POST", "id-dana/messages/" + lasting + "/permanentDelete").status == 204);
    CHECK(world.seen.records[0].fields["Operation"] == "MoveToDeletedItems");
  }

  TEST_CASE("zero-hour purge takes a message out of every mailbox") {
    auto events = one_bad_mail();
    events.push_back({start + 3h, "t.toml:2", tenant::zero_hour_purge{"bad"}});
    mailbox_world world(events);
    CHECK(world.found(2h, by_message_id).size() == 1);
    CHECK(world.found(3h, by_message_id).empty());
    CHECK(world.found(3h, "id-omar/messages").empty());
  }

  TEST_CASE("who has no mailbox, or one that the app may not see, says so") {
    mailbox_world world(one_bad_mail());
    CHECK(world.code(world.send(1h, "GET", "id-kim/messages")) ==
          "404 MailboxNotEnabledForRESTAPI");
    const auto outside = world.send(1h, "GET", "id-vip/messages");
    CHECK(world.code(outside) == "403 ErrorAccessDenied");
    CHECK(outside.body.find("Access to OData is disabled.") != std::string::npos);
    CHECK(world.code(world.send(1h, "GET", "id-nobody/messages")) ==
          "404 Request_ResourceNotFound");
  }

  TEST_CASE("reading takes a lesser role than deleting, the least shows no bodies") {
    mailbox_world world(one_bad_mail());
    world.roles = {"Mail.ReadBasic.All"};
    const auto hit = world.found(1h, by_message_id)[0];
    CHECK_FALSE(hit.contains("body"));
    CHECK_FALSE(hit.contains("bodyPreview"));
    const auto path = "id-dana/messages/" + hit["id"].get<std::string>();
    CHECK(world.code(world.send(1h, "POST", path + "/permanentDelete")) == "403 ErrorAccessDenied");
    world.roles = {"Mail.Read"};
    CHECK(world.found(1h, by_message_id)[0].contains("body"));
    CHECK(world.code(world.send(1h, "DELETE", path)) == "403 ErrorAccessDenied");
    world.roles = {"User.Read.All"};
    CHECK(world.code(world.send(1h, "GET", path)) == "403 ErrorAccessDenied");
  }

  TEST_CASE("an app asks one mailbox ten thousand times in ten minutes, and another as often") {
    mailbox_world world({});
    for (auto i = 0; i < 10'000; ++i) {
      (void)world.send(1h, "GET", "id-dana/messages/x");
    }
    const auto refused = world.send(1h, "GET", "id-dana/messages");
    CHECK(refused.status == 429);
    CHECK(refused.fields.find("Retry-After") == "10");
    CHECK(world.send(1h, "GET", "id-omar/messages").status == 200);
  }
}
