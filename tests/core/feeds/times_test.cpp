#include "core/feeds/times.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace core::feeds;

namespace {

const auto noon = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 9 / 14}} + 12h;

} // namespace

TEST_SUITE("times") {
  TEST_CASE("with and without zone it is the same instant") {
    CHECK(parse_time("2026-09-14T12:00:00Z") == noon);
    CHECK(parse_time("2026-09-14T12:00:00") == noon);
    CHECK(parse_time("2026-09-14 12:00:00Z") == noon);
  }

  TEST_CASE("fractions have up to seven digits that count") {
    CHECK(parse_time("2026-09-14T12:00:00.5Z") == noon + 500ms);
    CHECK(parse_time("2026-09-14T12:00:00.0000001Z") == noon + seams::duration{1});
    CHECK(parse_time("2026-09-14T12:00:00.000000199Z") == noon + seams::duration{1});
  }

  TEST_CASE("leap days exist in leap years only") {
    CHECK(parse_time("2028-02-29T00:00:00Z").has_value());
    CHECK_FALSE(parse_time("2026-02-29T00:00:00Z"));
  }

  TEST_CASE("anything else is no time") {
    for (const auto* text : {"",
                             "Z",
                             "2026-09-14",
                             "2026-09-14T12:00",
                             "2026-09-14T12:00:00+00:00",
                             "2026-09-14T24:00:00Z",
                             "2026-13-14T12:00:00Z",
                             "2026-09-14T12:00:00.Z",
                             "2026-09-14T12:00:00.12x4Z",
                             "2026-09-14T12:00:00.0123456789Z",
                             "-026-09-14T12:00:00Z",
                             "2026-09-14T-1:00:00Z",
                             "{}"}) {
      CAPTURE(text);
      CHECK_FALSE(parse_time(text));
    }
  }

  TEST_CASE("windows are written in whole seconds without a zone") {
    CHECK(to_window_time(noon + 999ms) == "2026-09-14T12:00:00");
  }
}
