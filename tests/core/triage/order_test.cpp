#include "core/triage/case_json.hpp"
#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace {

using namespace tests;

auto bytes_of(const story& told) -> std::string {
  auto out = std::string();
  for (const auto& one : told.cases()) {
    out += core::triage::case_line(one);
  }
  return out;
}

/// Two campaigns, versions of alerts, both click feeds, signs and holes in what is readable.
auto crowded() -> story {
  const auto dana = std::string("dana@contoso.com");
  const auto omar = std::string("omar@contoso.com");
  const auto url = std::string("https://login-contoso.example/r?x=1");
  auto out = story();
  out.mail(mail_id(1), "08:00", {dana, omar}, url);
  out.mail(mail_id(2), "08:01", {omar}, "https://pay.example/i");
  out.teams("1773130200000", "08:05", omar, url);
  out.click(dana, "08:30", mail_id(1), url, "ClickAllowed");
  out.click(omar, "08:31", mail_id(2), "https://pay.example/i", "ClickBlocked", true);
  out.click_in_teams(omar, "08:40", "1773130200000", url, "ClickAllowed");
  out.click_alert("a1", "09:00", dana, mail_id(1), url);
  out.click_alert("a1", "10:00", dana, mail_id(1), url, R"("status":"resolved")");
  out.click_alert("a2", "09:10", omar, mail_id(2), "https://pay.example/i");
  out.sign_in(dana, "07:00", "198.51.100.7", "US");
  out.sign_in(dana, "10:00", "203.0.113.66", "NL");
  out.rule(dana, "10:20", "drop@evil.example");
  out.health.push_back({"sign_ins", "ok", "", "", {}});
  out.health.push_back({"devices", "insufficient_permissions", "Forbidden", "", {}});
  return out;
}

TEST_SUITE("order") {
  TEST_CASE("the same records in any order give the same bytes") {
    auto told = crowded();
    const auto expected = bytes_of(told);
    CHECK(expected.size() > 1000);
    auto chance = std::mt19937(7); // NOLINT: the same shuffles each time
    for (auto i = 0; i < 50; ++i) {
      std::ranges::shuffle(told.records, chance);
      std::ranges::shuffle(told.health, chance);
      REQUIRE(bytes_of(told) == expected);
    }
  }

  TEST_CASE("a record that comes twice changes nothing") {
    auto told = crowded();
    const auto expected = bytes_of(told);
    const auto once = told.records;
    told.records.insert(told.records.end(), once.begin(), once.end());
    CHECK(bytes_of(told) == expected);
  }
}

} // namespace
