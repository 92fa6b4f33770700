#include "replay/text/dates.hpp"

#include <doctest/doctest.h>

namespace {

using replay::text::from_rfc3339;

auto reprinted(const char* text) -> std::string {
  const auto at = from_rfc3339(text);
  return at ? seams::to_rfc3339(*at) : "";
}

TEST_SUITE("dates") {
  TEST_CASE("an offset is taken off and a fraction kept to 100 ns") {
    CHECK(reprinted("2026-03-10T08:29:16Z") == "2026-03-10T08:29:16Z");
    CHECK(reprinted("2026-03-10T09:29:16.58+01:00") == "2026-03-10T08:29:16.58Z");
    CHECK(reprinted("2026-03-09T23:30:00.123456789-0130") == "2026-03-10T01:00:00.1234567Z");
  }

  TEST_CASE("what is no date is none") {
    for (const auto* text : {"",
                             "2026-02-30T00:00:00Z",
                             "2026-03-10",
                             "2026-03-10T08:29:16",
                             "2026-03-10T24:00:00Z",
                             "2026-03-10T08:29:16.Z",
                             "2026-03-10T08:29:16Zx",
                             "yesterday"}) {
      CAPTURE(text);
      CHECK_FALSE(from_rfc3339(text).has_value());
    }
  }
}

} // namespace
