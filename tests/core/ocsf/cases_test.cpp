#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

using namespace ocsf_tests;
using nlohmann::json;

namespace {

auto a_case() -> json {
  return json::parse(R"({"id":"alert:fa1","aliases":["click:c1"],"title":"New holiday plan",
    "verdict":"malicious","confidence":99,"priority":"P1","first":"2026-01-01T09:00:00Z",
    "last":"2026-01-01T10:00:00Z","users":[{"upn":"dana@contoso.example",
    "exposure":"clicked_through","device":"managed"}],"messages":["mail:1"],
    "urls":["https://plan.example/"],"alerts":["alert:fa1"],"incidents":["incident:4711"],
    "rules":[{"rule":"clicked_through","weight":30,"says":"dana went on"}],"missing":[],"notes":[],
    "actions":[{"name":"block_url","why":"nobody else should open it"}],"timeline":[]})");
}

} // namespace

TEST_SUITE("ocsf_cases") {
  TEST_CASE("a case is a finding of ours over those of Microsoft") {
    const auto event = event_of("cases", a_case().dump());
    CHECK(event["type_uid"] == 200401);
    CHECK(event["verdict"] == "True Positive");
    CHECK(event["priority"] == "Critical");
    CHECK(event["severity"] == "High");
    CHECK(event["confidence_score"] == 99);
    CHECK(event["confidence"] == "High");
    CHECK(event["status"] == "New");
    CHECK(at(event, "/finding_info/uid") == "alert:fa1");
    CHECK(at(event, "/finding_info/analytic/type") == "Rule");
    CHECK(at(event, "/finding_info/related_events/1/uid") == "4711");
    CHECK(at(event, "/metadata/product/vendor_name") == "offtenant");
    CHECK(at(event, "/resources/0/name") == "dana@contoso.example");
    CHECK(at(event, "/resources/0/data/exposure") == "clicked_through");
    CHECK(at(event, "/evidences/0/url/url_string") == "https://plan.example/");
    CHECK(at(event, "/remediation/desc") == "block_url: nobody else should open it");
    CHECK(at(event, "/unmapped/rules/0/rule") == "clicked_through");
    CHECK(at(event, "/unmapped/users").is_null());
  }

  TEST_CASE("a benign case is closed") {
    auto record = a_case();
    record["verdict"] = "benign";
    record["priority"] = "P4";
    record["confidence"] = 39;
    const auto event = event_of("cases", record.dump());
    CHECK(event["activity_name"] == "Close");
    CHECK(event["status"] == "Resolved");
    CHECK(event["verdict"] == "Benign");
    CHECK(event["confidence"] == "Low");
    CHECK(event["severity"] == "Informational");
  }

  TEST_CASE("a case of nothing but its id and verdict is an event all the same") {
    const auto event = event_of("cases",
                                R"({"id":"sign:x","verdict":"inconclusive","rules":[],)"
                                R"("last":"2026-01-01T10:00:00Z"})");
    CHECK(event["verdict"] == "Insufficient Data");
    CHECK(event["severity_id"] == 1);
  }
}
