#include "core/json/slice.hpp"
#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

/// Answers by the table that the query begins with.
struct tables_bench : feed_bench {
  explicit tables_bench(const std::string& name) : feed_bench(name) {
    net.respond = [this](const seams::request& what) -> answer {
      if (what.url.find("/oauth2") != std::string::npos) {
        return token_reply("token-1");
      }
      const auto query = core::json::as_string(*core::json::member(what.body, "Query")).value();
      const auto table = query.substr(0, query.find(' '));
      asked.push_back(table);
      const auto found = answers.find(table);
      return found == answers.end() ? reply(200, R"({"schema":[],"results":[]})") : found->second;
    };
  }
  void rows(const std::string& table, const std::string& list) {
    answers.insert_or_assign(table, reply(200, R"({"schema":[],"results":[)" + list + "]}"));
  }
  [[nodiscard]] auto keys() const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (const auto& one : stored()) {
      out.push_back(one.key);
    }
    return out;
  }

  std::map<std::string, answer> answers;
  std::vector<std::string> asked;
};

auto refusal(int status, const std::string& code, const std::string& message) -> answer {
  return reply(status, R"({"error":{"code":")" + code + R"(","message":")" + message + "\"}}");
}

} // namespace

TEST_SUITE("hunting_feed") {
  TEST_CASE("each table of mail is asked once, and its rows have keys of their own") {
    tables_bench world("email_events");
    world.rows("EmailEvents",
               R"({"NetworkMessageId":"n","RecipientEmailAddress":"d@c","LatestDeliveryLocation":)"
               R"("Quarantine"},{"NetworkMessageId":"n","RecipientEmailAddress":"o@c"})");
    world.rows("EmailUrlInfo",
               R"({"NetworkMessageId":"n","Url":"https://a/","UrlLocation":"Body"})");
    world.rows(
        "EmailAttachmentInfo",
        R"({"NetworkMessageId":"n","RecipientEmailAddress":"d@c","FileName":"x","SHA256":"1"})");
    world.rows("EmailPostDeliveryEvents",
               R"({"NetworkMessageId":"n","RecipientEmailAddress":"d@c","ActionType":"Phish ZAP",)"
               R"("Timestamp":"2026-03-10T07:00:00Z"})");
    CHECK(world.poll().has_value());
    CHECK(world.asked ==
          std::vector<std::string>{
              "EmailEvents", "EmailUrlInfo", "EmailAttachmentInfo", "EmailPostDeliveryEvents"});
    CHECK(world.keys() == std::vector<std::string>{
                              "EmailAttachmentInfo|n|d@c|x|1",
                              "EmailEvents|n|d@c",
                              "EmailEvents|n|o@c",
                              "EmailPostDeliveryEvents|n|d@c|Phish ZAP|2026-03-10T07:00:00Z",
                              "EmailUrlInfo|n|https://a/|Body",
                          });
    CHECK(world.stored().at(1).version == "Quarantine");
    CHECK(world.stored().at(1).connector_type == "ms365_email_events");
  }

  TEST_CASE("a table that is missing stops no other, and the poll tells of it") {
    tables_bench world("teams_messages");
    world.answers.insert_or_assign(
        "MessageEvents",
        refusal(400,
                "BadRequest",
                "'where' operator: Failed to resolve table or column expression named "
                "'MessageEvents'. Fix semantic errors in your query."));
    world.rows("MessageUrlInfo", R"({"TeamsMessageId":"t","Url":"https://a/"})");
    const auto done = world.poll();
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == "table_missing");
    CHECK(world.keys() == std::vector<std::string>{"MessageUrlInfo|t|https://a/"});
  }

  TEST_CASE("each table has a cursor of its own") {
    tables_bench world("teams_messages");
    world.answers.insert_or_assign("MessageUrlInfo", refusal(503, "ServiceUnavailable", ""));
    CHECK_FALSE(world.poll().has_value());
    CHECK(world.records.cursors.contains("teams_messages/MessageEvents"));
    CHECK_FALSE(world.records.cursors.contains("teams_messages/MessageUrlInfo"));
    CHECK(world.records.cursors.contains("teams_messages/MessagePostDeliveryEvents"));
  }
}
