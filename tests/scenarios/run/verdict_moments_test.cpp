#include "scenarios/run/verdict_moments.hpp"
#include "tests/scenarios/run/laid_story.hpp"

#include <doctest/doctest.h>

using namespace scenarios::run;
using core::triage::outcome;
using tests::laid_story;
using tests::mail_id;
using tests::minute;
using tests::story;

namespace {

constexpr auto address = "https://login-contoso.example/r";
constexpr auto reader = "dana@contoso.com";

/// A verdict at 10, taken back at 20, confirmed at 30, and noise before and after.
auto back_and_forth(int noise) -> laid_story {
  auto out = laid_story();
  auto told = story();
  const auto make_noise = [&](int from) {
    for (auto i = 0; i < noise; ++i) {
      told.add("sign_ins", std::to_string(from) + "#" + std::to_string(i), "{}");
      out.lay(told, from + i, from + i);
    }
  };
  make_noise(-1000);
  told.mail(mail_id(1), "08:00", {reader}, address);
  out.lay(told, 5, 5);
  told.click_alert("a1", "10:00", reader, mail_id(1), address);
  out.lay(told, 10, 10);
  told.click_alert(
      "a1", "11:00", reader, mail_id(1), address, R"("classification":"falsePositive")");
  out.lay(told, 20, 20);
  told.click_alert(
      "a1", "12:00", reader, mail_id(1), address, R"("classification":"truePositive")");
  out.lay(told, 30, 30);
  make_noise(1000);
  return out;
}

auto moment(const laid_story& told, const final_verdict& wanted) -> verdict_moment {
  const auto when = [](const core::stored_record& one) { return one.received_at; };
  return moments_of(std::vector{wanted}, told.records(), told.health, when).at(0);
}

/// As it stood after the first `minutes`.
auto until(laid_story told, int minutes) -> laid_story {
  std::erase_if(told.stored, [&](const auto& one) { return one.received_at > minute(minutes); });
  return told;
}

} // namespace

TEST_SUITE("moments of verdicts") {
  TEST_CASE("a verdict that came and went and came again counts from its last coming") {
    const auto told = back_and_forth(3);
    const auto found = moment(told, {{"alert:faa1"}, outcome::malicious});
    CHECK(found.at == minute(30));
    REQUIRE(found.by.size() == 1);
    CHECK(found.by.front().version == tests::at("12:00"));
    CHECK(moment(until(told, 29), {{"alert:faa1"}, outcome::benign}).at == minute(20));
    CHECK(moment(until(told, 19), {{"alert:faa1"}, outcome::malicious}).at == minute(10));
  }

  TEST_CASE("several verdicts are found in one go") {
    auto told = back_and_forth(0);
    auto more = story();
    more.records.resize(told.stored.size());
    more.click_alert("b1", "13:00", "omar@contoso.com", mail_id(2), "https://pay.example/");
    told.lay(more, 40, 40);
    const auto verdicts = std::vector<final_verdict>{{{"alert:fab1"}, outcome::malicious},
                                                     {{"alert:faa1"}, outcome::malicious}};
    const auto found =
        moments_of(verdicts, told.records(), told.health, [](const core::stored_record& one) {
          return one.received_at;
        });
    CHECK(found.at(0).at == minute(40));
    CHECK(found.at(1).at == minute(30));
  }

  TEST_CASE("a store too large to be replayed is searched by halves") {
    const auto told = until(back_and_forth(200), 19);
    auto more = told;
    for (auto i = 0; i < 200; ++i) {
      auto one = core::stored_record();
      one.what.feed = "sign_ins";
      one.what.key = "late" + std::to_string(i);
      one.received_at = minute(100 + i);
      more.stored.push_back(one);
    }
    const auto wanted = final_verdict{{"alert:faa1"}, outcome::malicious};
    CHECK(moment(told, wanted).at == minute(10));
    const auto found = moment(more, wanted);
    CHECK(found.at == minute(10));
    REQUIRE(found.by.size() == 1);
    CHECK(found.by.front().key == "faa1");
  }

  TEST_CASE("nothing stored and nothing asked give nothing") {
    const auto when = [](const core::stored_record& one) { return one.received_at; };
    CHECK(moments_of({}, back_and_forth(0).records(), {}, when).empty());
    CHECK(moment({}, {{"alert:faa1"}, outcome::malicious}).by.empty());
  }
}
