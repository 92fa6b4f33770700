#include "tests/mock_graph/defender/model.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto with_policy(tenant::safe_links_policy policy) -> tenant::standing {
  auto state = contoso();
  policy.name = "Links";
  state.safe_links.add(policy);
  return state;
}

auto events() -> std::vector<tenant::event> {
  return {verdict_at(0h),
          mail_to("m", 1h, {"dana"}),
          chat_to("t", 1h, {"dana"}),
          going_on(click_on("in-mail", 2h, "dana", "m")),
          going_on(click_on("in-chat", 3h, "dana", "t"))};
}

} // namespace

TEST_SUITE("safe_links_policies") {
  TEST_CASE("without click tracking nothing records a click and no alert fires") {
    auto policy = tenant::safe_links_policy();
    policy.track_clicks = false;
    auto world = model(with_policy(policy), events());
    world.pass(9h);
    CHECK(world.rows("UrlClickEvents").empty());
    CHECK(world.listed(9h).empty());
  }

  TEST_CASE("without click-through there is no override row and no click-through alert") {
    auto policy = tenant::safe_links_policy();
    policy.allow_click_through = false;
    auto world = model(with_policy(policy), events());
    world.pass(9h);
    CHECK(world.rows("UrlClickEvents").size() == 2);
    for (const auto& [id, alert] : world.listed(9h)) {
      CHECK(alert["title"] == "A potentially malicious URL click was detected");
    }
  }

  TEST_CASE("a policy without Teams leaves only the mail click") {
    auto policy = tenant::safe_links_policy();
    policy.enable_for_teams = false;
    auto world = model(with_policy(policy), events());
    world.pass(9h);
    for (const auto& row : world.rows("UrlClickEvents")) {
      CHECK(std::get<std::string>(row[4]) == "Email");
    }
  }

  TEST_CASE("Built-in protection does not cover mail from inside the organisation") {
    auto inside = mail_to("m", 1h, {"dana"});
    std::get<tenant::mail>(inside.what).from = "omar";
    auto world =
        model(contoso(), {verdict_at(0h), inside, going_on(click_on("c", 2h, "dana", "m"))});
    world.pass(9h);
    CHECK(world.rows("UrlClickEvents").empty());
  }

  TEST_CASE("only the first matching policy counts, and conditions of different kinds are ANDed") {
    auto state = contoso();
    state.groups.push_back({"finance", "finance@contoso.com", {"dana"}});
    auto strict = tenant::safe_links_policy();
    strict.name = "Finance";
    strict.track_clicks = false;
    state.safe_links.add(strict, {{}, {"finance"}, {"other.example"}});
    CHECK(tenant::policy_for(state, state.users[0]).name == "Built-In Protection Policy");
    state.safe_links.rules[0].to.domains = {"CONTOSO.com"};
    CHECK(tenant::policy_for(state, state.users[0]).name == "Finance");
    CHECK(tenant::policy_for(state, state.users[1]).name == "Built-In Protection Policy");
  }

  TEST_CASE("a policy change holds for the clicks after it") {
    auto all = events();
    all.push_back({start + 2h + 30min,
                   "t.toml:9",
                   tenant::policy_change{"Links", {{"track_clicks", false}}}});
    auto world = model(with_policy({}), all);
    world.pass(9h);
    CHECK(world.rows("UrlClickEvents").size() == 2);
  }

  TEST_CASE("an error page and the tenant's own block have a row, and nobody goes on from there") {
    const auto met = [](const char* page) {
      auto click = going_on(click_on("c", 2h, "dana", "m"));
      std::get<tenant::click>(click.what).page = page;
      auto world = model(contoso(), {mail_to("m", 1h, {"dana"}), click});
      world.pass(9h);
      CHECK(world.listed(9h).empty());
      const auto rows = world.rows("UrlClickEvents");
      REQUIRE(rows.size() == 1);
      return rows.front();
    };
    const auto holds = [](const mock_graph::hunting::row& row, const std::string& word) {
      return std::ranges::find(row, mock_graph::hunting::value(word)) != row.end();
    };
    CHECK(holds(met("error"), "UrlErrorPage"));
    CHECK(holds(met("tenant_block"), "ClickBlockedByTenantPolicy"));
  }

  TEST_CASE("mail that a policy of the organisation let through names it") {
    auto mail = mail_to("m", 1h, {"dana"});
    std::get<tenant::mail>(mail.what).let_through_by = "Phishing simulation";
    auto world = model(contoso(), {mail});
    world.pass(2h);
    const auto rows = world.rows("EmailEvents");
    REQUIRE(rows.size() == 1);
    const auto named = mock_graph::hunting::value(std::string("Phishing simulation"));
    CHECK(std::ranges::find(rows.front(), named) != rows.front().end());
  }

  TEST_CASE("a click row is hidden until its delay has passed") {
    auto world = model(contoso(), {mail_to("m", 1h, {"dana"}), click_on("c", 2h, "dana", "m")});
    world.pass(2h + 4min);
    CHECK(world.rows("UrlClickEvents").empty());
    world.pass(2h + 5min);
    CHECK(world.rows("UrlClickEvents").size() == 1);
  }
}
