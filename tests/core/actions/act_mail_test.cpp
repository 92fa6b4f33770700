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
      ++posts;
      if (gone_before_us) {
        ++deleted[user];
        return reply(404, R"({"error":{"code":"ErrorItemNotFound","message":"gone"}})");
      }
      if (posts == throttle_at) {
        return reply(429, "{}", {{"Retry-After", "30"}});
      }
      ++deleted[user];
      return reply(204, "");
    };
  }

  std::map<std::string, int> deleted; ///< how often, by mailbox
  int posts = 0;
  int throttle_at = 0;
  bool gone_before_us = false; ///< somebody else deletes it after we have looked
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

  TEST_CASE("what somebody else did in between is not told as our effect") {
    auto world = mailboxes();
    world.gone_before_us = true;
    const auto done = world.perform(deletion_in({"dana@contoso.com"}));
    CHECK(done->steps.at(0).end->how == ending::already);
    CHECK(done->steps.at(0).end->text == "somebody else did it meanwhile");
  }

  TEST_CASE("where there is no permanent deletion people are told that they can recover it") {
    auto world = mailboxes();
    world.config.where = *core::find_cloud("gcc_high");
    const auto shown = world.propose(deletion_in({"dana@contoso.com"}));
    CHECK(shown->steps.at(0).what.call.method == "DELETE");
    CHECK_FALSE(shown->steps.at(0).what.notes.empty());
  }

  TEST_CASE("a message without an id is never deleted") {
    auto world = mailboxes();
    world.tenant = [](const seams::request&) {
      return reply(200, R"({"value":[{"subject":"x"}]})");
    };
    const auto done = world.perform(deletion_in({"dana@contoso.com"}));
    CHECK(done->steps.at(0).end->code == "answer_malformed");
    CHECK(world.changes.empty());
  }

  TEST_CASE("a row of a hunt that names no recipient is no answer to act on") {
    for (const auto* rows : {R"({"results":[{"Recipient":"x"}]})", R"({"results":[1]})", "{}"}) {
      auto world = mailboxes();
      world.tenant = [&](const seams::request&) { return reply(200, rows); };
      const auto none =
          world.perform({"hard_delete_message", {{"internet_message_ids", {phish}}}, ""});
      REQUIRE(none.has_error());
      CHECK(none.error().code == "answer_malformed");
    }
  }

  TEST_CASE("two spellings of a mailbox are one target") {
    auto world = mailboxes();
    const auto done = world.perform(deletion_in({"Dana@contoso.com", "dana@Contoso.com"}));
    CHECK(done->steps.size() == 1);
    CHECK(world.deleted.at("dana@contoso.com") == 1);
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
      if (!holds(query, "/messageRules")) {
        return reply(200, R"({"id":"id-dana","userPrincipalName":"dana@contoso.com","mail":null})");
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
    if (mailbox_refused) {
      return reply(403, "{}");
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
  bool mailbox_refused = false;
  answer domains = reply(200, R"({"value":[{"id":"contoso.com","isVerified":true},
                                           {"id":"contoso.de","isVerified":true}]})");
};

auto for_dana(std::string name) -> act_request {
  return {std::move(name), {{"users", {"dana@contoso.com"}}}, ""};
}

auto deletion_for(std::string user, std::vector<std::string> domains = {}) -> act_request {
  auto out = act_request{"delete_external_forwarding_rules", {{"users", {std::move(user)}}}, ""};
  if (!domains.empty()) {
    out.parameters.emplace_back("internal_domains", std::move(domains));
  }
  return out;
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

  TEST_CASE("without the list of domains nobody's rules are deleted") {
    auto world = rules();
    world.all = {forwarding("out", "x@contoso.de")};
    world.domains = reply(403, R"({"error":{"code":"Authorization_RequestDenied"}})");
    const auto target = std::string("3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21");
    for (const auto& user : {target, std::string("dana@contoso.com")}) {
      const auto done = world.perform(deletion_for(user));
      REQUIRE(done.has_value());
      CHECK(done->steps.at(0).end->how == ending::failed);
      CHECK(done->steps.at(0).end->code == "domains_unknown");
    }
    CHECK(world.all.size() == 1);
    world.all.clear();
    CHECK(world.perform(deletion_for(target))->well());
  }

  TEST_CASE("domains that the act names stand in for the list, with those of the user") {
    auto world = rules();
    world.all = {forwarding("own", "omar@contoso.com"),
                 forwarding("named", "omar@contoso.de"),
                 forwarding("out", "x@evil.example")};
    world.domains = reply(403, R"({"error":{"code":"Authorization_RequestDenied"}})");
    const auto done =
        world.perform(deletion_for("3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21", {"Contoso.de"}));
    REQUIRE(done.has_value());
    REQUIRE(done->steps.size() == 1);
    CHECK(done->steps[0].what.notes.at(0).ends_with("are contoso.com, contoso.de"));
    CHECK(world.all.size() == 2);
    const auto nothing = world.perform(deletion_for("dana@contoso.com", {""}));
    CHECK(nothing->steps.at(0).end->code == "no_target");
  }

  TEST_CASE("a domain that is not verified is not the tenant's own") {
    auto world = rules();
    world.all = {forwarding("in", "omar@contoso.com"), forwarding("out", "x@claimed.example")};
    world.domains = reply(200, R"({"value":[{"id":"contoso.com","isVerified":true},
                                            {"id":"claimed.example","isVerified":false}]})");
    CHECK(world.perform(for_dana("delete_external_forwarding_rules"))->well());
    REQUIRE(world.all.size() == 1);
    CHECK(world.all[0]["id"] == "in");
    world.all = {forwarding("in", "omar@contoso.com")};
    world.domains = reply(200, R"({"value":[]})");
    CHECK(world.perform(for_dana("delete_external_forwarding_rules"))->steps.at(0).end->code ==
          "domains_unknown");
  }

  TEST_CASE("a list of domains that fails to come is a failure, whatever the act names") {
    auto world = rules();
    world.all = {forwarding("out", "x@evil.example")};
    world.domains = reply(503, "{}");
    const auto done = world.perform(deletion_for("dana@contoso.com", {"contoso.com"}));
    REQUIRE(done.has_value());
    CHECK(done->steps.at(0).end->code == "503");
    CHECK(world.all.size() == 1);
  }

  TEST_CASE("a mailbox that Exchange does not show keeps none of its rules alive") {
    auto world = rules();
    world.all = {forwarding("out", "x@evil.example")};
    world.mailbox_refused = true;
    const auto done = world.perform(for_dana("disable_forwarding_rules"));
    REQUIRE(done.has_value());
    REQUIRE(done->steps.size() == 2);
    CHECK(done->steps[0].end->how == ending::done);
    CHECK(world.all[0]["isEnabled"] == false);
    CHECK(done->steps[1].end->how == ending::failed);
    CHECK(done->steps[1].what.id == "stop forwarding of dana@contoso.com");
    CHECK_FALSE(done->well());
  }

  TEST_CASE("what is no rule fails its mailbox and not the act") {
    for (const auto& odd : {json(1), json{{"displayName", "no id"}, {"isEnabled", true}}}) {
      auto world = rules();
      world.all = {odd};
      auto what = for_dana("disable_forwarding_rules");
      what.parameters[0].second.emplace_back("omar@contoso.com");
      const auto done = world.perform(what);
      REQUIRE(done.has_value());
      REQUIRE(done->steps.size() == 2);
      CHECK(done->steps[0].end->code == "answer_malformed");
      CHECK(done->steps[1].what.target == "omar@contoso.com");
      CHECK(world.sent("/messageRules/") == 0);
    }
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
