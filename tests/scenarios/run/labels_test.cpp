#include "scenarios/run/labels.hpp"
#include "tests/scenarios/run/laid_story.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace scenarios;
using tests::laid_story;
using tests::mail_id;
using tests::nobody_knows;
using tests::story;

namespace {

constexpr auto bad_link = "https://login-contoso.example/r";
constexpr auto victim = "dana@contoso.com";
constexpr auto taken_back = R"("status":"resolved","classification":"falsePositive")";

auto label_of(model::truth what) -> model::label {
  auto out = model::label();
  out.what = what;
  out.text = "label";
  return out;
}

/// Mail and click are stored at once; the alert is shown at `shown` and stored at `stored`.
auto attack(int shown, int stored) -> laid_story {
  auto out = laid_story();
  auto told = story();
  told.mail(mail_id(1), "08:00", {victim}, bad_link);
  told.click(victim, "08:30", mail_id(1), bad_link, "ClickAllowed");
  out.lay(told, 1, 2);
  told.click_alert("a1", "14:00", victim, mail_id(1), bad_link);
  out.lay(told, shown, stored);
  return out;
}

auto false_alarm() -> laid_story {
  auto out = laid_story();
  auto told = story();
  told.mail(mail_id(1), "08:00", {victim}, bad_link);
  told.click_alert("a1", "14:00", victim, mail_id(1), bad_link, taken_back);
  out.lay(told, 1, 2);
  return out;
}

auto undecided() -> laid_story {
  auto out = laid_story();
  auto told = story();
  told.mail(
      mail_id(1), "08:00", {victim}, bad_link, R"("ThreatTypes":"Phish","ConfidenceLevel":"Low")");
  told.sign_in(victim, "07:00", "198.51.100.7", "US");
  out.lay(told, 1, 2);
  return out;
}

auto judged(const laid_story& what, std::vector<model::label> labels, bool timed = true)
    -> run::labels_judged {
  const auto records = what.records();
  auto cases = run::case_history(records, what.health, std::nullopt);
  return run::judge_labels(labels, records, what.health, cases, timed ? &what.book : nullptr);
}

auto only(const laid_story& what, model::truth truth) -> report::check {
  return judged(what, {label_of(truth)}).checks.at(0);
}

auto holds(const laid_story& what, model::truth truth) -> bool {
  return only(what, truth).outcome == report::verdict::passed;
}

auto time_of(const laid_story& what) -> std::optional<seams::duration> {
  return judged(what, {label_of(model::truth::attack)}).labels.at(0).time_to_verdict;
}

auto tells(const report::check& one, std::string_view part) -> bool {
  for (const auto& line : one.details) {
    if (line.find(part) != std::string::npos) {
      return true;
    }
  }
  return false;
}

} // namespace

TEST_SUITE("labelled cases") {
  using model::truth;

  TEST_CASE("what is malicious is an attack and neither harmless nor undecidable") {
    const auto told = attack(300, 303);
    CHECK(holds(told, truth::attack));
    CHECK_FALSE(holds(told, truth::harmless));
    CHECK_FALSE(holds(told, truth::undecidable));
    CHECK(tells(only(told, truth::harmless), "something harmless is judged malicious"));
    CHECK(tells(only(told, truth::harmless), "rule click_alert: "));
    CHECK(tells(only(told, truth::harmless), "case alert:faa1"));
  }

  TEST_CASE("what is benign is harmless and an attack that is judged benign is told so") {
    const auto told = false_alarm();
    CHECK(holds(told, truth::harmless));
    CHECK_FALSE(holds(told, truth::undecidable));
    CHECK_FALSE(holds(told, truth::attack));
    CHECK(tells(only(told, truth::attack), "an attack is judged benign"));
    CHECK(tells(only(told, truth::attack), "rule false_positive: "));
  }

  TEST_CASE("without a case there is nothing but harmless and no time") {
    const auto told = laid_story();
    CHECK(holds(told, truth::harmless));
    CHECK_FALSE(holds(told, truth::attack));
    CHECK_FALSE(holds(told, truth::undecidable));
    CHECK(tells(only(told, truth::attack), "an attack is in no case"));
    const auto label = judged(told, {label_of(truth::attack)}).labels.at(0);
    CHECK(label.judgement == "no case");
    CHECK(label.priority == 0);
    CHECK_FALSE(label.time_to_verdict.has_value());
  }

  TEST_CASE("a suspicion may be an attack or undecidable but not harmless") {
    const auto told = undecided();
    const auto label = judged(told, {label_of(truth::undecidable)}).labels.at(0);
    REQUIRE(label.judgement == "suspicious");
    CHECK(holds(told, truth::undecidable));
    CHECK(holds(told, truth::attack));
    CHECK_FALSE(holds(told, truth::harmless));
  }

  TEST_CASE("the report has truth and verdict and case and priority") {
    const auto label = judged(attack(300, 303), {label_of(truth::attack)}).labels.at(0);
    CHECK(label.truth == "attack");
    CHECK(label.judgement == "malicious");
    CHECK(label.case_id == "alert:faa1");
    CHECK(label.priority >= 1);
    CHECK(label.time_to_verdict == seams::duration{3min});
  }

  TEST_CASE("of the cases that a label is about the gravest counts and of no others") {
    auto told = story();
    told.mail(mail_id(1), "08:00", {victim}, bad_link);
    told.click_alert("a1", "14:00", victim, mail_id(1), bad_link, taken_back);
    told.mail(mail_id(2), "08:00", {"omar@contoso.com"}, "https://pay.example/");
    told.click_alert("b1", "15:00", "omar@contoso.com", mail_id(2), "https://pay.example/");
    auto laid = laid_story();
    laid.lay(told, 1, 2);
    auto danas = label_of(truth::harmless);
    danas.where.push_back({"users.upn", victim});
    const auto found = judged(laid, {label_of(truth::attack), danas});
    CHECK(found.labels.at(0).judgement == "malicious");
    CHECK(found.labels.at(1).judgement == "benign");
    CHECK(found.checks.at(1).outcome == report::verdict::passed);
    auto nobodys = label_of(truth::attack);
    nobodys.where.push_back({"users.upn", "eve@contoso.com"});
    const auto none = judged(laid, {nobodys});
    CHECK(none.labels.at(0).judgement == "no case");
    CHECK(tells(none.checks.at(0), "there was, without matching: case alert:fab1"));
  }

  TEST_CASE("a verdict that takes longer than allowed fails and names what it waited for") {
    auto label = label_of(truth::attack);
    label.within = 3min;
    CHECK(judged(attack(300, 303), {label}).checks.at(0).outcome == report::verdict::passed);
    const auto late = judged(attack(300, 304), {label}).checks.at(0);
    CHECK(late.outcome == report::verdict::failed);
    CHECK(late.expected == "malicious or suspicious within 3m");
    CHECK(late.got == "malicious after 4m");
    CHECK(late.at == tests::minute(304));
    CHECK(tells(late, "2026-03-10T05:00:00Z visible: alerts faa1"));
    CHECK(tells(late, "2026-03-10T05:04:00Z stored: alerts faa1"));
  }

  TEST_CASE("records that came later and changed nothing do not count") {
    auto told = attack(300, 303);
    auto more = story();
    more.records.resize(told.stored.size());
    more.sign_in(victim, "16:00", "198.51.100.7", "US");
    told.lay(more, 400, 500);
    CHECK(time_of(told) == seams::duration{3min});
  }

  TEST_CASE("what a record lacks in order to be timed is not held against the verdict") {
    CHECK(time_of(attack(nobody_knows, 303)) == seams::duration{});
    CHECK(time_of(attack(300, 303)) == seams::duration{3min});
  }

  TEST_CASE("nothing takes less than no time") {
    CHECK(time_of(attack(310, 303)) == seams::duration{});
  }

  TEST_CASE("without a ledger the verdict is judged and no time measured") {
    auto label = label_of(truth::attack);
    label.within = 1min;
    const auto found = judged(attack(300, 303), {label}, false);
    CHECK(found.checks.at(0).outcome == report::verdict::passed);
    CHECK_FALSE(found.labels.at(0).time_to_verdict.has_value());
  }
}
