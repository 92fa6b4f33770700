#include "core/triage/case_json.hpp"
#include "tests/core/triage/story.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace {

TEST_SUITE("case_json") {
  TEST_CASE("a case as JSON has the words that scenarios ask for") {
    auto told = tests::story();
    told.mail(tests::mail_id(1), "08:00", {"dana@contoso.com"}, "https://x.example/");
    told.click(
        "dana@contoso.com", "08:30", tests::mail_id(1), "https://x.example/", "ClickBlocked", true);
    const auto made = core::triage::to_json(told.only_case());
    CHECK(made.at("verdict") == "malicious");
    CHECK(made.at("priority").get<std::string>().starts_with("P"));
    CHECK(made.at("users").at(0).at("upn") == "dana@contoso.com");
    CHECK(made.at("users").at(0).at("exposure") == "clicked_through");
    CHECK(made.at("users").at(0).at("device") == "unknown");
    CHECK(made.at("rules").at(0).at("records").at(0).contains("key"));
  }

  TEST_CASE("bytes that are no UTF-8 do not stop a case from being printed") {
    auto one = core::triage::triage_case();
    one.title = "\xff";
    CHECK(core::triage::case_line(one).ends_with("}\n"));
  }
}

} // namespace
