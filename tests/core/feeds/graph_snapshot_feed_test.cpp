#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

const auto graph_root = std::string("https://graph.microsoft.com/v1.0/");

auto list(const std::string& items, const std::string& next = "") -> answer {
  return reply(200,
               R"({"value":[)" + items + "]" +
                   (next.empty() ? "}" : R"(,"@odata.nextLink":")" + next + "\"}"));
}

auto settings(const std::string& status, const std::string& message = "") -> answer {
  return reply(200,
               R"({"automaticRepliesSetting":{"status":")" + status +
                   R"(","internalReplyMessage":")" + message + R"("},"userPurpose":"user"})");
}

auto refusal(int status, const std::string& code) -> answer {
  return reply(status, R"({"error":{"code":")" + code + R"(","message":"x"}})");
}

const auto two_users = list(R"({"id":"a"},{"id":"b"})");

struct mailbox_bench : feed_bench {
  mailbox_bench() : feed_bench("mailbox_settings") { net.on("/users?", {two_users}); }
  void mailbox(const std::string& user, std::vector<answer> answers) {
    net.on("/users/" + user + "/mailboxSettings", std::move(answers));
  }
  [[nodiscard]] auto raws(const std::string& key) const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (const auto& one : stored()) {
      if (one.key == key) {
        out.push_back(one.raw);
      }
    }
    return out;
  }
};

struct members_bench : feed_bench {
  members_bench() : feed_bench("group_members") { net.on("/groups?", {list(R"({"id":"g"})")}); }
  [[nodiscard]] auto keys() const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (const auto& one : stored()) {
      out.push_back(one.key);
    }
    return out;
  }
};

using texts = std::vector<std::string>;

const auto removed_mark = std::string(R"("@removed":{"reason":"absent"})");

} // namespace

TEST_SUITE("graph_snapshot_feed") {
  TEST_CASE("settings are stored when they differ, without the texts of replies") {
    mailbox_bench world;
    world.mailbox("a", {settings("disabled", "secret words"), settings("disabled", "others")});
    world.mailbox("b", {settings("disabled"), settings("scheduled")});
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    const auto of_a = world.raws("a");
    REQUIRE(of_a.size() == 1);
    CHECK(of_a[0].find("words") == std::string::npos);
    CHECK(of_a[0].find(R"("userPurpose":"user")") != std::string::npos);
    CHECK(world.stored()[0].cuts == texts{"reply_messages"});
    CHECK(world.raws("b").size() == 2);
  }

  TEST_CASE("a user without a mailbox is no failure, one whose mailbox goes is marked") {
    mailbox_bench world;
    world.mailbox("a", {settings("disabled")});
    world.mailbox("b", {settings("disabled"), refusal(404, "MailboxNotEnabledForRESTAPI")});
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    REQUIRE(world.raws("b").size() == 2);
    CHECK(world.raws("b")[1].find(removed_mark) != std::string::npos);
  }

  TEST_CASE("a mailbox that is closed to the app is left as it was") {
    mailbox_bench world;
    world.mailbox("a", {settings("disabled"), refusal(403, "ErrorAccessDenied")});
    world.mailbox("b", {settings("disabled")});
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    CHECK(world.raws("a").size() == 1);
  }

  TEST_CASE("when all are closed the poll fails with their reason") {
    mailbox_bench world;
    world.mailbox("a", {refusal(403, "ErrorAccessDenied")});
    world.mailbox("b", {refusal(403, "ErrorAccessDenied")});
    const auto outcome = world.poll();
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == "ErrorAccessDenied");
  }

  TEST_CASE("trouble in the middle marks nobody") {
    mailbox_bench world;
    world.mailbox("a", {settings("disabled")});
    world.mailbox("b", {settings("disabled"), reply(400, "")});
    CHECK(world.poll().has_value());
    world.net.on("/users?", {list(R"({"id":"b"})")});
    CHECK(world.poll().has_error());
    CHECK(world.raws("a").size() == 1);
  }

  TEST_CASE("members are known by group and user, over pages, and who leaves is marked") {
    members_bench world;
    world.net.on("/groups/g/members",
                 {list(R"({"id":"u1"})", graph_root + "groups/g/members?$skiptoken=2"),
                  list(R"({"id":"u2"})"),
                  list(R"({"id":"u2"})")});
    CHECK(world.poll().has_value());
    CHECK(world.keys() == texts{"g/u1", "g/u2"});
    CHECK(world.poll().has_value());
    CHECK(world.keys() == texts{"g/u1", "g/u1", "g/u2"});
    CHECK(world.stored()[1].raw.find(removed_mark) != std::string::npos);
  }

  TEST_CASE("a next page on a foreign host is not asked for") {
    members_bench world;
    world.net.on("/groups/g/members", {list("", "https://attacker.example/x")});
    CHECK(world.poll().error().code == "foreign_link");
    CHECK(world.net.count("attacker") == 0);
  }
}
