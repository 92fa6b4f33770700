#include "core/triage/case_text.hpp"
#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

TEST_SUITE("case_text") {
  TEST_CASE("the queue has a line for each case, the most urgent first") {
    auto told = tests::story();
    told.click("dana@contoso.com", "08:30", "", "http://spamlink.contoso.com/", "ClickBlocked");
    told.click("omar@contoso.com", "08:30", "", "https://x.example/", "ClickBlocked", true);
    const auto text = core::triage::queue_text(told.cases());
    CHECK(text.find("malicious") < text.find("benign"));
    CHECK(std::ranges::count(text, '\n') == 3);
  }

  TEST_CASE("a case tells why, who, what is missing, what to do, and when") {
    auto told = tests::story();
    told.click("omar@contoso.com", "08:30", "", "https://x.example/", "ClickBlocked", true);
    const auto text = core::triage::case_text(told.only_case());
    for (const auto* part : {"\nWhy\n",
                             "\nWho\n",
                             "\nMissing\n",
                             "\nRecommended\n",
                             "\nTimeline\n",
                             "clicked_through",
                             "revoke_sessions",
                             "2026-03-10T08:30:00Z"}) {
      CAPTURE(part);
      CHECK(text.find(part) != std::string::npos);
    }
  }

  TEST_CASE("control characters of a stranger's subject reach no terminal") {
    auto one = core::triage::triage_case();
    one.title = "\x1b[31mred";
    CHECK(core::triage::case_text(one).find('\x1b') == std::string::npos);
    CHECK(core::triage::queue_text({one}).find('\x1b') == std::string::npos);
  }
}

} // namespace
