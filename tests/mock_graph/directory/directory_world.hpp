#pragma once
// A tenant whose directory tests can ask.
#include "mock_graph/call.hpp"
#include "mock_graph/door.hpp"
#include "mock_graph/tenant/tenant.hpp"

#include <doctest/doctest.h>

namespace tests {

namespace tenant = mock_graph::tenant;
using nlohmann::json;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

inline auto directory_of(std::initializer_list<const char*> names) -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = start;
  state.delays.directory = {};
  for (const auto* name : names) {
    state.users.push_back(
        {name, std::string(name) + "@contoso.com", name, std::string("id-") + name});
  }
  return state;
}

/// What happens to users, in short.
inline auto user_event(seams::duration at,
                       std::vector<std::string> users,
                       tenant::user_change::act what,
                       std::map<std::string, std::string> set = {}) -> tenant::event {
  return {start + at, "t.toml:1", tenant::user_change{std::move(users), what, std::move(set)}};
}

/// Asks one door, as somebody with these roles.
struct visitor {
  tenant::tenant& owner;
  mock_graph::door& where;
  std::vector<std::string> roles;
  seams::headers fields = {};

  auto ask(seams::duration at, const std::string& path) -> seams::response {
    owner.advance(start + at);
    const auto absolute = path.starts_with("https:") ? path : "https://graph.microsoft.com" + path;
    const auto query = seams::request{"GET", absolute, fields, {}};
    auto target = mock_graph::odata::read_target(absolute);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.route = where.route_of(what.target);
    what.roles = roles;
    REQUIRE(!what.route.empty());
    return where.answer(what);
  }
  auto body(seams::duration at, const std::string& path) -> json {
    const auto answer = ask(at, path);
    CHECK(answer.status == 200);
    return json::parse(answer.body);
  }
};

inline auto code_in(const seams::response& answer) -> std::string {
  return json::parse(answer.body)["error"]["code"].get<std::string>();
}

/// The `id` of each object on the page, in order.
inline auto ids_of(const json& page) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : page["value"]) {
    out.push_back(one["id"].get<std::string>());
  }
  return out;
}

} // namespace tests
