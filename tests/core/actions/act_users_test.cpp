#include "tests/core/actions/act_bench.hpp"

#include <doctest/doctest.h>

using namespace core::actions;
using namespace fakes;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const auto adele = std::string("adele@contoso.com");

auto request_for(std::string name, std::vector<std::string> users) -> act_request {
  return {std::move(name), {{"users", std::move(users)}}, ""};
}

/// Accounts that can be disabled, enabled and thrown out.
struct directory : act_bench {
  directory() {
    tenant = [this](const seams::request& query) -> answer {
      if (holds(query, "ghost@")) {
        return reply(404, R"({"error":{"code":"Request_ResourceNotFound","message":"none"}})");
      }
      if (query.method == "GET") {
        const auto shows = time.wall() >= changed + lag;
        return reply(200,
                     json{{"id", "id-adele"},
                          {"accountEnabled", shown_enabled.value_or(enabled)},
                          {"signInSessionsValidFromDateTime", shows ? valid_from : long_ago},
                          {"lastPasswordChangeDateTime", shows ? password_from : long_ago}}
                         .dump());
      }
      if (query.method == "PATCH" && !refusals.empty()) {
        const auto out = refusals.front();
        refusals.erase(refusals.begin());
        return out;
      }
      changed = time.wall();
      if (holds(query, "/revokeSignInSessions")) {
        valid_from = seams::to_rfc3339(time.wall());
        return reply(200, R"({"value":true})");
      }
      const auto body = json::parse(query.body);
      enabled = body.value("accountEnabled", enabled);
      if (body.contains("passwordProfile")) {
        password_from = seams::to_rfc3339(time.wall());
      }
      return reply(204, "");
    };
  }

  bool enabled = true;
  std::optional<bool> shown_enabled; ///< what reads still show instead
  std::string long_ago = "2026-01-01T00:00:00Z";
  std::string valid_from = long_ago;
  std::string password_from = long_ago;
  seams::instant changed = seams::instant::min();
  seams::duration lag{};        ///< from a change to reads that show it
  std::vector<answer> refusals; ///< of the next changes of users
};

auto ending_of(const seams::result<act_report>& report, std::size_t nth) -> ending {
  return report.value().steps.at(nth).end.value().how;
}

} // namespace

TEST_SUITE("actions/users") {
  TEST_CASE("a proposal shows the exact requests and changes nothing") {
    auto world = directory();
    const auto shown = world.propose(request_for("disable_user", {adele}));
    REQUIRE(shown.has_value());
    CHECK(shown->steps.size() == 2);
    CHECK(shown->steps[0].what.call.method == "PATCH");
    CHECK(shown->steps[0].what.call.url ==
          "https://graph.microsoft.com/v1.0/users/adele@contoso.com");
    CHECK(shown->steps[0].what.call.body == R"({"accountEnabled":false})");
    CHECK(shown->steps[1].what.call.url.ends_with("/revokeSignInSessions"));
    CHECK(world.changes.empty());
    CHECK(world.records.kept.empty());
  }

  TEST_CASE("a user is disabled before the sessions end, and each is in the log twice") {
    auto world = directory();
    const auto done = world.perform(request_for("disable_user", {adele}));
    REQUIRE(done.has_value());
    CHECK(done->well());
    CHECK_FALSE(world.enabled);
    REQUIRE(world.changes.size() == 2);
    CHECK(world.changes[0].method == "PATCH");
    CHECK(holds(world.changes[1], "/revokeSignInSessions"));
    const auto log = world.records.of("actions");
    REQUIRE(log.size() == 4);
    CHECK(log[0].version == "001-intent");
    CHECK(log[1].version == "002-outcome");
    CHECK(json::parse(log[1].raw)["result"] == "done");
    CHECK(json::parse(log[0].raw)["request"]["body"] == R"({"accountEnabled":false})");
  }

  TEST_CASE("an empty target, and an answer that shows no user, lead to no request") {
    auto world = directory();
    CHECK(world.perform(request_for("disable_user", {""}))->steps.at(0).end->code == "no_target");
    CHECK(world.net.to("/users/").empty());
    world.tenant = [](const seams::request&) { return reply(200, R"({"accountEnabled":true})"); };
    CHECK(world.perform(request_for("disable_user", {adele}))->steps.at(0).end->code ==
          "answer_malformed");
    CHECK(world.changes.empty());
  }

  TEST_CASE("a second act changes nothing, unless it is asked to do so again") {
    auto world = directory();
    REQUIRE(world.perform(request_for("disable_user", {adele})).has_value());
    const auto second = world.perform(request_for("disable_user", {adele}));
    CHECK(ending_of(second, 0) == ending::already);
    CHECK(ending_of(second, 1) == ending::already);
    CHECK(world.changes.size() == 2);
    world.options.again = true;
    CHECK(ending_of(world.perform(request_for("revoke_sessions", {adele})), 0) == ending::done);
    CHECK(world.sent("revokeSignInSessions") == 2);
  }

  TEST_CASE("a lost answer is settled by a look, and the call is not repeated") {
    auto world = directory();
    world.lost = 1;
    const auto done = world.perform(request_for("revoke_sessions", {adele}));
    CHECK(ending_of(done, 0) == ending::done);
    CHECK(world.sent("revokeSignInSessions") == 1);
  }

  TEST_CASE("a directory that shows changes late is waited for before anything is repeated") {
    for (const auto* name : {"revoke_sessions", "reset_password"}) {
      CAPTURE(name);
      auto world = directory();
      world.lag = 1min;
      world.lost = 1;
      CHECK(ending_of(world.perform(request_for(name, {adele})), 0) == ending::done);
      CHECK(world.changes.size() == 1);
    }
  }

  TEST_CASE("a call that was lost before it arrived is sent again") {
    auto world = directory();
    world.enabled = false;
    world.refusals = {broken("connection_reset")};
    CHECK(ending_of(world.perform(request_for("enable_user", {adele})), 0) == ending::done);
    CHECK(world.enabled);
    CHECK(world.changes.size() == 2);
  }

  TEST_CASE("a process that died after sending is resumed without a second effect") {
    auto world = directory();
    world.lag = 1min;
    // It dies at the write of the outcome: the store takes no more.
    world.records.before_apply = [&] {
      if (world.records.applies == 3) {
        world.records.failing =
            seams::failure(seams::reaction::stop_and_diagnose, "store_unavailable", "killed");
      }
    };
    const auto killed = world.perform(request_for("revoke_sessions", {adele}));
    REQUIRE(killed.has_value());
    CHECK(killed->broken_off.has_value());
    CHECK_FALSE(killed->well());
    CHECK(killed->steps.back().end->text.find("done, but the log takes nothing more") == 0);
    CHECK(world.sent("revokeSignInSessions") == 1);
    world.records.failing.reset();
    world.records.before_apply = {};
    const auto act = world.records.of("actions").at(0).key.substr(0, 36);
    const auto resumed = world.resume(act);
    CHECK(ending_of(resumed, 0) == ending::done);
    CHECK(world.sent("revokeSignInSessions") == 1);
    CHECK(world.resume(act).value().steps.empty()); // nothing is left
  }

  TEST_CASE("a new act after one that was killed looks first whether that one worked") {
    auto world = directory();
    world.lag = 1min;
    world.records.before_apply = [&] {
      if (world.records.applies == 3) {
        world.records.failing =
            seams::failure(seams::reaction::stop_and_diagnose, "store_unavailable", "killed");
      }
    };
    (void)world.perform(request_for("reset_password", {adele}));
    world.records.failing.reset();
    world.records.before_apply = {};
    const auto again = world.perform(request_for("reset_password", {adele}));
    CHECK(ending_of(again, 0) == ending::already);
    CHECK(again->steps[0].end->text.find("cut off") != std::string::npos);
    CHECK(world.changes.size() == 1);
  }

  TEST_CASE("a password that the service echoes is told nowhere") {
    auto world = directory();
    world.options.password = "Canary \"pa55\"";
    world.refusals = {reply(400,
                            json{{"error",
                                  {{"code", "Request_BadRequest"},
                                   {"message", "The password Canary \"pa55\" is not allowed"}}}}
                                .dump())};
    const auto refused = world.perform(request_for("reset_password", {adele}));
    CHECK(ending_of(refused, 0) == ending::failed);
    CHECK(refused->steps[0].end->text.find("pa55") == std::string::npos);
    for (const auto& one : world.records.of("actions")) {
      CHECK(one.raw.find("pa55") == std::string::npos);
    }
  }

  TEST_CASE("an act with a given password is not resumed with another one") {
    auto world = directory();
    world.options.password = "given";
    world.refusals = {reply(400, R"({"error":{"code":"Request_BadRequest","message":"weak"}})")};
    const auto refused = world.perform(request_for("reset_password", {adele}));
    REQUIRE(refused.has_value());
    world.options.password = "";
    CHECK(world.resume(refused->act).error().code == "password_needed");
    CHECK(world.changes.size() == 1);
    world.options.password = "another";
    CHECK(ending_of(world.resume(refused->act), 0) == ending::done);
  }

  TEST_CASE("what is left of an act is shown without what is done") {
    auto world = directory();
    world.refusals = {reply(400, R"({"error":{"code":"Request_BadRequest","message":"no"}})")};
    const auto part = world.perform(request_for("disable_user", {adele}));
    REQUIRE(part.has_value());
    CHECK(ending_of(part, 1) == ending::done);
    const auto rest = world.propose_rest(part->act);
    REQUIRE(rest.has_value());
    REQUIRE(rest->steps.size() == 1);
    CHECK(rest->steps[0].what.does == part->steps[0].what.does);
  }

  TEST_CASE("an intent names the request as the tenant's own logs do") {
    auto world = directory();
    REQUIRE(world.perform(request_for("revoke_sessions", {adele})).has_value());
    const auto intent = json::parse(world.records.of("actions").at(0).raw);
    CHECK(intent["request"]["client_request_id"] ==
          std::string(world.changes.at(0).fields.find("client-request-id").value()));
  }

  TEST_CASE(
      "a user who was disabled a moment ago is enabled although the directory shows it late") {
    auto world = directory();
    REQUIRE(world.perform(request_for("disable_user", {adele})).has_value());
    world.shown_enabled = true;
    const auto back = world.perform(request_for("enable_user", {adele}));
    CHECK(ending_of(back, 0) == ending::done);
    CHECK(world.enabled);
  }

  TEST_CASE("nothing is sent without a place in the log") {
    auto world = directory();
    world.records.failing =
        seams::failure(seams::reaction::stop_and_diagnose, "store_full", "no room");
    CHECK(world.perform(request_for("disable_user", {adele})).error().code == "store_full");
    CHECK(world.changes.empty());
  }

  TEST_CASE("a missing permission is named before anything is asked of the tenant") {
    auto world = directory();
    world.roles = {"User.Read.All"};
    const auto refused = world.perform(request_for("disable_user", {adele}));
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "permission_missing");
    CHECK(refused.error().why.find("User.EnableDisableAccount.All") != std::string::npos);
    CHECK(refused.error().why.find("User.RevokeSessions.All") != std::string::npos);
    CHECK(refused.error().why.find("Microsoft Graph") != std::string::npos);
    CHECK(world.net.count("/users/") == 0);
  }

  TEST_CASE("more users than allowed are refused with the number that is needed") {
    auto world = directory();
    world.options.most_users = 2;
    const auto refused = world.perform(request_for("disable_user", {"a@x", "b@x", "c@x"}));
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "too_many_users");
    CHECK(refused.error().why.find("--max-users 3") != std::string::npos);
    CHECK(world.net.count("/users/") == 0);
  }

  TEST_CASE("one target that fails does not keep the others from being done") {
    auto world = directory();
    const auto part = world.perform(request_for("enable_user", {"ghost@contoso.com", adele}));
    REQUIRE(part.has_value());
    CHECK_FALSE(part->well());
    CHECK(ending_of(part, 0) == ending::failed);
    CHECK(part->steps[0].end->code == "404");
    CHECK(ending_of(part, 1) == ending::already);
  }

  TEST_CASE("a protected administrator is told apart from a missing permission") {
    auto world = directory();
    world.refusals = {
        reply(403, R"({"error":{"code":"Authorization_RequestDenied","message":"Insufficient"}})")};
    const auto refused = world.perform(request_for("disable_user", {adele}));
    CHECK(ending_of(refused, 0) == ending::failed);
    CHECK(refused->steps[0].end->text.find("protected administrator") != std::string::npos);
  }

  TEST_CASE("a new password is sent and stands nowhere else") {
    auto world = directory();
    world.options.password = "Canary \"pa55\"";
    const auto done = world.perform(request_for("reset_password", {adele}));
    CHECK(ending_of(done, 0) == ending::done);
    CHECK(json::parse(world.changes.at(0).body)["passwordProfile"]["password"] ==
          "Canary \"pa55\"");
    for (const auto& one : world.records.of("actions")) {
      CHECK(one.raw.find("pa55") == std::string::npos);
    }
    CHECK(done->steps[0].what.call.body.find("pa55") == std::string::npos);
  }
}
