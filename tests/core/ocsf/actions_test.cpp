#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

using namespace ocsf_tests;
using nlohmann::json;

namespace {

auto an_outcome() -> json {
  return json::parse(R"({"act":"5c0f3d1e-0000-4000-8000-000000000001","action":"disable_user",
    "case":"alert:fa1","phase":"outcome","at":"2026-01-01T10:00:00Z",
    "step":"disable dana@contoso.example","target":"dana@contoso.example",
    "does":"disables the account","result":"done","code":"204","text":"disables the account"})");
}

} // namespace

TEST_SUITE("ocsf_actions") {
  TEST_CASE("what became of an act is a remediation activity with its id and its case") {
    const auto event = event_of("actions", an_outcome().dump());
    CHECK(event["type_uid"] == 700102);
    CHECK(event["activity_name"] == "Evict");
    CHECK(event["command_uid"] == "5c0f3d1e-0000-4000-8000-000000000001");
    CHECK(event["status"] == "Success");
    CHECK(at(event, "/metadata/correlation_uid") == "alert:fa1");
    CHECK(at(event, "/remediation/desc") == "disables the account");
    CHECK(at(event, "/unmapped/target") == "dana@contoso.example");
  }

  TEST_CASE("an intent has no result yet, and is an event of its own") {
    auto intent = an_outcome();
    intent["phase"] = "intent";
    intent["request"] = {{"method", "PATCH"},
                         {"url", "https://graph.microsoft.com/v1.0/users/dana"}};
    for (const auto* name : {"result", "code", "text"}) {
      intent.erase(name);
    }
    const auto event = event_of("actions", intent.dump());
    CHECK(event["status_id"] == 99);
    CHECK(event["status"] == "Sent");
    CHECK(at(event, "/metadata/uid") !=
          at(event_of("actions", an_outcome().dump()), "/metadata/uid"));
  }

  TEST_CASE("isolation, release and blocks are what OCSF calls them") {
    for (const auto& [action, activity] : {std::pair("isolate_device", "Isolate"),
                                           std::pair("release_device", "Restore"),
                                           std::pair("block_url", "Harden")}) {
      auto record = an_outcome();
      record["action"] = action;
      CHECK(event_of("actions", record.dump())["activity_name"] == activity);
    }
  }
}
