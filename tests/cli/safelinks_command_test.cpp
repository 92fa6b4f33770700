#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>

using test::contains;

namespace {

/// `offtenant safelinks WORDS FILE` with more arguments, on a config that is there.
auto manage(test::fake_engine& fake,
            std::vector<std::string> words,
            const std::vector<std::string>& more = {}) -> int {
  const auto folder = fakes::scratch_folder();
  const auto file = folder.path() / "connector.toml";
  std::ofstream(file) << "x";
  words.insert(words.begin(), "safelinks");
  words.push_back(file.string());
  words.insert(words.end(), more.begin(), more.end());
  return fake.run(words);
}

auto values(const test::fake_engine& fake) -> std::string {
  return fake.managed ? core::safe_links::parameters_of(fake.managed->what).dump() : "nothing";
}

} // namespace

TEST_SUITE("safelinks_command") {
  TEST_CASE("options become parameters of the cmdlet, only those that are given") {
    auto fake = test::fake_engine();
    CHECK(manage(fake,
                 {"policy", "update"},
                 {"Finance links",
                  "--track-clicks",
                  "on",
                  "--allow-click-through",
                  "off",
                  "--do-not-rewrite-urls",
                  "a.example,b.example",
                  "--what-if",
                  "--json"}) == 0);
    CHECK(values(fake) == R"({"Identity":"Finance links","TrackClicks":true,)"
                          R"("AllowClickThrough":false,)"
                          R"("DoNotRewriteUrls":["a.example","b.example"]})");
    CHECK(fake.managed->what_if);
    CHECK(fake.managed->json);
  }

  TEST_CASE("every command of the table can be called") {
    for (const auto& one : core::safe_links::command_table()) {
      auto fake = test::fake_engine();
      fake.code = 1;
      const auto space = one.words.find(' ');
      const auto more = one.needs_name ? std::vector<std::string>{"x"} : std::vector<std::string>();
      CHECK(manage(
                fake,
                {std::string(one.words.substr(0, space)), std::string(one.words.substr(space + 1))},
                more) == 1);
      REQUIRE(fake.managed);
      CHECK(fake.managed->what.what == &one);
    }
  }

  TEST_CASE("posture and reconcile take a config, and old commands their old arguments") {
    auto fake = test::fake_engine();
    CHECK(manage(fake, {"posture"}, {"--json"}) == 0);
    CHECK(fake.managed->task == cli::safelinks_task::posture);
    CHECK(manage(fake, {"reconcile"}, {"--from", "2026-03-09"}) == 0);
    CHECK(fake.managed->task == cli::safelinks_task::reconcile);
    CHECK(values(fake) == R"({"StartDate":"2026-03-09"})");
    CHECK(manage(fake, {"reconcile"}, {"--apps", "Teams"}) == 2);
    CHECK(manage(fake,
                 {"xsoar"},
                 {"policy-update", "name=staff", "do_not_track_user_clicks=false"}) == 0);
    CHECK(values(fake) == R"({"Identity":"staff","TrackClicks":true})");
    CHECK(manage(fake, {"xsoar"}, {"policy-burn"}) == 2);
    CHECK(manage(fake, {"xsoar"}, {"policy-update", "name"}) == 2);
  }

  TEST_CASE("what cannot be used is named, and nothing is started") {
    auto fake = test::fake_engine();
    CHECK(manage(fake, {"policy", "update"}, {"staff", "--track-clicks", "maybe"}) == 2);
    CHECK(contains(fake.err.str(), "--track-clicks: expected on or off, not 'maybe'"));
    CHECK(manage(fake, {"rule", "create"}, {"staff", "--priority", "first"}) == 2);
    CHECK(manage(fake, {"policy", "create"}) == 2);
    CHECK(fake.run({"safelinks", "policy", "list", "/nowhere/at.all"}) == 2);
    CHECK(fake.run({"safelinks"}) == 2);
    CHECK(!fake.managed);
  }

  TEST_CASE("a link is decoded without a config, control characters escaped") {
    auto fake = test::fake_engine();
    const auto link = std::string("https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F"
                                  "%2Fx.example%2F%1b%5B2J&data=x");
    CHECK(fake.run({"safelinks", "decode", link}) == 0);
    CHECK(contains(fake.out.str(), "https://x.example/"));
    CHECK(!contains(fake.out.str(), "\x1b"));
    fake.out.str("");
    CHECK(fake.run({"safelinks", "decode", "--json", link}) == 0);
    CHECK(nlohmann::json::parse(fake.out.str())["form"] == "mail");
    CHECK(fake.run({"safelinks", "decode", "https://x.example/"}) == 1);
  }
}
