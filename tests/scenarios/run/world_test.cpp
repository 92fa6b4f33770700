#include "core/clouds.hpp"
#include "core/feeds/feed_table.hpp"
#include "scenarios/run/completeness.hpp"
#include "scenarios/run/feed_views.hpp"
#include "scenarios/run/manners.hpp"
#include "scenarios/run/world.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace scenarios::run;
namespace tenant = mock_graph::tenant;

namespace {

constexpr auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

using tests::keys;

auto one_click() -> world_plan {
  auto plan = world_plan();
  auto& state = plan.what.state;
  state.start = start;
  state.tenant_id = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
  state.users.push_back(
      {"dana", "dana@contoso.com", "Dana", "6a1f3c9e-55d2-4b8a-9e07-c2d4f8a1b3e6"});
  auto app = tenant::application();
  app.client_id = "0b5e3a51-6f3e-4b6f-9a7d-2c9d6c2b8f10";
  app.service_principal_id = "98a21841-796e-4968-8f8c-e0898e776d99";
  app.secrets.push_back({"main", "id-1", "s3cr3t-value-of-this-test", start - 24h, start + 9000h});
  for (const auto* role :
       {"SecurityAlert.Read.All", "SecurityIncident.Read.All", "ThreatHunting.Read.All"}) {
    app.grants.push_back({"https://graph.microsoft.com", role});
  }
  app.grants.push_back({"https://manage.office.com", "ActivityFeed.Read"});
  state.applications.push_back(app);
  auto mail = tenant::mail();
  mail.id = "invoice";
  mail.from = "billing@fabrikam.example";
  mail.to = {"dana"};
  mail.subject = "Invoice";
  mail.urls = {"https://u.example/"};
  plan.what.events.push_back({start + 10min, "here:1", mail});
  plan.what.events.push_back({start + 5min, "here:2", tenant::url_verdict{"https://u.example/"}});
  auto click = tenant::click();
  click.id = "c1";
  click.user = "dana";
  click.in = "invoice";
  click.url = "https://u.example/";
  click.goes_on = true;
  plan.what.events.push_back({start + 30min, "here:3", click});
  for (const auto* name : {"alerts", "incidents", "safe_links", "audit_general"}) {
    plan.connector.feeds.push_back(core::feeds::default_options(*core::feeds::find_feed(name)));
  }
  plan.configurations.push_back({start,
                                 core::auth::client_secret{"s3cr3t-value-of-this-test"},
                                 state.tenant_id,
                                 app.client_id,
                                 *core::find_cloud("global")});
  return plan;
}

auto terms_of(const world_plan& plan, world& place) -> reader_terms {
  auto terms = reader_terms();
  for (const auto& feed : plan.connector.feeds) {
    for (const auto* view : views_of(feed.name)) {
      terms.feeds.insert(source_name(view->feed, view->source));
    }
  }
  terms.chance = 15min;
  terms.declared = place.health();
  return terms;
}

void check_all_held(const world_plan& plan, world& place) {
  const auto found =
      compare(place.mock().book(), place.records(), terms_of(plan, place), place.log().exchanges());
  CHECK(found.visible > 0);
  CHECK(found.lost == std::vector<std::string>());
  CHECK(found.doubled == std::vector<std::string>());
  CHECK(found.altered == std::vector<std::string>());
  CHECK(found.invented == std::vector<std::string>());
  CHECK(early_requests(place.log().exchanges()) == std::vector<std::string>());
  CHECK(token_misuse(place.mock().requests()) == std::vector<std::string>());
  CHECK(writes(place.mock().requests()) == std::vector<std::string>());
}

} // namespace

TEST_SUITE("world") {
  TEST_CASE("a click arrives in every feed, and every wire tells the same story") {
    auto hashes = std::vector<std::string>();
    for (const auto wire : {wire_kind::memory, wire_kind::tcp, wire_kind::tls}) {
      auto plan = one_click();
      plan.wire = wire;
      auto options = world_options();
      options.keys = &keys(wire);
      auto place = world(plan, options);
      REQUIRE(place.run() == world_end::complete);
      check_all_held(plan, place);
      hashes.push_back(place.log().hash());
    }
    CHECK(hashes[0] == hashes[1]);
    CHECK(hashes[1] == hashes[2]);
  }

  TEST_CASE("killed before and after each call of each port, the connector converges") {
    auto plan = one_click();
    plan.wire = wire_kind::memory;
    for (auto& feed : plan.connector.feeds) {
      feed.period = 30min;
    }
    auto options = world_options();
    options.keys = &keys(wire_kind::memory);
    auto calls = port_calls();
    {
      auto quiet = world(plan, options);
      REQUIRE(quiet.run() == world_end::complete);
      calls = quiet.calls();
    }
    for (auto which = std::size_t{0}; which < port_names.size(); ++which) {
      const auto last = calls.made[which];
      for (auto call = std::uint64_t{1}; call <= last;
           call += std::max<std::uint64_t>(1, last / 12)) {
        for (const auto after : {false, true}) {
          CAPTURE(port_names[which]);
          CAPTURE(call);
          CAPTURE(after);
          plan.fate = death_point{static_cast<port>(which), after, call};
          auto place = world(plan, options);
          REQUIRE(place.run() == world_end::complete);
          check_all_held(plan, place);
        }
      }
    }
  }
}
