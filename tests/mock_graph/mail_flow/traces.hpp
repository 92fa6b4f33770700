#pragma once
// A tenant with mails and both doors to their traces.
#include "mock_graph/mail_flow/message_trace_api.hpp"
#include "mock_graph/mail_flow/reporting_api.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace tests {

namespace tenant = mock_graph::tenant;

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

inline auto mailing_tenant() -> tenant::standing {
  auto state = tenant::standing();
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.start = start;
  for (const auto* name : {"dana", "omar"}) {
    state.users.push_back(
        {name, std::string(name) + "@contoso.com", name, std::string("id-") + name});
  }
  auto app = tenant::application();
  app.directory_roles.push_back({"Global Reader"});
  state.applications.push_back(app);
  return state;
}

inline auto mail(seams::duration at, const std::string& id, std::vector<std::string> to)
    -> tenant::event {
  auto what = tenant::mail();
  what.id = id;
  what.from = "sales@fabrikam.example";
  what.to = std::move(to);
  what.subject = "Offer & more";
  return {start + at, "file.toml:1", what};
}

struct mailing {
  mailing(const tenant::standing& state, const std::vector<tenant::event>& events)
      : owner(state, events) {
    owner.add(traces);
  }

  auto ask(mock_graph::door& door,
           seams::duration at,
           const std::string& url,
           seams::headers fields = {}) -> seams::response {
    owner.advance(start + at);
    const auto query = seams::request{"GET", url, std::move(fields), {}};
    auto target = mock_graph::odata::read_target(url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.route = door.route_of(what.target);
    what.roles = roles;
    what.app = &owner.state().applications.front();
    return door.answer(what);
  }
  auto graph(seams::duration at, const std::string& options, seams::headers fields = {})
      -> seams::response {
    return ask(graph_door,
               at,
               "https://graph.microsoft.com/v1.0/admin/exchange/tracing/messageTraces" + options,
               std::move(fields));
  }
  auto report(seams::duration at, const std::string& options) -> seams::response {
    return ask(report_door,
               at,
               "https://reports.office365.com/ecp/reportingwebservice/reporting.svc/MessageTrace" +
                   options);
  }

  std::vector<std::string> roles = {"ExchangeMessageTrace.Read.All",
                                    "ReportingWebService.Read.All"};
  mock_graph::ledger book;
  tenant::tenant owner;
  mock_graph::mail_flow::trace_log traces{owner, book};
  mock_graph::mail_flow::message_trace_api graph_door{traces};
  mock_graph::mail_flow::reporting_api report_door{traces};
};

} // namespace tests
