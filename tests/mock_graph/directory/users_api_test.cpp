#include "mock_graph/directory/users_api.hpp"
#include "tests/mock_graph/directory/directory_world.hpp"

using namespace std::chrono_literals;
using namespace tests;
using act = tenant::user_change::act;
using mock_graph::directory::user_book;
using mock_graph::directory::users_api;

namespace {

struct user_world {
  explicit user_world(tenant::standing state, const std::vector<tenant::event>& events = {})
      : owner(std::move(state), events) {
    owner.add(users);
    owner.add(api);
  }
  auto body(seams::duration at, const std::string& path) -> json { return guest.body(at, path); }
  auto status(seams::duration at, const std::string& path) -> int {
    return guest.ask(at, path).status;
  }

  mock_graph::ledger book;
  tenant::tenant owner;
  user_book users{owner, book};
  users_api api{owner.state(), users};
  visitor guest{owner, api, {"User.Read.All"}};
};

auto small_pages(std::initializer_list<const char*> names, std::int64_t size) -> tenant::standing {
  auto state = directory_of(names);
  state.pages.directory = size;
  return state;
}

using ids = std::vector<std::string>;

} // namespace

TEST_SUITE("users_api") {
  TEST_CASE("an account that somebody exported is shown with the properties that accounts have") {
    auto record = tenant::verbatim_record();
    record.feed = "users";
    record.raw = R"({"id":"u1","displayName":"Dana","odd":1})";
    auto other = record;
    other.feed = "sign_ins";
    other.raw = R"({"id":"s1"})";
    user_world world(directory_of({}), {{start + 1min, "", record}, {start + 1min, "", other}});
    const auto page = world.body(1h, "/v1.0/users?$select=id,displayName,mail,accountEnabled");
    REQUIRE(page["value"].size() == 1);
    CHECK(page["value"][0] ==
          json{{"id", "u1"}, {"displayName", "Dana"}, {"mail", {}}, {"accountEnabled", {}}});
    CHECK(world.status(1h, "/v1.0/users/u1") == 200);
    CHECK(world.body(1h, "/v1.0/users/delta")["value"].size() == 1);
  }

  TEST_CASE("the list shows the usual properties, the others only when selected") {
    user_world world(directory_of({"dana"}));
    const auto usual = world.body(1h, "/v1.0/users")["value"][0];
    CHECK(usual.size() == 11);
    CHECK(usual["userPrincipalName"] == "dana@contoso.com");
    CHECK_FALSE(usual.contains("accountEnabled"));
    const auto chosen = world.body(1h, "/v1.0/users?$select=id,accountEnabled")["value"][0];
    CHECK(chosen == json{{"id", "id-dana"}, {"accountEnabled", true}});
  }

  TEST_CASE("a page above 999 is refused with the text that was seen") {
    user_world world(directory_of({"dana"}));
    const auto answer = world.guest.ask(1h, "/v1.0/users?$top=1000");
    CHECK(answer.status == 400);
    CHECK(answer.body.find("Invalid page size specified: '1000'. Must be between 1 and 999 "
                           "inclusive.") != std::string::npos);
  }

  TEST_CASE("without the header $count is passed over") {
    user_world world(directory_of({"dana", "omar"}));
    CHECK_FALSE(world.body(1h, "/v1.0/users?$count=true").contains("@odata.count"));
    world.guest.fields.set("ConsistencyLevel", "eventual");
    CHECK(world.body(1h, "/v1.0/users?$count=true")["@odata.count"] == 2);
  }

  TEST_CASE("advanced queries need the header and $count=true, and say what is not supported") {
    user_world world(directory_of({"dana", "omar"}));
    const auto queries = {std::pair{"$filter=endswith(mail,'contoso.com')", "'endsWith'"},
                          std::pair{"$filter=not (displayName eq 'dana')", "'not'"},
                          std::pair{"$filter=displayName ne 'dana'", "'NotEqualsMatch'"},
                          std::pair{"$filter=startswith(displayName,'a')&$orderby=displayName",
                                    "Sorting not supported for current query."}};
    for (const auto& [query, names] : queries) {
      CAPTURE(query);
      const auto url = "/v1.0/users?" + std::string(query);
      world.guest.fields = {};
      const auto bare = world.guest.ask(1h, url);
      CHECK(bare.status == 400);
      CHECK(code_in(bare) == "Request_UnsupportedQuery");
      CHECK(bare.body.find(names) != std::string::npos);
      CHECK(world.status(1h, url + "&$count=true") == 400);
      world.guest.fields.set("ConsistencyLevel", "eventual");
      CHECK(world.status(1h, url) == 400);
      CHECK(world.status(1h, url + "&$count=true") == 200);
    }
  }

  TEST_CASE("a search is refused: for want of the header, then because nothing is searched") {
    user_world world(directory_of({"dana"}));
    const auto asks_for_header = [&] {
      const auto answer = world.guest.ask(1h, "/v1.0/users?$search=\"displayName:da\"&$count=true");
      CHECK(answer.status == 400);
      CHECK(code_in(answer) == "Request_UnsupportedQuery");
      return answer.body.find("ConsistencyLevel") != std::string::npos;
    };
    CHECK(asks_for_header());
    world.guest.fields.set("ConsistencyLevel", "eventual");
    CHECK_FALSE(asks_for_header());
  }

  TEST_CASE("a count is not to be had as JSON alone") {
    user_world world(directory_of({"dana"}));
    world.guest.fields.set("ConsistencyLevel", "eventual");
    world.guest.fields.set("Accept", "application/json");
    const auto refused = world.guest.ask(1h, "/v1.0/users/$count");
    CHECK(refused.status == 415);
    CHECK(refused.body.empty());
    world.guest.fields.set("Accept", "application/json, text/plain");
    CHECK(world.status(1h, "/v1.0/users/$count") == 200);
  }

  TEST_CASE("plain queries need neither") {
    user_world world(directory_of({"dana", "omar"}));
    CHECK(world.status(1h, "/v1.0/users?$orderby=displayName") == 200);
    CHECK(world.status(1h, "/v1.0/users?$filter=startswith(displayName,'d')") == 200);
  }

  TEST_CASE("the count of users is a bare number, with the header only") {
    user_world world(directory_of({"dana", "omar"}));
    const auto refused = world.guest.ask(1h, "/v1.0/users/$count");
    CHECK(refused.status == 400);
    CHECK(code_in(refused) == "Request_BadRequest");
    CHECK(refused.body.find("$count is not currently supported.") != std::string::npos);
    world.guest.fields.set("ConsistencyLevel", "eventual");
    const auto counted = world.guest.ask(1h, "/v1.0/users/$count");
    CHECK(counted.status == 200);
    CHECK(counted.body == "2");
    CHECK(counted.fields.find("Content-Type") == "text/plain");
    CHECK(world.guest.ask(1h, "/v1.0/users/$count?$filter=displayName ne 'dana'").body == "1");
  }

  TEST_CASE("one user is found by id and by principal name, until deleted") {
    user_world world(directory_of({"dana"}), {user_event(2h, {"dana"}, act::deleted)});
    CHECK(world.body(1h, "/v1.0/users/id-dana")["displayName"] == "dana");
    CHECK(world.body(1h, "/v1.0/users/DANA@contoso.com")["id"] == "id-dana");
    const auto gone = world.guest.ask(3h, "/v1.0/users/id-dana");
    CHECK(gone.status == 404);
    CHECK(code_in(gone) == "Request_ResourceNotFound");
  }

  TEST_CASE("reading the list takes less than following it") {
    user_world world(directory_of({"dana"}));
    world.guest.roles = {"User.ReadBasic.All"};
    CHECK(world.status(1h, "/v1.0/users") == 200);
    CHECK(code_in(world.guest.ask(1h, "/v1.0/users/delta")) == "Authorization_RequestDenied");
    world.guest.roles = {"Directory.Read.All"};
    CHECK(world.status(1h, "/v1.0/users/delta") == 200);
  }

  TEST_CASE("delta: everything first, then what changed, tombstones too") {
    user_world world(small_pages({"dana", "eve", "omar"}, 2),
                     {user_event(2h, {"dana"}, act::disabled),
                      user_event(3h, {"eve"}, act::deleted),
                      user_event(5h, {"eve"}, act::purged)});
    const auto first = world.body(1h, "/v1.0/users/delta?$select=accountEnabled");
    CHECK(ids_of(first) == ids{"id-dana", "id-eve"});
    CHECK_FALSE(first.contains("@odata.deltaLink"));
    const auto rest = world.body(1h, first["@odata.nextLink"].get<std::string>());
    CHECK(ids_of(rest) == ids{"id-omar"});
    CHECK(rest["value"][0] == json{{"id", "id-omar"}, {"accountEnabled", true}});
    const auto news = world.body(4h, rest["@odata.deltaLink"].get<std::string>());
    CHECK(news["value"] == json::parse(R"([{"id":"id-dana","accountEnabled":false},
                          {"id":"id-eve","@removed":{"reason":"changed"}}])"));
    const auto last = world.body(6h, news["@odata.deltaLink"].get<std::string>());
    CHECK(last["value"] == json::parse(R"([{"id":"id-eve","@removed":{"reason":"deleted"}}])"));
  }

  TEST_CASE("pages of one round show one moment") {
    user_world world(small_pages({"dana", "omar"}, 1), {user_event(2h, {"omar"}, act::deleted)});
    const auto first = world.body(1h, "/v1.0/users/delta");
    const auto second = world.body(3h, first["@odata.nextLink"].get<std::string>());
    CHECK(ids_of(second) == ids{"id-omar"});
    CHECK_FALSE(second["value"][0].contains("@removed"));
    const auto news = world.body(4h, second["@odata.deltaLink"].get<std::string>());
    CHECK(news["value"][0].contains("@removed"));
  }

  TEST_CASE("delta from now on shows nothing of before") {
    user_world world(directory_of({"dana"}), {user_event(2h, {"dana"}, act::disabled)});
    const auto now = world.body(1h, "/v1.0/users/delta?$deltaToken=latest");
    CHECK(now["value"].empty());
    CHECK(ids_of(world.body(3h, now["@odata.deltaLink"].get<std::string>())) == ids{"id-dana"});
  }

  TEST_CASE("the preferred page size is honoured downwards") {
    user_world world(directory_of({"dana", "eve", "omar"}));
    world.guest.fields.set("Prefer", "include-unknown-enum-members, odata.maxpagesize=1");
    CHECK(world.body(1h, "/v1.0/users/delta")["value"].size() == 1);
  }

  TEST_CASE("with repeats a round starts empty and shows an object twice") {
    auto state = small_pages({"dana", "eve", "omar"}, 2);
    state.choice_of_readings.delta_repeats = true;
    user_world world(std::move(state));
    const auto first = world.body(1h, "/v1.0/users/delta");
    CHECK(first["value"].empty());
    const auto second = world.body(1h, first["@odata.nextLink"].get<std::string>());
    CHECK(ids_of(second) == ids{"id-dana", "id-eve"});
    const auto third = world.body(1h, second["@odata.nextLink"].get<std::string>());
    CHECK(ids_of(third) == ids{"id-eve", "id-omar"});
  }

  TEST_CASE("a token is good for seven days") {
    user_world world(directory_of({"dana"}));
    const auto link = world.body(0h, "/v1.0/users/delta")["@odata.deltaLink"].get<std::string>();
    CHECK(world.status(7 * 24h, link) == 200);
    const auto gone = world.guest.ask(7 * 24h + 1s, link);
    CHECK(gone.status == 410);
    CHECK(code_in(gone) == "syncStateNotFound");
    CHECK(gone.fields.find("Location").value_or("") ==
          "https://graph.microsoft.com/v1.0/users/delta?$deltatoken=");
    CHECK(ids_of(world.body(8 * 24h, "/v1.0/users/delta?$deltatoken=")) == ids{"id-dana"});
  }

  TEST_CASE("a reset refuses the tokens of before and no others") {
    user_world world(small_pages({"dana", "omar"}, 1),
                     {{start + 2h, "t:1", tenant::delta_reset{"users", "resyncRequired", false}}});
    const auto page = world.body(1h, "/v1.0/users/delta");
    const auto gone = world.guest.ask(3h, page["@odata.nextLink"].get<std::string>());
    CHECK(gone.status == 410);
    CHECK(code_in(gone) == "resyncRequired");
    CHECK_FALSE(gone.fields.find("Location").has_value());
    const auto anew = world.body(3h, "/v1.0/users/delta");
    CHECK(world.status(3h, anew["@odata.nextLink"].get<std::string>()) == 200);
  }

  TEST_CASE("a token that was tampered with is refused") {
    user_world world(directory_of({"dana"}));
    auto link = world.body(0h, "/v1.0/users/delta")["@odata.deltaLink"].get<std::string>();
    link.back() = link.back() == 'A' ? 'B' : 'A';
    CHECK(world.status(1h, link) == 400);
  }

  TEST_CASE("the ledger holds each state and each removal before anybody asks") {
    user_world world(directory_of({"dana"}),
                     {user_event(1h, {"dana"}, act::updated, {{"job_title", "Clerk"}}),
                      user_event(2h, {"dana"}, act::updated),
                      user_event(3h, {"dana"}, act::deleted),
                      user_event(4h, {"dana"}, act::restored)});
    world.owner.advance(start + 5h);
    const auto& entries = world.book.entries();
    REQUIRE(entries.size() == 4);
    CHECK(entries[1].bytes == entries[3].bytes);
    CHECK(entries[2].removal);
    CHECK(entries[2].gone_at == start + 4h);
    CHECK_FALSE(entries[3].gone_at.has_value());
  }
}
