#include "mock_graph/odata/literal/time.hpp"

#include <doctest/doctest.h>

using namespace mock_graph::odata;
using namespace std::chrono_literals;

namespace {

constexpr auto march = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

auto why(std::string_view text) -> std::string {
  return parse_date_time(text).error().message;
}

} // namespace

TEST_SUITE("odata_time") {
  TEST_CASE("the forms clients send name the same instant") {
    for (const auto* text : {"2026-03-01T10:00:00Z",
                             "2026-03-01t10:00:00z",
                             "2026-03-01T10:00Z",
                             "2026-03-01T10:00:00.0Z",
                             "2026-03-01T10:00:00.0000000Z",
                             "2026-03-01T10:00:00+00:00",
                             "2026-03-01T10:00:00-00:00",
                             "2026-03-01T05:00:00-05:00",
                             "2026-03-01T15:30+05:30",
                             "2026-03-02T00:00:00+14:00"}) {
      CAPTURE(text);
      CHECK(parse_date_time(text).value() == march + 10h);
    }
  }

  TEST_CASE("fractions count to 100 nanoseconds") {
    CHECK(parse_date_time("2026-03-01T00:00:00.5Z").value() == march + 500ms);
    CHECK(parse_date_time("2026-03-01T00:00:00.0000001Z").value() == march + seams::duration{1});
    CHECK(parse_date_time("2026-03-01T00:00:00.1234567Z").value() ==
          march + seams::duration{1'234'567});
  }

  TEST_CASE("the calendar's edges hold") {
    CHECK(parse_date_time("2024-02-29T00:00:00Z").has_value());
    CHECK_FALSE(parse_date_time("2026-02-29T00:00:00Z").has_value());
    CHECK(parse_date_time("0001-01-01T00:00:00Z").has_value());
    CHECK(parse_date_time("9999-12-31T23:59:59.9999999Z").has_value());
    CHECK_FALSE(parse_date_time("0000-01-01T00:00:00Z").has_value());
  }

  TEST_CASE("a literal without time zone is refused in .NET's words") {
    CHECK(why("2026-03-01T00:00:00") ==
          "The time zone information is missing on the DateTimeOffset value '2026-03-01T00:00:00'. "
          "A DateTimeOffset value must contain the time zone information.");
  }

  TEST_CASE("a refusal says what is wrong") {
    CHECK(why("2026-03-01").find("a date alone is no point in time") != std::string::npos);
    CHECK(why("'2026-03-01T00:00:00Z'").find("Unrecognized 'Edm.DateTimeOffset' literal") == 0);
    CHECK(why("2026-03-01 00:00:00Z").find("'T' must separate") != std::string::npos);
    CHECK(why("2026-03-01T24:00:00Z").find("hh:mm") != std::string::npos);
    CHECK(why("2026-03-01T00:00:00ZZ").find("must end in") != std::string::npos);
  }

  TEST_CASE("anything else is refused") {
    for (const auto* text : {"",
                             "2026",
                             "2026-13-01T00:00:00Z",
                             "2026-3-1T00:00:00Z",
                             "20260301T000000Z",
                             "2026-03-01T00:00:60Z",
                             "2026-03-01T00:60:00Z",
                             "2026-03-01T00Z",
                             "2026-03-01T00:00:00.Z",
                             "2026-03-01T00:00:00.12345678Z",
                             "2026-03-01T00:00.5Z",
                             "2026-03-01T00:00:00+0200",
                             "2026-03-01T00:00:00+14:01",
                             "2026-03-01T00:00:00 Z",
                             "-026-03-01T00:00:00Z",
                             "now"}) {
      CAPTURE(text);
      CHECK_FALSE(parse_date_time(text).has_value());
    }
  }
}
