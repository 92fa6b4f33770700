#include "replay/import/dates.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

auto iso(std::string_view text) -> std::string {
  const auto at = replay::parse_date(text);
  return at ? seams::to_rfc3339(*at) : "none";
}

} // namespace

TEST_SUITE("dates") {
  TEST_CASE("the service's own forms") {
    CHECK(iso("2026-03-10T08:29:16.4466667Z") == "2026-03-10T08:29:16.4466667Z");
    CHECK(iso("2026-03-10T08:29:16.446666789Z") == "2026-03-10T08:29:16.4466667Z");
    CHECK(iso("2026-03-10 08:29:16") == "2026-03-10T08:29:16Z");
    CHECK(iso("2026-03-10T09:29:16+01:00") == "2026-03-10T08:29:16Z");
    CHECK(iso("2026-03-10T07:29:16.5-01:00") == "2026-03-10T08:29:16.5Z");
    CHECK(iso("/Date(1773131356580)/") == "2026-03-10T08:29:16.58Z");
  }

  TEST_CASE("as portals, PowerShell and spreadsheets print them") {
    CHECK(iso("3/10/2026 8:29:16 AM") == "2026-03-10T08:29:16Z");
    CHECK(iso("3/10/2026 12:05:00 AM") == "2026-03-10T00:05:00Z");
    CHECK(iso("3/10/2026 12:05:00 PM") == "2026-03-10T12:05:00Z");
    CHECK(iso("Mar 10, 2026 8:29:16 PM") == "2026-03-10T20:29:16Z");
    CHECK(iso("10.03.2026 08:29:16") == "2026-03-10T08:29:16Z");
    CHECK(iso("10/03/2026 08:29") == "2026-03-10T08:29:00Z");
    CHECK(iso("03/28/2026 08:29") == "2026-03-28T08:29:00Z");
  }

  TEST_CASE("anything else is none") {
    for (const auto* text : {"",
                             "yesterday",
                             "2026-02-30T00:00:00Z",
                             "1999-01-01T00:00:00Z",
                             "2026-03-10T25:00:00Z",
                             "12345678",
                             "3/10/2026 13:29:16 PM",
                             "/Date(x)/"}) {
      CAPTURE(text);
      CHECK(iso(text) == "none");
    }
  }
}
