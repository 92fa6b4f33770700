#include "tests/mock_graph/defender/model.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto titles(const model& world, seams::duration at) -> std::multiset<std::string> {
  auto out = std::multiset<std::string>();
  for (const auto& [id, alert] : world.listed(at)) {
    out.insert(alert["title"].get<std::string>());
  }
  return out;
}

auto evidence_types(const nlohmann::json& alert) -> std::set<std::string> {
  auto out = std::set<std::string>();
  for (const auto& one : alert["evidence"]) {
    out.insert(one["@odata.type"].get<std::string>());
  }
  return out;
}

const auto through = std::string("A user clicked through to a potentially malicious URL");
const auto detected = std::string("A potentially malicious URL click was detected");

} // namespace

TEST_SUITE("click_alerts") {
  TEST_CASE("a merged incident is redirected, empty, and its alerts name the one that stays") {
    auto elsewhere = mail_to("m2", 0h, {"omar"});
    std::get<tenant::mail>(elsewhere.what).urls = {"https://v.example/"};
    auto other_click = click_on("c2", 2h, "omar", "m2");
    std::get<tenant::click>(other_click.what).url = "https://v.example/";
    auto world = model(
        contoso(),
        {mail_to("m", 0h, {"dana"}),
         elsewhere,
         verdict_at(1h),
         {start + 1h, "t:1", tenant::url_verdict{"https://v.example/", {}}},
         {start + 1h, "t:2", tenant::url_verdict{"https://v.example/", tenant::threat::phish}},
         click_on("c", 2h, "dana", "m"),
         other_click});
    world.pass(3h);
    const auto from = world.alerts.about("c2").front()->incident_id;
    const auto into = world.alerts.about("c").front()->incident_id;
    REQUIRE(from != into);
    auto& gone = *world.alerts.find_incident(from);
    auto& kept = *world.alerts.find_incident(into);
    world.alerts.merge(start + 4h, gone, kept);
    const auto shown = world.alerts.incidents().find(from, start + 5h)->document;
    CHECK(shown["status"] == "redirected");
    CHECK(shown["redirectIncidentId"] == into);
    CHECK(gone.alert_ids.empty());
    CHECK(kept.alert_ids.size() == 2);
    for (const auto& [id, alert] : world.listed(5h)) {
      CHECK(alert["incidentId"] == into);
    }
    CHECK(world.alerts.incidents().find(into, start + 5h)->document["redirectIncidentId"] ==
          nullptr);
  }

  TEST_CASE("a verdict alerts on the clicks of exactly the 48 hours before it, edge included") {
    const auto state = contoso();
    auto world = model(state,
                       {mail_to("m", 0h, {"dana", "omar"}),
                        click_on("old", 1h - seams::duration{1}, "dana", "m"),
                        click_on("edge", 1h, "omar", "m"),
                        verdict_at(49h)});
    world.pass(50h);
    const auto alerts = world.listed(50h);
    REQUIRE(alerts.size() == 1);
    CHECK(alerts.begin()->second["evidence"][0]["upn"] == "omar@contoso.com");
  }

  TEST_CASE("clicks after the verdict are blocked and alert by themselves") {
    auto world = model(
        contoso(), {mail_to("m", 0h, {"dana"}), verdict_at(1h), click_on("c", 2h, "dana", "m")});
    world.pass(1h + 59min);
    CHECK(world.listed(1h + 59min).empty());
    world.pass(3h);
    CHECK(titles(world, 3h) == std::multiset{detected});
  }

  TEST_CASE("the reading that a blocked click does not alert can be chosen") {
    auto state = contoso();
    state.choice_of_readings.blocked_click_alerts = false;
    auto world = model(
        state,
        {mail_to("m", 0h, {"dana"}), verdict_at(1h), going_on(click_on("c", 2h, "dana", "m"))});
    world.pass(3h);
    CHECK(titles(world, 3h) == std::multiset{through});
  }

  TEST_CASE("a Teams click and override: two alerts, one incident, the message, no investigation") {
    auto world = model(
        contoso(),
        {verdict_at(0h), chat_to("t", 1h, {"dana"}), going_on(click_on("c", 2h, "dana", "t"))});
    world.pass(10h);
    CHECK(titles(world, 10h) == std::multiset{detected, through});
    auto incidents = std::set<std::string>();
    for (const auto& [id, alert] : world.listed(10h)) {
      incidents.insert(alert["incidentId"].get<std::string>());
      CHECK(alert["investigationState"] == "unsupportedAlertType");
      CHECK(evidence_types(alert).contains("#microsoft.graph.security.teamsMessageEvidence"));
      CHECK_FALSE(evidence_types(alert).contains("#microsoft.graph.security.mailClusterEvidence"));
    }
    CHECK(incidents.size() == 1);
  }

  TEST_CASE("an override of a page that is still being scanned alerts at once") {
    auto pending = going_on(click_on("c", 2h, "dana", "m"));
    std::get<tenant::click>(pending.what).scan_pending = true;
    auto world = model(contoso(), {mail_to("m", 0h, {"dana"}), pending});
    world.pass(3h);
    CHECK(titles(world, 3h) == std::multiset{through});
  }

  TEST_CASE("in mail, investigation runs by itself and evidence grows") {
    auto world = model(
        contoso(), {verdict_at(0h), mail_to("m", 1h, {"dana"}), click_on("c", 2h, "dana", "m")});
    world.pass(2h + 3min);
    const auto young = world.listed(2h + 3min);
    REQUIRE(young.size() == 1);
    CHECK(young.begin()->second["investigationState"] == "queued");
    CHECK(young.begin()->second["evidence"].size() == 3);
    world.pass(3h);
    const auto grown = world.listed(3h).begin()->second;
    CHECK(grown["investigationState"] == "pendingApproval");
    CHECK(grown["evidence"].size() == 4);
    CHECK(grown["lastUpdateDateTime"] > young.begin()->second["lastUpdateDateTime"]);
  }

  TEST_CASE("without Plan 2, and in Teams before the roll-out, no alert") {
    auto state = contoso();
    SUBCASE("plan 1") {
      state.plan = tenant::licence::plan1;
    }
    SUBCASE("before the roll-out") {
      state.teams_click_alerts_from = start + 100h;
    }
    auto world = model(
        state,
        {verdict_at(0h), chat_to("t", 1h, {"dana"}), going_on(click_on("c", 2h, "dana", "t"))});
    world.pass(20h);
    CHECK(world.listed(20h).empty());
    CHECK(world.rows("UrlClickEvents").size() == 2);
  }

  TEST_CASE("one campaign by mail and Teams is one incident of multiple users") {
    auto world = model(contoso(),
                       {mail_to("m", 0h, {"dana"}),
                        chat_to("t", 0h, {"omar"}),
                        click_on("c1", 1h, "dana", "m"),
                        click_on("c2", 1h, "omar", "t"),
                        verdict_at(5h)});
    world.pass(6h);
    CHECK(world.listed(6h).size() == 2);
    const auto* incident = world.alerts.incidents().find("4711", start + 6h);
    REQUIRE(incident != nullptr);
    CHECK(incident->document["displayName"] ==
          "A potentially malicious URL click was detected involving multiple users");
    CHECK(world.alerts.incidents().find("4712", start + 6h) == nullptr);
  }

  TEST_CASE("a click that triggers the verdict is itself an allowed click that alerts") {
    auto trigger = click_on("c", 1h, "dana", "m");
    std::get<tenant::click>(trigger.what).triggers_verdict = true;
    auto world = model(contoso(), {mail_to("m", 0h, {"dana"}), trigger});
    world.pass(2h);
    CHECK(titles(world, 2h) == std::multiset{detected});
    CHECK(std::get<std::string>(world.rows("UrlClickEvents")[0][2]) == "ClickAllowed");
  }

  TEST_CASE("every version of an alert is in the ledger, with the moment it was replaced") {
    auto world = model(
        contoso(), {verdict_at(0h), mail_to("m", 1h, {"dana"}), click_on("c", 2h, "dana", "m")});
    world.pass(5h);
    auto versions = 0;
    for (const auto& entry : world.book.entries()) {
      if (entry.feed == "alerts") {
        ++versions;
        CHECK(entry.gone_at.has_value() == (versions < 3));
        CHECK(entry.story.find("click c") != std::string::npos);
      }
    }
    CHECK(versions == 3);
  }
}
