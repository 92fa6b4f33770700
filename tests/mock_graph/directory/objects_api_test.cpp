#include "mock_graph/directory/objects_api.hpp"
#include "tests/mock_graph/directory/directory_world.hpp"

using namespace std::chrono_literals;
using namespace tests;
using namespace mock_graph::directory;

namespace {

auto office() -> tenant::standing {
  auto state = directory_of({"dana", "eve", "omar"});
  state.users[1].mailbox = false;
  state.groups.push_back({"finance", "finance@contoso.com", {"dana", "omar"}});
  auto laptop = tenant::device();
  laptop.name = "laptop";
  laptop.owner = "dana";
  state.devices.push_back(laptop);
  auto phone = tenant::device();
  phone.name = "phone";
  phone.owner = "omar";
  phone.managed = false;
  state.devices.push_back(phone);
  return state;
}

struct object_world {
  explicit object_world(tenant::standing state, const std::vector<tenant::event>& events = {})
      : owner(std::move(state), events) {
    owner.add(users);
    owner.add(objects);
    owner.add(mailboxes);
    owner.add(api);
  }
  auto body(seams::duration at, const std::string& path) -> json { return guest.body(at, path); }
  auto refusal(const std::string& path) -> std::string { return code_in(guest.ask(1h, path)); }
  auto group_id() -> std::string {
    return body(0h, "/v1.0/groups")["value"][0]["id"].get<std::string>();
  }

  mock_graph::ledger book;
  tenant::tenant owner;
  user_book users{owner, book};
  object_book objects{owner, book};
  mailbox_book mailboxes{owner, book};
  objects_api api{owner.state(), {users, objects, mailboxes}};
  visitor guest{owner, api, {"Directory.Read.All", "MailboxSettings.Read"}};
};

using ids = std::vector<std::string>;

auto holiday() -> tenant::out_of_office {
  auto what = tenant::out_of_office();
  what.user = "dana";
  what.from = start + 2h;
  what.until = start + 26h;
  what.message = "Away";
  return what;
}

} // namespace

TEST_SUITE("objects_api") {
  TEST_CASE("groups and devices that somebody exported are listed beside the others") {
    auto group = tenant::verbatim_record();
    group.feed = "groups";
    group.raw = R"({"id":"g1","displayName":"Sales"})";
    auto device = group;
    device.feed = "devices";
    device.raw = R"({"id":"d1","displayName":"sales-laptop","trustType":"ServerAd"})";
    object_world world(office(), {{start + 1min, "", group}, {start + 1min, "", device}});
    CHECK(world.body(1h, "/v1.0/groups")["value"].size() == 2);
    const auto devices = world.body(1h, "/v1.0/devices")["value"];
    REQUIRE(devices.size() == 3);
    CHECK(std::ranges::count(
              devices, json("ServerAd"), [](const json& one) { return one["trustType"]; }) == 1);
  }

  TEST_CASE("groups and devices take advanced queries and counts under the users' rules") {
    object_world world(office());
    for (const auto& list : {std::string("/v1.0/groups"), std::string("/v1.0/devices")}) {
      CAPTURE(list);
      const auto unequal = list + "?$filter=displayName ne 'x'&$count=true";
      world.guest.fields = {};
      CHECK(world.refusal(unequal) == "Request_UnsupportedQuery");
      CHECK(world.refusal(list + "/$count") == "Request_BadRequest");
      world.guest.fields.set("ConsistencyLevel", "eventual");
      CHECK(world.guest.ask(1h, unequal).status == 200);
      CHECK(world.guest.ask(1h, list + "/$count").status == 200);
    }
    CHECK(world.guest.ask(1h, "/v1.0/devices/$count").body == "2");
  }

  TEST_CASE("members are listed with their type, over pages") {
    auto state = office();
    state.pages.directory = 1;
    object_world world(std::move(state));
    const auto path = "/v1.0/groups/" + world.group_id() + "/members?$select=id";
    const auto first = world.body(1h, path);
    CHECK(first["value"][0] == json{{"@odata.type", "#microsoft.graph.user"}, {"id", "id-dana"}});
    const auto second = world.body(1h, first["@odata.nextLink"].get<std::string>());
    CHECK(ids_of(second) == ids{"id-omar"});
    CHECK_FALSE(second.contains("@odata.nextLink"));
  }

  TEST_CASE("without a role for users their members show nothing but type and id") {
    object_world world(office());
    const auto path = "/v1.0/groups/" + world.group_id() + "/members";
    CHECK(world.body(1h, path)["value"][0]["userPrincipalName"] == "dana@contoso.com");
    world.guest.roles = {"GroupMember.Read.All"};
    CHECK(world.body(1h, path)["value"][0].size() == 2);
  }

  TEST_CASE("members join and leave, and go with a user who is deleted") {
    auto change = tenant::group_change();
    change.group = "finance";
    change.add = {"eve"};
    change.remove = {"dana"};
    object_world world(office(),
                       {{start + 1h, "t:1", change},
                        user_event(2h, {"omar"}, tenant::user_change::act::deleted),
                        user_event(3h, {"omar"}, tenant::user_change::act::restored)});
    const auto path = "/v1.0/groups/" + world.group_id() + "/members?$select=id";
    CHECK(ids_of(world.body(90min, path)) == ids{"id-eve", "id-omar"});
    CHECK(ids_of(world.body(150min, path)) == ids{"id-eve"});
    CHECK(ids_of(world.body(200min, path)) == ids{"id-eve", "id-omar"});
  }

  TEST_CASE("groups and devices have delta rounds of their own") {
    auto change = tenant::device_change();
    change.device = "phone";
    change.managed = true;
    object_world world(office(), {{start + 1h, "t:1", change}});
    const auto all = world.body(0h, "/v1.0/devices/delta");
    REQUIRE(all["value"].size() == 2);
    CHECK(all["value"][1]["isManaged"].is_null());
    CHECK(all["value"][1]["trustType"] == "Workplace");
    const auto groups = world.body(0h, "/v1.0/groups/delta");
    const auto news = world.body(2h, all["@odata.deltaLink"].get<std::string>());
    REQUIRE(news["value"].size() == 1);
    CHECK(news["value"][0]["isManaged"] == true);
    CHECK(world.body(2h, groups["@odata.deltaLink"].get<std::string>())["value"].empty());
  }

  TEST_CASE("a token of one collection is worth nothing in another") {
    object_world world(office());
    auto link = world.body(0h, "/v1.0/devices/delta")["@odata.deltaLink"].get<std::string>();
    link.replace(link.find("devices"), 7, "groups");
    CHECK(world.guest.ask(1h, link).status == 400);
  }

  TEST_CASE("the devices of a user") {
    object_world world(office());
    const auto list = world.body(1h, "/v1.0/users/dana@contoso.com/ownedDevices");
    REQUIRE(list["value"].size() == 1);
    CHECK(list["value"][0]["displayName"] == "laptop");
    CHECK(list["value"][0]["@odata.type"] == "#microsoft.graph.device");
  }

  TEST_CASE("mailbox settings, whole and the replies alone") {
    object_world world(office(), {{start + 1h, "t:1", holiday()}});
    const auto path = std::string("/v1.0/users/id-dana/mailboxSettings");
    CHECK(world.body(30min, path)["automaticRepliesSetting"]["status"] == "disabled");
    const auto whole = world.body(2h, path);
    CHECK(whole["automaticRepliesSetting"]["status"] == "scheduled");
    CHECK(whole["automaticRepliesSetting"]["internalReplyMessage"] == "Away");
    CHECK(whole["userPurpose"] == "user");
    const auto replies = world.body(2h, path + "/automaticRepliesSetting");
    CHECK(replies["scheduledEndDateTime"] ==
          json{{"dateTime", "2026-03-11T02:00:00.0000000"}, {"timeZone", "UTC"}});
  }

  TEST_CASE("the ledger knows the settings without the texts of replies") {
    object_world world(office(), {{start + 1h, "t:1", holiday()}});
    world.owner.advance(start + 2h);
    auto kept = world.mailboxes.settings_of("id-dana", "https://graph.microsoft.com/v1.0");
    for (auto at = kept.find("\"Away\""); at != std::string::npos; at = kept.find("\"Away\"")) {
      kept.replace(at, 6, "[]");
    }
    CHECK(world.book.entries().back().bytes == seams::sha256(kept));
  }

  TEST_CASE("a user without a mailbox, and nobody") {
    object_world world(office());
    const auto none = world.guest.ask(1h, "/v1.0/users/id-eve/mailboxSettings");
    CHECK(none.status == 404);
    CHECK(code_in(none) == "MailboxNotEnabledForRESTAPI");
    CHECK(world.refusal("/v1.0/users/id-nobody/mailboxSettings") == "Request_ResourceNotFound");
  }

  TEST_CASE("each call has its roles and its own refusal") {
    object_world world(office());
    const auto group = world.group_id();
    world.guest.roles = {"MailboxSettings.Read"};
    CHECK(world.refusal("/v1.0/groups") == "Authorization_RequestDenied");
    CHECK(world.refusal("/v1.0/groups/" + group + "/members") == "Authorization_RequestDenied");
    CHECK(world.refusal("/v1.0/devices/delta") == "Authorization_RequestDenied");
    world.guest.roles = {"Directory.Read.All"};
    CHECK(world.refusal("/v1.0/users/id-dana/mailboxSettings") == "ErrorAccessDenied");
    world.guest.roles = {"Device.Read.All"};
    CHECK(world.guest.ask(1h, "/v1.0/devices").status == 200);
    CHECK(world.refusal("/v1.0/groups/delta") == "Authorization_RequestDenied");
  }
}
