#include "core/feeds/feed_table.hpp"
#include "core/ocsf/catalogue.hpp"
#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ocsf_tests;
using core::ocsf::normalize;
using nlohmann::json;

TEST_SUITE("ocsf_normalize") {
  TEST_CASE("every feed has a source") {
    for (const auto& feed : core::feeds::feed_table()) {
      CAPTURE(feed.name);
      const auto rows = core::ocsf::catalogue();
      const auto listed = std::ranges::any_of(
          rows, [&](const core::ocsf::catalogue_row& one) { return one.feed == feed.name; });
      CHECK((listed || core::ocsf::is_audit_feed(feed.name)));
    }
  }

  TEST_CASE("what is no record is named with its reason") {
    const auto why = [](const char* feed, const char* record) {
      const auto out = normalize(feed, record, here());
      CHECK(out.events.empty());
      return out.unknown;
    };
    CHECK(why("alerts", "<html>") == "no JSON: byte 0: no JSON value starts like this");
    CHECK(why("alerts", "[]") == "no record: it is no JSON object");
    CHECK(why("alerts", "{}") == "no record that feed alerts is known to hold");
    CHECK(why("alerts", R"({"id":"","createdDateTime":"2026-01-01T10:00:00Z"})") ==
          "an alert without an id");
    auto around = core::ocsf::context();
    CHECK(normalize("users", R"({"id":"1"})", around).unknown ==
          "a record without a time that can be read");
  }

  TEST_CASE("a time that cannot be read falls back to when the record came, and is noted") {
    const auto out = normalize("audit_general",
                               R"({"Id":"1","RecordType":15,"Operation":"UserLoginFailed",)"
                               R"("UserId":"a@b.example","CreationTime":"2023-10-10T17:08:65"})",
                               here());
    REQUIRE(out.events.size() == 1);
    CHECK(out.events[0]["time"] == 1767261600000);
    CHECK(out.drift == std::vector<std::string>{"CreationTime is no time"});
  }

  TEST_CASE("a row of a table without a map is kept whole and noted") {
    const auto out = normalize(
        "safe_links", R"({"Timestamp":"2026-01-01T10:00:00Z","DeviceName":"pc"})", here());
    REQUIRE(out.events.size() == 1);
    CHECK(out.events[0]["class_uid"] == 0);
    CHECK(at(out.events[0], "/unmapped/DeviceName") == "pc");
    CHECK(out.drift.size() == 1);
  }

  TEST_CASE("the same record gives the same event, whatever feed of the audit is named") {
    const auto record =
        std::string(R"({"Id":"1","RecordType":1,"Operation":"New-InboxRule",)"
                    R"("UserId":"a@b.example","CreationTime":"2026-01-01T10:00:00"})");
    const auto first = event_of("audit_exchange", record);
    CHECK(first == event_of("audit_exchange", record));
    CHECK(at(first, "/metadata/uid") == at(event_of("audit_general", record), "/metadata/uid"));
    auto elsewhere = here();
    elsewhere.tenant_id = "another";
    CHECK(at(first, "/metadata/uid") !=
          at(event_of("audit_exchange", record, elsewhere), "/metadata/uid"));
  }

  TEST_CASE("the raw record comes along only when asked for") {
    const auto record = std::string(R"({"id":"1","displayName":"Staff"})");
    CHECK_FALSE(event_of("groups", record).contains("raw_data"));
    auto around = here();
    around.with_raw = true;
    const auto event = event_of("groups", record, around);
    CHECK(event["raw_data"] == record);
    CHECK(event["raw_data_size"] == record.size());
  }

  TEST_CASE("envelopes are opened") {
    const auto streamed =
        event_of("alerts",
                 R"({"time":"2026-01-01T10:00:00Z","category":"AdvancedHunting-UrlClickEvents",)"
                 R"("tenantId":"t9","properties":{"Url":"https://a/","ActionType":"ClickAllowed",)"
                 R"("AccountUpn":"a@b.example"}})");
    CHECK(streamed["class_uid"] == 4002);
    CHECK(streamed["time"] == 1767261600000);
    const auto exported = event_of("alerts",
                                   R"({"feed":"groups","connector_type":"ms365_groups",)"
                                   R"("record":{"id":"1","displayName":"S"}})");
    CHECK(at(exported, "/entity/group/name") == "S");
    const auto searched =
        event_of("audit_general",
                 R"({"RecordType":"ExchangeAdmin","AuditData":"{\"Id\":\"1\",\"RecordType\":1,)"
                 R"(\"Operation\":\"Set-Mailbox\",\"CreationTime\":\"2026-01-01T10:00:00\"}"})");
    CHECK(at(searched, "/api/operation") == "Set-Mailbox");
  }
}
