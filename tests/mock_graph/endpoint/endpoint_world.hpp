#pragma once
// A tenant whose machines and indicators tests can ask.
#include "mock_graph/endpoint/indicators_api.hpp"
#include "mock_graph/endpoint/machines_api.hpp"

#include <doctest/doctest.h>

namespace tests {

namespace tenant = mock_graph::tenant;
using nlohmann::json;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

/// A laptop, one that is offline, a private phone and a managed one.
inline auto fleet() -> tenant::standing {
  auto state = tenant::standing();
  state.start = start;
  state.users.push_back({"dana", "dana@contoso.com", "Dana", "id-dana"});
  state.devices = {{"laptop", "dana", true, "198.51.100.7"},
                   {"tablet", "dana", true, ""},
                   {"own-phone", "dana", false, ""},
                   {"work-phone", "dana", true, ""}};
  state.devices[1].offline = true;
  state.devices[3].system = "iOS";
  state.delays.device_action_starts = std::chrono::minutes{1};
  state.delays.device_action_takes = std::chrono::minutes{2};
  return state;
}

struct endpoint_world {
  explicit endpoint_world(const std::vector<tenant::event>& events = {},
                          const tenant::standing& state = fleet())
      : owner(state, events) {
    owner.add(machines);
  }

  auto send(seams::duration at,
            const std::string& method,
            const std::string& path,
            const std::string& body = "") -> seams::response {
    owner.advance(start + at);
    const auto url =
        path.starts_with("https:") ? path : "https://api.securitycenter.microsoft.com" + path;
    const auto query = seams::request{method, url, {}, body};
    auto target = mock_graph::odata::read_target(url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.roles = roles;
    what.caller = caller;
    what.request_id = "request";
    auto& where = machines_door.route_of(what.target).empty()
                      ? static_cast<mock_graph::door&>(indicators_door)
                      : machines_door;
    what.route = where.route_of(what.target);
    REQUIRE(!what.route.empty());
    return where.answer(what);
  }
  auto fetch(seams::duration at, const std::string& path) -> json {
    const auto answer = send(at, "GET", path);
    CAPTURE(answer.body);
    CHECK(answer.status == 200);
    return json::parse(answer.body);
  }
  static auto code(const seams::response& answer) -> std::string {
    return std::to_string(answer.status) + " " +
           json::parse(answer.body)["error"]["code"].get<std::string>();
  }
  /// The path of a device's machine.
  static auto machine(const std::string& device) -> std::string {
    auto what = tenant::device();
    what.name = device;
    return "/api/machines/" + mock_graph::endpoint::machine_id_of(what);
  }

  mock_graph::effect_log effects;
  tenant::tenant owner;
  mock_graph::acts::performer acts{owner, effects};
  mock_graph::endpoint::machine_book machines{owner, effects};
  mock_graph::endpoint::machines_api machines_door{machines};
  mock_graph::endpoint::indicators_api indicators_door{acts};
  std::vector<std::string> roles = {"Machine.Read.All", "Machine.Isolate", "Ti.ReadWrite.All"};
  std::string caller = "app-1";
};

} // namespace tests
