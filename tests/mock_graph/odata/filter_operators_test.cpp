#include "mock_graph/odata/filter.hpp"

#include <doctest/doctest.h>

#include "alert_schema.hpp"

using namespace mock_graph::odata;

namespace {

auto advanced_in(std::string_view text) -> std::string {
  CAPTURE(text);
  const auto read = filter::parse(text, tests::alert_schema());
  REQUIRE(read.has_value());
  return std::string(read->advanced_operator());
}

} // namespace

TEST_SUITE("odata_filter_operators") {
  TEST_CASE("plain filters have no operator of advanced queries") {
    for (const auto* text : {"severity eq 'high'",
                             "createdDateTime ge 2026-03-01T10:00:00Z",
                             "severity in ('high','low') or priorityScore lt 9",
                             "startswith(title,'A') and tags/any(t:t eq 'a')"}) {
      CHECK(advanced_in(text).empty());
    }
  }

  TEST_CASE("operators of advanced queries are found at any depth, the first of them") {
    CHECK(advanced_in("severity ne 'high'") == "ne");
    CHECK(advanced_in("not (severity eq 'high')") == "not");
    CHECK(advanced_in("endswith(title,'d')") == "endsWith");
    CHECK(advanced_in("endswith(title,'d') eq true") == "endsWith");
    CHECK(advanced_in("severity eq 'low' or (id eq 'a' and title ne 'b')") == "ne");
    CHECK(advanced_in("tags/any(t:t ne 'a')") == "ne");
    CHECK(advanced_in("id ne 'a' and not (id eq 'b')") == "ne");
  }
}
