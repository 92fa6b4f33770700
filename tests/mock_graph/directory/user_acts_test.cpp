#include "mock_graph/directory/users_api.hpp"
#include "tests/mock_graph/directory/directory_world.hpp"

#include <utility>

using namespace std::chrono_literals;
using namespace tests;
using mock_graph::directory::user_acts;
using mock_graph::directory::user_book;
using mock_graph::directory::users_api;

namespace {

/// What happened in the tenant, for a look at the records of acts.
struct witness final : tenant::listener {
  void on(const tenant::event& what) override { seen.push_back(what); }

  template <class kind> [[nodiscard]] auto all() const -> std::vector<kind> {
    auto out = std::vector<kind>();
    for (const auto& one : seen) {
      if (const auto* found = std::get_if<kind>(&one.what)) {
        out.push_back(*found);
      }
    }
    return out;
  }

  std::vector<tenant::event> seen;
};

/// dana is a clerk, omar helps out, gil is Global Administrator, sam is synced, gus a guest.
auto staff() -> tenant::standing {
  auto state = directory_of({"dana", "omar", "gil", "sam", "gus"});
  state.users[1].directory_roles = {"Helpdesk Administrator"};
  state.users[2].directory_roles = {"Global Administrator"};
  state.users[3].synced = true;
  state.users[4].guest = true;
  return state;
}

struct acting_world {
  explicit acting_world(tenant::standing state = staff(),
                        const std::vector<tenant::event>& events = {})
      : owner(std::move(state), events) {
    owner.add(users);
    owner.add(api);
    owner.add(seen);
    app.client_id = "app-1";
    app.display_name = "Responder";
    app.service_principal_id = "sp-1";
  }

  auto send(seams::duration at,
            const std::string& method,
            const std::string& path,
            const std::string& body = "") -> seams::response {
    owner.advance(start + at);
    const auto query = seams::request{method, "https://graph.microsoft.com/v1.0" + path, {}, body};
    auto target = mock_graph::odata::read_target(query.url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.roles = roles;
    what.caller = app.client_id;
    what.app = &app;
    what.request_id = "request-" + std::to_string(requests++);
    auto& where = door.route_of(what.target).empty() ? static_cast<mock_graph::door&>(api) : door;
    what.route = where.route_of(what.target);
    REQUIRE(!what.route.empty());
    return where.answer(what);
  }
  auto patch(seams::duration at, const std::string& user, const json& body) -> seams::response {
    return send(at, "PATCH", "/users/id-" + user, body.dump());
  }
  auto revoke(seams::duration at, const std::string& user) -> seams::response {
    return send(at, "POST", "/users/id-" + user + "/revokeSignInSessions");
  }
  /// A property of the user as it is listed a minute later.
  auto shown(seams::duration at, const std::string& user, const std::string& name) -> json {
    const auto reader = std::exchange(roles, {"User.Read.All"});
    const auto answer = send(at, "GET", "/users/id-" + user + "?$select=" + name);
    roles = reader;
    return json::parse(answer.body)[name];
  }

  mock_graph::ledger book;
  mock_graph::effect_log effects;
  tenant::tenant owner;
  mock_graph::acts::performer acts{owner, effects};
  user_book users{owner, book};
  user_acts door{users, acts};
  users_api api{owner.state(), users, &door};
  witness seen;
  tenant::application app;
  std::vector<std::string> roles = {"User.EnableDisableAccount.All",
                                    "User.Read.All",
                                    "User-PasswordProfile.ReadWrite.All",
                                    "User.RevokeSessions.All"};
  int requests = 0;
};

auto disabling() -> json {
  return {{"accountEnabled", false}};
}

auto password(const char* text = "Correct-horse-1") -> json {
  return {{"passwordProfile", {{"password", text}, {"forceChangePasswordNextSignIn", true}}}};
}

} // namespace

TEST_SUITE("user_acts") {
  TEST_CASE(
      "disabling answers 204 without a body, shows after the directory's delay, and counts once") {
    auto state = staff();
    state.delays.directory = 2min;
    acting_world world(std::move(state));
    const auto answer = world.patch(1h, "dana", disabling());
    CHECK(answer.status == 204);
    CHECK(answer.body.empty());
    CHECK(world.shown(1h + 1min, "dana", "accountEnabled") == true);
    CHECK(world.shown(1h + 2min, "dana", "accountEnabled") == false);
    CHECK(world.patch(2h, "dana", disabling()).status == 204);
    REQUIRE(world.effects.size() == 1);
    CHECK(world.effects[0].what == "disable user");
    CHECK(world.effects[0].target == "dana@contoso.com");
    CHECK(world.effects[0].by == "app-1");
    CHECK(world.patch(3h, "dana", {{"accountEnabled", true}}).status == 204);
    CHECK(world.effects.size() == 2);
  }

  TEST_CASE("disabling takes both of its roles, or one that writes users") {
    acting_world world;
    for (const auto& roles : {std::vector<std::string>{"User.EnableDisableAccount.All"},
                              std::vector<std::string>{"User.Read.All"},
                              std::vector<std::string>{"User-PasswordProfile.ReadWrite.All"}}) {
      world.roles = roles;
      const auto answer = world.patch(1h, "dana", disabling());
      CHECK(answer.status == 403);
      CHECK(code_in(answer) == "Authorization_RequestDenied");
    }
    world.roles = {"User.ReadWrite.All"};
    CHECK(world.patch(1h, "dana", disabling()).status == 204);
  }

  TEST_CASE("administrators are protected from apps of a lesser directory role") {
    acting_world world;
    const auto status = [&](const char* role, const char* user) {
      world.app.directory_roles = {{role}};
      return world.patch(1h, user, disabling()).status;
    };
    CHECK(status("Global Reader", "omar") == 403);
    CHECK(status("Authentication Administrator", "omar") == 403);
    CHECK(status("User Administrator", "omar") == 204);
    CHECK(status("User Administrator", "gil") == 403);
    CHECK(status("Authentication Administrator", "gil") == 403);
    CHECK(status("Privileged Authentication Administrator", "gil") == 204);
  }

  TEST_CASE("a directory role counts while it is assigned") {
    acting_world world;
    world.app.directory_roles = {{"User Administrator", start + 2h, start + 3h}};
    CHECK(world.patch(1h, "omar", disabling()).status == 403);
    CHECK(world.patch(2h, "omar", disabling()).status == 204);
    CHECK(world.patch(3h, "omar", {{"accountEnabled", true}}).status == 403);
  }

  TEST_CASE("a password takes a directory role besides the permission") {
    acting_world world;
    const auto refused = world.patch(1h, "dana", password());
    CHECK(refused.status == 403);
    CHECK(code_in(refused) == "Authorization_RequestDenied");
    world.app.directory_roles = {{"Authentication Administrator"}};
    CHECK(world.patch(1h, "dana", password()).status == 204);
    CHECK(world.shown(2h, "dana", "lastPasswordChangeDateTime") == "2026-03-10T01:00:00Z");
    CHECK(world.patch(3h, "dana", password()).status == 204);
    CHECK(world.effects.size() == 2);
    world.roles = {"User.ManageIdentities.All", "User.EnableDisableAccount.All", "User.Read.All"};
    CHECK(world.patch(4h, "dana", password()).status == 403);
  }

  TEST_CASE("a synced user's password is not Entra's to set, his account is") {
    acting_world world;
    world.app.directory_roles = {{"Privileged Authentication Administrator"}};
    const auto answer = world.patch(1h, "sam", password());
    CHECK(answer.status == 400);
    CHECK(code_in(answer) == "Request_BadRequest");
    CHECK(answer.body.find("on-premises mastered Directory Sync objects") != std::string::npos);
    CHECK(world.patch(1h, "sam", disabling()).status == 204);
  }

  TEST_CASE("a weak password is refused, and no password is told to anybody") {
    acting_world world;
    world.app.directory_roles = {{"User Administrator"}};
    for (const auto* weak : {"Ab1-", "onlysmallletters", "smallAndCapital"}) {
      CHECK(world.patch(1h, "dana", password(weak)).status == 400);
    }
    CHECK(world.patch(1h, "dana", password("Correct-horse-1")).status == 204);
    for (const auto& entry : world.effects) {
      CHECK((entry.what + entry.target).find("horse") == std::string::npos);
    }
    for (const auto& record : world.seen.all<tenant::audit_record>()) {
      CHECK(record.fields.dump().find("horse") == std::string::npos);
    }
  }

  TEST_CASE("what is no PATCH of a user is refused") {
    acting_world world;
    CHECK(world.send(1h, "PATCH", "/users/id-dana", "nonsense").status == 400);
    CHECK(code_in(world.patch(1h, "dana", {{"accountEnabled", "no"}})) == "Request_BadRequest");
    CHECK(code_in(world.patch(1h, "nobody", disabling())) == "Request_ResourceNotFound");
    CHECK(world.send(1h, "GET", "/users/id-dana/revokeSignInSessions").status == 405);
  }

  TEST_CASE("revoking sessions answers 200 and true, whatever came of it") {
    acting_world world;
    for (const auto* user : {"dana", "gus", "nobody"}) {
      const auto answer = world.revoke(1h, user);
      CHECK(answer.status == 200);
      CHECK(json::parse(answer.body)["value"] == true);
    }
    CHECK(world.effects.size() == 1);
    CHECK(world.shown(2h, "dana", "signInSessionsValidFromDateTime") == "2026-03-10T01:00:00Z");
    CHECK(world.shown(2h, "gus", "signInSessionsValidFromDateTime") == "2025-03-10T00:00:00Z");
    world.roles = {"User.EnableDisableAccount.All", "User.Read.All"};
    CHECK(code_in(world.revoke(3h, "dana")) == "Authorization_RequestDenied");
  }

  TEST_CASE("each revoke that moves the moment counts, and it knows whole seconds") {
    acting_world world;
    (void)world.revoke(1h, "dana");
    (void)world.revoke(1h + 400ms, "dana");
    CHECK(world.effects.size() == 1);
    (void)world.revoke(1h + 1s, "dana");
    CHECK(world.effects.size() == 2);
    CHECK(world.shown(2h, "dana", "signInSessionsValidFromDateTime") == "2026-03-10T01:00:01Z");
  }

  TEST_CASE("by reading of the known issue a revoke answers 204") {
    auto state = staff();
    state.choice_of_readings.revoke_answers_204 = true;
    acting_world world(std::move(state));
    CHECK(world.revoke(1h, "dana").status == 204);
  }

  TEST_CASE("acts are in both audit logs, in the app's name") {
    acting_world world;
    (void)world.patch(1h, "dana", disabling());
    (void)world.revoke(1h, "dana");
    const auto changes = world.seen.all<tenant::directory_change>();
    REQUIRE(changes.size() == 3);
    CHECK(changes[0].activity == "Disable account");
    CHECK(changes[1].activity == "Update user");
    CHECK(changes[2].activity == "Update StsRefreshTokenValidFrom Timestamp");
    CHECK(changes[0].by_app == "Responder");
    CHECK(changes[0].by_principal == "sp-1");
    CHECK(changes[0].targets[0].new_values["AccountEnabled"] == json::array({false}));
    const auto records = world.seen.all<tenant::audit_record>();
    REQUIRE(records.size() == 3);
    CHECK(records[0].fields["Operation"] == "Disable account.");
    CHECK(records[0].fields["UserId"] == "ServicePrincipal_sp-1");
    CHECK(records[0].fields["ObjectId"] == "dana@contoso.com");
  }
}
