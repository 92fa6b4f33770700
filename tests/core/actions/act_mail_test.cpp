#include "tests/core/actions/act_bench.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace core::actions;
using namespace fakes;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const auto phish = std::string("<7f3a@evil.example>");

auto deletion_in(std::vector<std::string> mailboxes) -> act_request {
  return {"hard_delete_message",
          {{"internet_message_ids", {phish}}, {"mailboxes", std::move(mailboxes)}},
          ""};
}

auto people(int count) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (auto i = 0; i < count; ++i) {
    out.push_back("user" + std::to_string(i) + "@contoso.com");
  }
  return out;
}

/// Mailboxes that each hold the message once.
struct mailboxes : act_bench {
  mailboxes() {
    tenant = [this](const seams::request& query) -> answer {
      const auto from = query.url.find("/users/") + 7;
      const auto user = query.url.substr(from, query.url.find('/', from) - from);
      if (user == "unlicensed@contoso.com") {
        return reply(404, R"({"error":{"code":"MailboxNotEnabledForRESTAPI","message":"no"}})");
      }
      if (query.method == "GET") {
        auto hits = json::array();
        if (!deleted.contains(user)) {
          hits.push_back({{"id", "AAMk-" + user}, {"subject", "Invoice"}});
        }
        return reply(200, json{{"value", hits}}.dump());
      }
      if (++posts == throttle_at) {
        return reply(429, "{}", {{"Retry-After", "30"}});
      }
      ++deleted[user];
      return reply(204, "");
    };
  }

  std::map<std::string, int> deleted; ///< how often, by mailbox
  int posts = 0;
  int throttle_at = 0;
};

} // namespace

TEST_SUITE("actions/mail") {
  TEST_CASE("two hundred mailboxes are cleaned although the service throttles in the middle") {
    auto world = mailboxes();
    world.throttle_at = 100;
    world.options.most_mailboxes = 200;
    const auto done = world.perform(deletion_in(people(200)));
    REQUIRE(done.has_value());
    CHECK(done->well());
    CHECK(world.deleted.size() == 200);
    CHECK(std::ranges::all_of(world.deleted, [](const auto& one) { return one.second == 1; }));
  }

  TEST_CASE("more mailboxes than allowed are refused with the number that is needed") {
    auto world = mailboxes();
    const auto refused = world.perform(deletion_in(people(51)));
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "too_many_mailboxes");
    CHECK(refused.error().why.find("--max-mailboxes 51") != std::string::npos);
    CHECK(world.changes.empty());
  }

  TEST_CASE("the deletion is a permanent one by an id that survives moves") {
    auto world = mailboxes();
    const auto shown = world.propose(deletion_in({"dana@contoso.com"}));
    REQUIRE(shown.has_value());
    const auto& call = shown->steps.at(0).what.call;
    CHECK(call.method == "POST");
    CHECK(call.url == "https://graph.microsoft.com/v1.0/users/dana@contoso.com/messages/"
                      "AAMk-dana@contoso.com/permanentDelete");
    CHECK(call.fields.at(0).second == R"(IdType="ImmutableId")");
    CHECK(world.net.to("/messages?")
              .at(0)
              .what.url.find("internetMessageId%20eq%20%27%3C7f3a%40evil.example%3E%27") !=
          std::string::npos);
  }

  TEST_CASE("a mailbox without a licence fails alone, and a resumed act finds it licensed") {
    auto world = mailboxes();
    const auto part = world.perform(deletion_in({"unlicensed@contoso.com", "dana@contoso.com"}));
    REQUIRE(part.has_value());
    CHECK(part->steps.at(0).end->how == ending::failed);
    CHECK(part->steps.at(1).end->how == ending::done);
    CHECK_FALSE(part->well());
    const auto again = world.resume(part->act);
    REQUIRE(again.has_value());
    CHECK(again->steps.size() == 2); // the one that failed, and the other is seen to be gone
    CHECK(world.deleted.at("dana@contoso.com") == 1);
  }

  TEST_CASE("a second act finds nothing to delete") {
    auto world = mailboxes();
    REQUIRE(world.perform(deletion_in({"dana@contoso.com"})).has_value());
    const auto second = world.perform(deletion_in({"dana@contoso.com"}));
    CHECK(second->steps.at(0).end->how == ending::already);
    CHECK(world.posts == 1);
  }

  TEST_CASE("a deletion whose answer is lost shows in a second search") {
    auto world = mailboxes();
    world.lost = 1;
    const auto done = world.perform(deletion_in({"dana@contoso.com"}));
    CHECK(done->steps.at(0).end->how == ending::done);
    CHECK(world.posts == 1);
  }

  TEST_CASE("where there is no permanent deletion people are told that they can recover it") {
    auto world = mailboxes();
    world.config.where = *core::find_cloud("gcc_high");
    const auto shown = world.propose(deletion_in({"dana@contoso.com"}));
    CHECK(shown->steps.at(0).what.call.method == "DELETE");
    CHECK_FALSE(shown->steps.at(0).what.notes.empty());
  }

  TEST_CASE("no message, no act") {
    auto world = mailboxes();
    const auto none = world.perform({"hard_delete_message", {{"mailboxes", {"a@b"}}}, ""});
    CHECK(none.error().code == "no_message");
  }
}

namespace {

auto forwarding(const char* id, const char* to, bool enabled = true) -> json {
  return {{"id", id},
          {"displayName", id},
          {"isEnabled", enabled},
          {"actions", {{"forwardTo", {{{"emailAddress", {{"address", to}}}}}}}}};
}

/// One mailbox with rules, behind Graph and Exchange.
struct rules : act_bench {
  rules() {
    tenant = [this](const seams::request& query) -> answer {
      if (holds(query, "/InvokeCommand")) {
        return cmdlet(json::parse(query.body)["CmdletInput"]);
      }
      if (holds(query, "/domains")) {
        return domains;
      }
      if (query.method == "GET") {
        return reply(200, json{{"value", all}}.dump());
      }
      const auto id = query.url.substr(query.url.rfind('/') + 1);
      const auto at = std::ranges::find_if(all, [&](const json& one) { return one["id"] == id; });
      if (query.method == "DELETE") {
        all.erase(at);
        return reply(204, "");
      }
      (*at)["isEnabled"] = false;
      return reply(200, at->dump());
    };
  }

  auto cmdlet(const json& input) -> answer {
    if (!shows_cmdlets) {
      return reply(403, "");
    }
    if (input["CmdletName"] == "Set-Mailbox") {
      forwards_to = nullptr;
      ++set;
      return reply(200, R"({"value":[]})");
    }
    return reply(200,
                 json{{"value",
                       {{{"ForwardingAddress", nullptr},
                         {"ForwardingSmtpAddress", forwards_to},
                         {"DeliverToMailboxAndForward", true}}}}}
                     .dump());
  }

  std::vector<json> all;
  json forwards_to;
  bool shows_cmdlets = true;
  int set = 0;
  answer domains = reply(200, R"({"value":[{"id":"contoso.com"},{"id":"contoso.de"}]})");
};

auto for_dana(std::string name) -> act_request {
  return {std::move(name), {{"users", {"dana@contoso.com"}}}, ""};
}

} // namespace

TEST_SUITE("actions/rules") {
  TEST_CASE("all that forwards is disabled, in rules and on the mailbox, and nothing else") {
    auto world = rules();
    world.all = {forwarding("in", "omar@contoso.com"),
                 forwarding("out", "x@evil.example"),
                 forwarding("off", "x@evil.example", false),
                 {{"id", "moves"}, {"isEnabled", true}, {"actions", {{"moveToFolder", "f"}}}}};
    world.forwards_to = "smtp:x@evil.example";
    const auto done = world.perform(for_dana("disable_forwarding_rules"));
    REQUIRE(done.has_value());
    CHECK(done->well());
    CHECK(done->steps.size() == 3);
    CHECK(world.all[0]["isEnabled"] == false);
    CHECK(world.all[1]["isEnabled"] == false);
    CHECK(world.all[3]["isEnabled"] == true);
    CHECK(world.set == 1);
    const auto second = world.perform(for_dana("disable_forwarding_rules"));
    CHECK(second->steps.at(0).end->how == ending::already);
    CHECK(world.set == 1);
  }

  TEST_CASE("rules are disabled although Exchange does not show the mailbox to the app") {
    auto world = rules();
    world.all = {forwarding("out", "x@evil.example")};
    world.shows_cmdlets = false;
    const auto done = world.perform(for_dana("disable_forwarding_rules"));
    REQUIRE(done->steps.size() == 2);
    CHECK(done->steps[0].end->how == ending::done);
    CHECK(done->steps[1].end->how == ending::failed);
    CHECK(done->steps[1].end->text.starts_with("disable_forwarding_rules needs the directory role "
                                               "Exchange Administrator or "));
    CHECK(world.all[0]["isEnabled"] == false);
    world.shows_cmdlets = true;
    world.forwards_to = "smtp:x@evil.example";
    const auto resumed = world.resume(done->act);
    REQUIRE(resumed->steps.size() == 1);
    CHECK(resumed->steps[0].what.does ==
          "stops the forwarding of the mailbox to smtp:x@evil.example");
  }

  TEST_CASE("only rules that lead outside are deleted, and the log can restore them") {
    auto world = rules();
    world.all = {forwarding("in", "omar@contoso.de"), forwarding("out", "x@evil.example")};
    const auto done = world.perform(for_dana("delete_external_forwarding_rules"));
    REQUIRE(done.has_value());
    CHECK(done->well());
    REQUIRE(world.all.size() == 1);
    CHECK(world.all[0]["id"] == "in");
    const auto intent = json::parse(world.records.of("actions").at(0).raw);
    CHECK(json::parse(intent["undo"].get<std::string>())["displayName"] == "out");
  }

  TEST_CASE("without the list of domains the act says what it takes as internal") {
    auto world = rules();
    world.all = {forwarding("out", "x@contoso.de")};
    world.domains = reply(403, R"({"error":{"code":"Authorization_RequestDenied"}})");
    const auto shown = world.propose(for_dana("delete_external_forwarding_rules"));
    REQUIRE(shown.has_value());
    CHECK(shown->steps.at(0).what.notes.at(0).find("contoso.com") != std::string::npos);
  }

  TEST_CASE("a rule that Outlook alone can change is told and left alone") {
    auto world = rules();
    world.all = {forwarding("out", "x@evil.example")};
    world.all[0]["isReadOnly"] = true;
    const auto done = world.perform(for_dana("delete_external_forwarding_rules"));
    CHECK(done->steps.at(0).end->how == ending::failed);
    CHECK(done->steps.at(0).end->code == "read_only_rule");
    CHECK(world.sent("/messageRules/") == 0);
  }
}
