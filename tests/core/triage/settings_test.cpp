#include "core/triage/rules.hpp"
#include "core/triage/settings.hpp"

#include <doctest/doctest.h>

namespace {

using core::triage::default_settings;
using core::triage::read_settings;

TEST_SUITE("settings") {
  TEST_CASE("the shipped rules name exactly the rules that there are") {
    const auto rules = core::triage::all_rules();
    CHECK(default_settings().rules.size() == rules.size());
    for (const auto& one : rules) {
      CAPTURE(one.name);
      const auto* row = default_settings().rule(one.name);
      REQUIRE(row != nullptr);
      CHECK(row->says.find("{}") != std::string::npos);
      CHECK((row->weight != 0 || row->urgency != 0));
    }
  }

  TEST_CASE("the shipped text can be read as a file of one's own") {
    const auto outcome = read_settings(core::triage::default_rules_text(), "mine.toml");
    CHECK(outcome.wrong.empty());
  }

  TEST_CASE("a file changes only what it states") {
    const auto outcome = read_settings("[windows]\nafter_rule = \"5h\"\n"
                                       "[rule.click_alert]\nweight = 7\n"
                                       "[rule.removed]\non = false\n"
                                       "[known]\ntesters = [\"QA@contoso.com\"]\n",
                                       "mine.toml");
    CHECK(outcome.wrong.empty());
    CHECK(outcome.read.after_rule == std::chrono::hours(5));
    CHECK(outcome.read.after_sign_in == default_settings().after_sign_in);
    CHECK(outcome.read.rule("click_alert")->weight == 7);
    CHECK(outcome.read.rule("click_alert")->says == default_settings().rule("click_alert")->says);
    CHECK_FALSE(outcome.read.rule("removed")->on);
    CHECK(outcome.read.testers == std::vector<std::string>{"qa@contoso.com"});
  }

  TEST_CASE("mistakes are named with line, column and what was meant") {
    const auto wrong_text = [](const std::string& text) {
      const auto outcome = read_settings(text, "mine.toml");
      REQUIRE(outcome.wrong.size() == 1);
      return core::toml_reading::to_text(outcome.wrong.front());
    };
    const auto rule = wrong_text("[rule.clik_alert]\nweight = 7\n");
    CHECK(rule.starts_with("mine.toml:1:"));
    CHECK(rule.find("click_alert") != std::string::npos);
    CHECK(wrong_text("[windows]\nafter_rul = \"5h\"\n").find("after_rule") != std::string::npos);
    CHECK(wrong_text("[rule.click_alert]\nweight = 700\n").starts_with("mine.toml:2:"));
    CHECK(wrong_text("[windows]\nafter_rule = 5\n").starts_with("mine.toml:2:"));
    CHECK(wrong_text("[thresholds]\nsuspicious = 61\n").find("malicious is below suspicious, 61") !=
          std::string::npos);
    CHECK(wrong_text("[thresholds]\np3 = 41\n").starts_with("mine.toml:1:"));
    CHECK_FALSE(read_settings("[rule", "mine.toml").wrong.empty());
  }
}

} // namespace
