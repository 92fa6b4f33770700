#include "mock_graph/azure/activity_filter.hpp"

#include <doctest/doctest.h>

using mock_graph::azure::read_activity_filter;

namespace {

constexpr auto noon = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} +
                      std::chrono::hours{12};

} // namespace

TEST_SUITE("activity_filter") {
  TEST_CASE("both ends, in quotes or as the Azure CLI writes them") {
    const auto quoted = read_activity_filter(
        "eventTimestamp ge '2026-03-10T12:00:00.0000000Z' and eventTimestamp le "
        "'2026-03-10T13:00:00Z'");
    REQUIRE(quoted.has_value());
    CHECK(quoted->from == noon);
    CHECK(quoted->to == noon + std::chrono::hours{1});
    const auto bare = read_activity_filter("eventTimestamp ge 2026-03-10T14:00:00+02:00");
    REQUIRE(bare.has_value());
    CHECK(bare->from == noon);
    CHECK(bare->to == seams::instant::max());
  }

  TEST_CASE("one further field, whatever the case, with quotes and blanks in its value") {
    const auto one = read_activity_filter(
        "eventTimestamp ge '2026-03-10T12:00:00Z' AND RESOURCEGROUPNAME eq 'dana''s  group'");
    REQUIRE(one.has_value());
    CHECK(one->field == "RESOURCEGROUPNAME");
    CHECK(one->value == "dana's  group");
  }

  TEST_CASE("a refusal asks for a start time only where there is none") {
    const auto asks_for_start = [](std::string_view filter) {
      const auto read = read_activity_filter(filter);
      REQUIRE(read.has_error());
      return read.error().message.find("start time is needed") != std::string::npos;
    };
    const auto since = std::string("eventTimestamp ge '2026-03-10T12:00:00Z'");
    CHECK_FALSE(asks_for_start(since + " and caller eq 'dana@contoso.com'"));
    CHECK_FALSE(asks_for_start(since + " or resourceUri eq 'a'"));
    CHECK(asks_for_start("caller eq 'dana@contoso.com'"));
    CHECK(asks_for_start(""));
    CHECK(asks_for_start("eventTimestamp le '2026-03-10T12:00:00Z'"));
  }

  TEST_CASE("there are no other filters") {
    for (const auto* text : {"",
                             "eventTimestamp",
                             "eventTimestamp gt '2026-03-10T12:00:00Z'",
                             "eventTimestamp ge 'yesterday'",
                             "eventTimestamp ge '2026-03-10T12:00:00Z",
                             "resourceGroupName eq 'a'",
                             "eventTimestamp ge '2026-03-10T12:00:00Z' and level eq 'Error'",
                             "eventTimestamp ge '2026-03-10T12:00:00Z' or resourceUri eq 'a'",
                             "eventTimestamp ge '2026-03-10T12:00:00Z' and resourceUri ne 'a'",
                             "eventTimestamp ge '2026-03-10T12:00:00Z' and resourceUri eq 'a' and "
                             "correlationId eq 'b'",
                             "eventTimestamp ge '2026-03-10T12:00:00Z' and"}) {
      CAPTURE(text);
      CHECK_FALSE(read_activity_filter(text).has_value());
    }
  }
}
