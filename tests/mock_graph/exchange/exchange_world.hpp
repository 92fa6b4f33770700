#pragma once
// A tenant with Safe Links policies whose cmdlets tests can run.
#include "mock_graph/exchange/exchange_api.hpp"

#include <doctest/doctest.h>

namespace tests {

namespace tenant = mock_graph::tenant;
using nlohmann::json;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
constexpr auto tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";

inline auto protected_tenant() -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = tenant_id;
  state.start = start;
  state.users.push_back({"dana", "dana@contoso.com", "Dana", "id-dana"});
  state.groups.push_back({"finance", "finance@contoso.com", {"dana"}});
  auto policy = tenant::safe_links_policy();
  policy.name = "Finance links";
  state.safe_links.add(policy, {{}, {"finance"}, {}}, 7);
  policy.name = "First";
  state.safe_links.add(policy, {}, 3);
  return state;
}

inline auto change_of(seams::duration at, std::map<std::string, bool> set) -> tenant::event {
  return {start + at, "t.toml:9", tenant::policy_change{"Finance links", std::move(set)}};
}

/// Runs cmdlets as an app with both grants, unless a test takes one away.
struct exchange_world {
  mock_graph::ledger book;
  tenant::tenant owner;
  mock_graph::exchange::policy_book policies{owner, book};
  mock_graph::exchange::click_report clicks;
  mock_graph::mail_flow::trace_log traces{owner, book};
  mock_graph::effect_log effects;
  mock_graph::exchange::exchange_admin admin{owner, policies, clicks, traces, effects};
  mock_graph::exchange::exchange_api api{policies, admin};
  tenant::application app;
  std::vector<std::string> roles = {"Exchange.ManageAsApp"};
  seams::headers fields = {{"X-AnchorMailbox", "APP:SystemMailbox{1}@x"}};

  explicit exchange_world(const tenant::standing& state = protected_tenant(),
                          const std::vector<tenant::event>& events = {})
      : owner(state, events) {
    owner.add(policies);
    owner.add(clicks);
    owner.add(traces);
    owner.add(admin);
    app.directory_roles = {{"Security Reader"}};
  }

  auto post(const std::string& body, const std::string& url = "", seams::duration at = {})
      -> seams::response {
    owner.advance(start + at);
    const auto usual =
        "https://outlook.office365.com/adminapi/beta/" + std::string(tenant_id) + "/InvokeCommand";
    const auto query = seams::request{"POST", url.empty() ? usual : url, fields, body};
    auto target = mock_graph::odata::read_target(query.url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.route = api.route_of(what.target);
    what.roles = roles;
    what.app = &app;
    REQUIRE(what.route == "exchange.invoke");
    auto out = api.answer(what);
    note = what.note;
    return out;
  }
  auto run(const std::string& cmdlet,
           const std::string& parameters = "{}",
           const std::string& url = "",
           seams::duration at = {}) -> seams::response {
    return post(R"({"CmdletInput":{"CmdletName":")" + cmdlet + R"(","Parameters":)" + parameters +
                    "}}",
                url,
                at);
  }
  auto rows(const std::string& cmdlet,
            const std::string& parameters = "{}",
            seams::duration at = {}) -> json {
    const auto answer = run(cmdlet, parameters, "", at);
    CHECK(answer.status == 200);
    return json::parse(answer.body)["value"];
  }

  /// As an administrator; a refusal fails the test.
  void change(const std::string& cmdlet, const std::string& parameters, seams::duration at = {}) {
    const auto answer = run(cmdlet, parameters, "", at);
    CHECK_MESSAGE(answer.status == 200, answer.body);
  }
  /// The text inside the envelope of a refusal.
  auto refusal(const std::string& cmdlet, const std::string& parameters, int status = 400)
      -> std::string {
    const auto answer = run(cmdlet, parameters);
    CHECK(answer.status == status);
    const auto error = json::parse(answer.body, nullptr, false);
    REQUIRE(error.is_object());
    return error["error"]["innererror"]["internalexception"]["message"].get<std::string>();
  }
  /// A tenant whose app may change things.
  auto as_administrator() -> exchange_world& {
    app.directory_roles = {{"Security Administrator"}};
    return *this;
  }

  std::string note; ///< the reason that the last answer left for the journal
};

} // namespace tests
