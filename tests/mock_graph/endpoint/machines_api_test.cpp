#include "tests/mock_graph/endpoint/endpoint_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

const auto because = std::string(R"({"Comment":"case 42","IsolationType":"Full"})");
const auto release = std::string(R"({"Comment":"clean again"})");

auto id_of(const seams::response& answer) -> std::string {
  return json::parse(answer.body)["id"].get<std::string>();
}

auto status_of(endpoint_world& world, seams::duration at, const std::string& action)
    -> std::string {
  return world.fetch(at, "/api/machineactions/" + action)["status"].get<std::string>();
}

auto connection(seams::duration at, const char* device, bool offline) -> tenant::event {
  auto what = tenant::device_change();
  what.device = device;
  what.offline = offline;
  return {start + at, "t.toml:1", what};
}

} // namespace

TEST_SUITE("machines_api") {
  TEST_CASE("machines are found by name and by the directory's device id, in either spelling") {
    endpoint_world world;
    const auto all = world.fetch(1h, "/api/machines")["value"];
    CHECK(all.size() == 3);
    const auto laptop =
        world.fetch(1h, "/api/v1.0/machines?$filter=computerDnsName eq 'laptop'")["value"];
    REQUIRE(laptop.size() == 1);
    CHECK(laptop[0]["id"].get<std::string>().size() == 40);
    CHECK(laptop[0]["healthStatus"] == "Active");
    const auto device = laptop[0]["aadDeviceId"].get<std::string>();
    for (const auto& condition : {"aadDeviceId eq " + device, "AadDeviceId eq '" + device + "'"}) {
      CAPTURE(condition);
      CHECK(world.fetch(1h, "/api/machines?$filter=" + condition)["value"] == laptop);
    }
    CHECK(world.fetch(1h, endpoint_world::machine("tablet"))["healthStatus"] == "Inactive");
  }

  TEST_CASE("a page goes on by a link") {
    endpoint_world world;
    const auto first = world.fetch(1h, "/api/machines?$top=2");
    CHECK(first["value"].size() == 2);
    CHECK(world.fetch(1h, first["@odata.nextLink"].get<std::string>())["value"].size() == 1);
  }

  TEST_CASE("a tenant without machines answers 404, an unknown machine as well") {
    auto state = fleet();
    state.devices.clear();
    endpoint_world empty({}, state);
    CHECK(empty.send(1h, "GET", "/api/machines").status == 404);
    endpoint_world world;
    const auto unknown = world.send(1h, "GET", "/api/machines/123");
    CHECK(endpoint_world::code(unknown) == "404 ResourceNotFound");
    CHECK(json::parse(unknown.body)["error"]["message"] == "Machine 123 was not found");
    CHECK(json::parse(unknown.body)["error"]["target"] == "request");
  }

  TEST_CASE(
      "an isolation is Pending, then InProgress, then Succeeded, and counts when it is done") {
    endpoint_world world;
    const auto answer =
        world.send(1h, "POST", endpoint_world::machine("laptop") + "/isolate", because);
    CHECK(answer.status == 201);
    const auto action = json::parse(answer.body);
    CHECK(action["type"] == "Isolate");
    CHECK(action["scope"] == "Full");
    CHECK(action["status"] == "Pending");
    CHECK(action["requestSource"] == "PublicApi");
    CHECK(action["computerDnsName"] == "laptop");
    CHECK(status_of(world, 1h + 1min, id_of(answer)) == "InProgress");
    CHECK(world.effects.empty());
    CHECK(status_of(world, 1h + 3min, id_of(answer)) == "Succeeded");
    REQUIRE(world.effects.size() == 1);
    CHECK(world.effects[0].what == "isolate device");
    CHECK(world.effects[0].at == start + 1h + 3min);
  }

  TEST_CASE("orders to a device can fail or time out, and then nothing is isolated") {
    for (const auto* end : {"Failed", "TimeOut"}) {
      auto state = fleet();
      state.devices[0].orders_end = end;
      endpoint_world world({}, state);
      const auto machine = endpoint_world::machine("laptop");
      const auto answer = world.send(1h, "POST", machine + "/isolate", because);
      CHECK(status_of(world, 1h + 1min, id_of(answer)) == "InProgress");
      CHECK(status_of(world, 1h + 3min, id_of(answer)) == end);
      CHECK(world.effects.empty());
      CHECK(world.send(2h, "POST", machine + "/isolate", because).status == 201);
    }
  }

  TEST_CASE("a second isolation while one runs is refused, or answers with the one that runs") {
    const auto path = endpoint_world::machine("laptop") + "/isolate";
    endpoint_world world;
    (void)world.send(1h, "POST", path, because);
    const auto second = world.send(1h + 2min, "POST", path, because);
    CHECK(endpoint_world::code(second) == "400 ActiveRequestAlreadyExists");
    CHECK(json::parse(second.body)["error"]["message"] == "Action is already in progress");
    auto state = fleet();
    state.choice_of_readings.isolation_repeats_action = true;
    endpoint_world other({}, state);
    const auto first = other.send(1h, "POST", path, because);
    CHECK(id_of(other.send(1h + 2min, "POST", path, because)) == id_of(first));
  }

  TEST_CASE("a second isolation of an isolated device waits, and isolates it again once released") {
    endpoint_world world;
    const auto machine = endpoint_world::machine("laptop");
    (void)world.send(1h, "POST", machine + "/isolate", because);
    const auto again = world.send(2h, "POST", machine + "/isolate", because);
    CHECK(status_of(world, 3h, id_of(again)) == "Pending");
    const auto freed = world.send(4h, "POST", machine + "/unisolate", release);
    CHECK(freed.status == 201);
    CHECK(status_of(world, 4h + 3min, id_of(freed)) == "Succeeded");
    CHECK(status_of(world, 5h, id_of(again)) == "Succeeded");
    CHECK(world.effects.size() == 3);
  }

  TEST_CASE("a device that is offline leaves the order Pending until it connects") {
    endpoint_world world({connection(10h, "tablet", false)});
    const auto answer =
        world.send(1h, "POST", endpoint_world::machine("tablet") + "/isolate", because);
    CHECK(status_of(world, 9h, id_of(answer)) == "Pending");
    CHECK(status_of(world, 10h + 1min, id_of(answer)) == "InProgress");
    CHECK(status_of(world, 10h + 3min, id_of(answer)) == "Succeeded");
  }

  TEST_CASE("what has not come about can be cancelled, what is over cannot") {
    endpoint_world world({connection(10h, "tablet", false)});
    const auto answer =
        world.send(1h, "POST", endpoint_world::machine("tablet") + "/isolate", because);
    const auto path = "/api/machineactions/" + id_of(answer) + "/cancel";
    const auto cancelled = world.send(2h, "POST", path, R"({"Comment":"false alarm"})");
    CHECK(cancelled.status == 200);
    CHECK(json::parse(cancelled.body)["status"] == "Cancelled");
    CHECK(world.send(2h, "POST", path, R"({"Comment":"again"})").status == 400);
    CHECK(status_of(world, 11h, id_of(answer)) == "Cancelled");
    CHECK(world.effects.empty());
  }

  TEST_CASE("actions are listed newest first, with the lists' own name of the time") {
    endpoint_world world;
    const auto machine = endpoint_world::machine("laptop");
    (void)world.send(1h, "POST", machine + "/isolate", because);
    (void)world.send(2h, "POST", machine + "/unisolate", release);
    const auto all = world.fetch(3h,
                                 "/api/machineactions?$filter=machineId eq '" +
                                     machine.substr(machine.rfind('/') + 1) + "'&$top=2")["value"];
    REQUIRE(all.size() == 2);
    CHECK(all[0]["type"] == "Unisolate");
    CHECK(all[0].contains("lastUpdateTimeUtc"));
    CHECK(world.fetch(3h, "/api/machineactions?$filter=status eq 'Pending'")["value"].empty());
    CHECK(world.send(3h, "GET", "/api/machineactions/none").status == 404);
  }

  TEST_CASE("names in a body are case-sensitive, a comment is required") {
    endpoint_world world;
    const auto path = endpoint_world::machine("laptop") + "/isolate";
    const auto refusal = [&](const char* body) {
      return endpoint_world::code(world.send(1h, "POST", path, body));
    };
    CHECK(refusal(R"({"comment":"x","IsolationType":"Full"})") == "400 InvalidRequestBody");
    CHECK(refusal(R"({"IsolationType":"Full"})") == "400 MissingRequiredParameter");
    CHECK(refusal(R"({"Comment":"x","IsolationType":"full"})") == "400 InvalidInput");
    CHECK(refusal("nonsense") == "400 InvalidRequestBody");
    CHECK(endpoint_world::code(world.send(
              1h, "POST", endpoint_world::machine("work-phone") + "/isolate", because)) ==
          "400 OsPlatformNotSupported");
    CHECK(endpoint_world::code(
              world.send(1h, "POST", endpoint_world::machine("own-phone") + "/isolate", because)) ==
          "404 ResourceNotFound");
  }

  TEST_CASE("reading and isolating take a role each") {
    endpoint_world world;
    world.roles = {"Machine.Isolate"};
    CHECK(endpoint_world::code(world.send(1h, "GET", "/api/machines")) == "403 Forbidden");
    world.roles = {"Machine.Read.All"};
    const auto refused =
        world.send(1h, "POST", endpoint_world::machine("laptop") + "/isolate", because);
    CHECK(endpoint_world::code(refused) == "403 Forbidden");
    CHECK(refused.body.find("(Machine.Isolate)") != std::string::npos);
  }

  TEST_CASE("an operation takes a hundred calls a minute and 1,500 an hour from an app") {
    endpoint_world world;
    for (auto i = 0; i < 100; ++i) {
      CHECK(world.send(1h, "GET", "/api/machines").status == 200);
    }
    const auto refused = world.send(1h, "GET", "/api/machines");
    CHECK(endpoint_world::code(refused) == "429 TooManyRequests");
    CHECK(refused.fields.find("Retry-After") == "60");
    CHECK(world.send(1h, "GET", "/api/machineactions").status == 200);
    world.caller = "app-2";
    CHECK(world.send(1h, "GET", "/api/machines").status == 200);
    for (auto i = 0; i < 1500; ++i) {
      (void)world.send(2h + i * 2s, "GET", "/api/machines");
    }
    CHECK(world.send(2h + 3000s, "GET", "/api/machines").fields.find("Retry-After") == "3600");
  }
}
