#include "tests/mock_graph/hunting/sample_tables.hpp"

#include <doctest/doctest.h>

using namespace hunting_tests;

namespace {

// Keys on the left: a, a, b, (empty); on the right: b, c, c.
auto joined(const std::string& kind) -> std::string {
  return rows_of("datatable(k:string, l:long)['a',1, 'a',2, 'b',3, '',4] | join " + kind +
                 " (datatable(k:string, r:long)['b',10, 'c',20, 'c',30]) on k");
}

} // namespace

TEST_SUITE_BEGIN("hunting join");

TEST_CASE("each kind of join keeps the rows that Kusto keeps") {
  CHECK(joined("kind=inner") == "b,3,b,10");
  CHECK(joined("kind=leftouter") == "a,1,,null;a,2,,null;b,3,b,10;,4,,null");
  CHECK(joined("kind=rightouter") == "b,3,b,10;,null,c,20;,null,c,30");
  CHECK(joined("kind=fullouter") == "a,1,,null;a,2,,null;b,3,b,10;,4,,null;,null,c,20;,null,c,30");
  CHECK(joined("kind=leftanti") == "a,1;a,2;,4");
  CHECK(joined("kind=anti") == "a,1;a,2;,4");
  CHECK(joined("kind=rightanti") == "c,20;c,30");
  CHECK(joined("kind=leftsemi") == "b,3");
  CHECK(joined("kind=rightsemi") == "b,10");
}

TEST_CASE("the default kind takes one left row for each key") {
  const auto query = std::string("datatable(k:string, l:long)['a',1, 'a',2] | join ") + "%" +
                     " (datatable(k:string, r:long)['a',10, 'a',20]) on k | project l, r";
  const auto with = [&](std::string kind) {
    auto text = query;
    return rows_of(text.replace(text.find('%'), 1, kind));
  };
  CHECK(with("") == "1,10;1,20");
  CHECK(with("kind=innerunique") == "1,10;1,20");
  CHECK(with("kind=inner") == "1,10;1,20;2,10;2,20");
}

TEST_CASE("right columns of the same name get a suffix") {
  CHECK(columns_of("AlertInfo | project Timestamp, AlertId, AlertId1 = 1 | join kind=inner "
                   "(AlertEvidence | project Timestamp, AlertId) on AlertId") ==
        "Timestamp:datetime,AlertId:string,AlertId1:long,Timestamp1:datetime,AlertId2:string");
  CHECK(columns_of("Empty | join kind=leftsemi AlertEvidence on NetworkMessageId | "
                   "project Subject") == "Subject:string");
}

TEST_CASE("keys may differ in name and be several") {
  CHECK(rows_of("UrlClickEvents | join kind=inner hint.strategy=broadcast EmailEvents on "
                "$left.NetworkMessageId == $right.NetworkMessageId, "
                "$left.AccountUpn == $right.RecipientEmailAddress | project ReportId, Subject") ==
        "r1,Invoice 4711;r3,Reset your password");
  CHECK(rows_of("UrlClickEvents | join kind=inner (EmailEvents) on $right.RecipientEmailAddress "
                "== $left.AccountUpn and $left.NetworkMessageId == $right.NetworkMessageId "
                "| count") == "2");
}

TEST_CASE("a join that cannot be made is refused") {
  CHECK(error_of("AlertInfo | join kind=sideways (AlertEvidence) on AlertId").message ==
        "Not supported: join kind 'sideways' (line 1, column 13, offset 12).");
  CHECK(error_of("AlertInfo | join (AlertEvidence) on Nothing").message ==
        "'join' operator: Failed to resolve scalar expression named 'Nothing'. Fix semantic "
        "errors in your query.");
  CHECK(error_of("AlertInfo | join (AlertEvidence) on $left.AlertId == $right.FileSize").what ==
        hunting::query_error::kind::semantic);
  CHECK(error_of("AlertInfo | join (AlertEvidence) on $left.AlertId == $right.Details").what ==
        hunting::query_error::kind::semantic);
  CHECK(error_of("AlertInfo | join (Missing) on AlertId").message ==
        "'join' operator: Failed to resolve table or column expression named 'Missing'. Fix "
        "semantic errors in your query.");
}

TEST_SUITE_END();
