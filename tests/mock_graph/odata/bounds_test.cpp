#include "mock_graph/odata/filter.hpp"

#include <doctest/doctest.h>

#include "alert_schema.hpp"

using namespace mock_graph::odata;
using namespace std::chrono_literals;

namespace {

constexpr auto day = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
constexpr auto tick = seams::duration{1};

auto bounds(std::string_view text) -> time_range {
  return filter::parse(text, tests::alert_schema()).value().time_bounds("createdDateTime");
}

} // namespace

TEST_SUITE("odata_bounds") {
  TEST_CASE("a comparison bounds one side, an equality both") {
    CHECK(bounds("createdDateTime ge 2026-03-01T00:00:00Z") == time_range{day, {}});
    CHECK(bounds("createdDateTime gt 2026-03-01T00:00:00Z") == time_range{day + tick, {}});
    CHECK(bounds("createdDateTime le 2026-03-01T00:00:00Z") == time_range{{}, day});
    CHECK(bounds("createdDateTime lt 2026-03-01T00:00:00Z") == time_range{{}, day - tick});
    CHECK(bounds("createdDateTime eq 2026-03-01T00:00:00Z") == time_range{day, day});
    CHECK(bounds("createdDateTime ne 2026-03-01T00:00:00Z") == time_range{});
  }

  TEST_CASE("the literal may stand on the left") {
    CHECK(bounds("2026-03-01T00:00:00Z lt createdDateTime") == time_range{day + tick, {}});
    CHECK(bounds("2026-03-01T00:00:00Z ge createdDateTime") == time_range{{}, day});
  }

  TEST_CASE("and narrows, or widens") {
    CHECK(bounds("createdDateTime ge 2026-03-01T00:00:00Z and createdDateTime lt "
                 "2026-03-02T00:00:00Z and title eq 'x'") == time_range{day, day + 24h - tick});
    CHECK(bounds("createdDateTime ge 2026-03-01T00:00:00Z and createdDateTime ge "
                 "2026-03-02T00:00:00Z") == time_range{day + 24h, {}});
    CHECK(bounds("createdDateTime eq 2026-03-01T00:00:00Z or createdDateTime eq "
                 "2026-03-02T00:00:00Z") == time_range{day, day + 24h});
    CHECK(bounds("createdDateTime ge 2026-03-01T00:00:00Z or title eq 'x'") == time_range{});
    CHECK(bounds("createdDateTime in (2026-03-02T00:00:00Z,2026-03-01T00:00:00Z)") ==
          time_range{day, day + 24h});
  }

  TEST_CASE("what is not understood demands nothing") {
    CHECK(bounds("not (createdDateTime ge 2026-03-01T00:00:00Z)") == time_range{});
    CHECK(bounds("lastUpdateDateTime ge 2026-03-01T00:00:00Z") == time_range{});
    CHECK(bounds("evidence/any(e:e/createdDateTime ge 2026-03-01T00:00:00Z)") == time_range{});
    CHECK(bounds("createdDateTime in (null,2026-03-01T00:00:00Z)") == time_range{});
    CHECK(bounds("createdDateTime gt lastUpdateDateTime") == time_range{});
  }
}
