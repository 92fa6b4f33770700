#include "tests/mock_graph/mail_flow/traces.hpp"

using namespace std::chrono_literals;
using namespace tests;

TEST_SUITE("trace_log") {
  TEST_CASE("every recipient has a row, outsiders too") {
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana", "Buyer@Partner.example"})});
    world.owner.advance(start + 1h);
    REQUIRE(world.book.entries().size() == 2);
    CHECK(world.book.entries()[0].feed == "message_trace");
    CHECK(world.book.entries()[0].version == "delivered");
    CHECK(world.book.entries()[1].key.ends_with("|buyer@partner.example"));
    CHECK(world.book.entries()[1].visible_at == start + 6min);
  }

  TEST_CASE("a pending mail becomes what it is later, and the earlier version goes") {
    auto waiting = mail(1min, "m", {"dana"});
    std::get<tenant::mail>(waiting.what).pending_for = 40min;
    std::get<tenant::mail>(waiting.what).location = "Quarantine";
    auto world = mailing(mailing_tenant(), {waiting});
    world.owner.advance(start + 1h);
    REQUIRE(world.book.entries().size() == 2);
    CHECK(world.book.entries()[0].version == "pending");
    CHECK(world.book.entries()[0].gone_at == start + 46min);
    CHECK(world.book.entries()[1].version == "quarantined");
  }

  TEST_CASE("a change of status concerns the recipient that it names") {
    auto change =
        tenant::event{start + 2h, "file.toml:2", tenant::trace_change{"m", "omar", "failed"}};
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana", "omar"}), change});
    world.owner.advance(start + 3h);
    REQUIRE(world.book.entries().size() == 3);
    CHECK(world.book.entries()[2].version == "failed");
    CHECK(world.book.entries()[2].key.ends_with("|omar@contoso.com"));
  }

  TEST_CASE("a row that was exported is listed by the moment it appears") {
    auto world = mailing(mailing_tenant(), {});
    const auto raw = std::string(R"({"id":"i","recipientAddress":"Dana@contoso.com",)"
                                 R"("receivedDateTime":"2020-01-01T00:00:00Z","status":"failed"})");
    world.traces.keep(start + 1h, {"message_trace", raw, "a.ndjson:1", ""});
    REQUIRE(world.book.entries().size() == 1);
    CHECK(world.book.entries()[0].key == "i|dana@contoso.com");
    CHECK(world.book.entries()[0].version == "failed");
    CHECK(world.book.entries()[0].visible_at == start + 1h);
    CHECK(world.traces.rows().find("i|dana@contoso.com", start + 1h)->raw == raw);
    CHECK(world.traces.rows().find("i|dana@contoso.com", start + 59min) == nullptr);
  }

  TEST_CASE("a row that was exported is printed by the cmdlet too, whatever it lacks") {
    auto world = mailing(mailing_tenant(), {});
    world.owner.advance(start + 1h);
    const auto raw = R"({"id":"T","size":"big","toIP":null,"status":"delivered"})";
    world.traces.keep(start + 1h, {"message_trace", raw, "a.ndjson:1", ""});
    const auto* row =
        world.traces.rows().find(mock_graph::mail_flow::trace_key("T", ""), start + 2h);
    REQUIRE(row != nullptr);
    const auto printed = mock_graph::mail_flow::cmdlet_row(*row);
    CHECK(printed["Received"] == "2026-03-10T01:00:00.0000000Z");
    CHECK(printed["Size"] == 0);
    CHECK(printed["ToIP"] == "");
    CHECK(printed["Status"] == "Delivered");
  }
}
