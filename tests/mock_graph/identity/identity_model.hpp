#pragma once
// A small tenant with its identity lists, for tests that script what happens and ask Graph.
#include "mock_graph/graph/identity_api.hpp"

#include <doctest/doctest.h>

namespace tests {

namespace tenant = mock_graph::tenant;
using nlohmann::json;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

inline auto contoso() -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = start;
  state.users = {{"dana", "Dana.Oak@contoso.com", "Dana", "id-dana"},
                 {"omar", "omar@contoso.com", "Omar", "id-omar"}};
  state.devices = {{"laptop", "dana", true, "198.51.100.7"}};
  return state;
}

struct identity_model {
  explicit identity_model(const std::vector<tenant::event>& events,
                          const tenant::standing& state = contoso())
      : owner(state, events) {
    owner.add(entra);
  }

  auto ask(seams::duration at, const std::string& path, const std::string& method = "GET")
      -> seams::response {
    owner.advance(start + at);
    const auto url = "https://graph.microsoft.com/v1.0/" + path;
    const auto query = seams::request{method, url, {}, {}};
    const auto target = mock_graph::odata::read_target(url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.route = api.route_of(what.target);
    REQUIRE_FALSE(what.route.empty());
    what.roles = roles;
    what.caller = "app";
    return api.answer(what);
  }
  auto list(seams::duration at, const std::string& path) -> json {
    const auto answer = ask(at, path);
    CHECK(answer.status == 200);
    return json::parse(answer.body)["value"];
  }
  auto refused(seams::duration at, const std::string& path) -> std::string {
    const auto answer = ask(at, path);
    const auto error = json::parse(answer.body)["error"];
    return std::to_string(answer.status) + " " + error["code"].get<std::string>() + ": " +
           error["message"].get<std::string>();
  }

  mock_graph::ledger book;
  tenant::tenant owner;
  mock_graph::identity::identity_book entra{owner, book};
  mock_graph::graph::identity_api api{entra};
  std::vector<std::string> roles = {
      "AuditLog.Read.All", "IdentityRiskEvent.Read.All", "IdentityRiskyUser.Read.All"};
};

inline auto sign_in_at(seams::duration at, const std::string& id, std::uint64_t count = 1)
    -> tenant::event {
  auto what = tenant::sign_in();
  what.id = id;
  what.user = "dana";
  what.count = count;
  what.over = std::chrono::minutes{10};
  return {start + at, "t.toml:1", what};
}

inline auto risk_at(seams::duration at, const std::string& id, const std::string& level)
    -> tenant::event {
  auto what = tenant::risk();
  what.id = id;
  what.user = "dana";
  what.level = level;
  return {start + at, "t.toml:2", what};
}

} // namespace tests
