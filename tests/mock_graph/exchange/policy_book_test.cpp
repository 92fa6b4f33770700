#include "tests/mock_graph/exchange/exchange_world.hpp"

using namespace std::chrono_literals;
using namespace tests;

TEST_SUITE("policy_book") {
  TEST_CASE("every object is in the ledger from the start, with the bytes that are served") {
    auto world = exchange_world();
    CHECK(world.book.entries().size() == 6);
    const auto body = world.run("Get-AtpPolicyForO365").body;
    const auto from = body.find("\"value\":[") + 9;
    const auto raw = body.substr(from, body.rfind("]}") - from);
    const auto served = std::ranges::any_of(world.book.entries(), [&](const auto& entry) {
      return entry.bytes == seams::sha256(raw) && entry.visible_at == start;
    });
    CHECK(served);
  }

  TEST_CASE("a change is a new version of the policy alone, dated by it") {
    auto world =
        exchange_world(protected_tenant(), {change_of(1h, {{"allow_click_through", false}})});
    CHECK(world.rows("Get-SafeLinksPolicy",
                     R"({"Identity":"Finance links"})",
                     59min)[0]["AllowClickThrough"] == true);
    const auto row = world.rows("Get-SafeLinksPolicy", R"({"Identity":"Finance links"})", 1h)[0];
    CHECK(row["AllowClickThrough"] == false);
    CHECK(row["WhenChangedUTC"] == "2026-03-10T01:00:00.0000000Z");
    CHECK(row["WhenCreatedUTC"] == "2026-02-08T00:00:00.0000000Z");
    REQUIRE(world.book.entries().size() == 7);
    CHECK(world.book.entries().back().version == "2026-03-10T01:00:00.0000000Z");
    CHECK(world.book.entries().back().key == row["Guid"]);
  }

  TEST_CASE("a change to what is already so leaves everything as it is") {
    auto world = exchange_world(protected_tenant(), {change_of(1h, {{"track_clicks", true}})});
    world.owner.advance(start + 2h);
    CHECK(world.book.entries().size() == 6);
  }
}
