#pragma once
// A small tenant with all its views, for tests that script what happens and look at what follows.
#include "mock_graph/activity/audit_records.hpp"
#include "mock_graph/defender/click_alerts.hpp"
#include "mock_graph/defender/hunting_tables.hpp"
#include "mock_graph/defender/investigations.hpp"
#include "mock_graph/tenant/safe_links.hpp"

#include <map>
#include <set>

namespace tests {

namespace tenant = mock_graph::tenant;
namespace defender = mock_graph::defender;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

inline auto contoso() -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = start;
  for (const auto* name : {"dana", "omar"}) {
    state.users.push_back(
        {name, std::string(name) + "@contoso.com", name, std::string("id-") + name});
  }
  return state;
}

/// Everything that derives from one tenant.
struct model {
  mock_graph::ledger book;
  tenant::tenant owner;
  defender::alert_book alerts{owner, book};
  defender::click_alerts rules{alerts};
  defender::investigations investigations{alerts};
  defender::hunting_tables hunting{owner, book};
  mock_graph::activity::content_log content{owner.state(), book};
  mock_graph::activity::audit_records audit{owner, content};

  model(const tenant::standing& state, const std::vector<tenant::event>& events)
      : owner(state, events) {
    owner.add(rules);
    owner.add(investigations);
    owner.add(hunting);
    owner.add(audit);
    alerts.add(investigations);
    alerts.add(hunting);
    alerts.add(audit);
  }

  void pass(seams::duration since_start) {
    owner.advance(start + since_start);
    hunting.look_at(start + since_start);
  }
  /// The alerts listed now, by id.
  auto listed(seams::duration since_start) const -> std::map<std::string, nlohmann::json> {
    auto out = std::map<std::string, nlohmann::json>();
    alerts.alerts().visit(start + since_start,
                          seams::instant::min(),
                          seams::instant::max(),
                          [&](const mock_graph::entity_version& v) {
                            out[v.id] = v.document;
                            return true;
                          });
    return out;
  }
  auto rows(std::string_view table) const -> std::vector<mock_graph::hunting::row> {
    auto out = std::vector<mock_graph::hunting::row>();
    hunting.find(table)->scan({}, [&](const mock_graph::hunting::row& r) {
      out.push_back(r);
      return true;
    });
    return out;
  }
};

inline auto mail_to(std::string id, seams::duration at, std::vector<std::string> to)
    -> tenant::event {
  auto what = tenant::mail();
  what.id = std::move(id);
  what.from = "billing@fabrikam.example";
  what.to = std::move(to);
  what.subject = "Invoice";
  what.urls = {"https://u.example/"};
  return {start + at, "t.toml:1", what};
}

inline auto chat_to(std::string id, seams::duration at, std::vector<std::string> to)
    -> tenant::event {
  auto what = tenant::teams_message();
  what.id = std::move(id);
  what.from = "helpdesk@fabrikam.example";
  what.to = std::move(to);
  what.chat = "Helpdesk";
  what.urls = {"https://u.example/"};
  return {start + at, "t.toml:2", what};
}

inline auto click_on(std::string id, seams::duration at, std::string user, std::string in)
    -> tenant::event {
  auto what = tenant::click();
  what.id = std::move(id);
  what.user = std::move(user);
  what.in = std::move(in);
  what.url = "https://u.example/";
  return {start + at, "t.toml:3", what};
}

inline auto going_on(tenant::event what) -> tenant::event {
  std::get<tenant::click>(what.what).goes_on = true;
  return what;
}

inline auto verdict_at(seams::duration at, tenant::threat what = tenant::threat::phish)
    -> tenant::event {
  return {start + at, "t.toml:4", tenant::url_verdict{"https://u.example/", what}};
}

} // namespace tests
