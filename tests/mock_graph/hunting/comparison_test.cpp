#include "tests/mock_graph/hunting/sample_tables.hpp"

#include <doctest/doctest.h>

using namespace hunting_tests;

TEST_SUITE_BEGIN("hunting comparisons");

TEST_CASE("has matches whole terms without regard to case") {
  CHECK(printed("'Malicious-URL click' has 'url'") == "true");
  CHECK(printed("'Malicious URLs' has 'url'") == "false");
  CHECK(printed("'malicious URL click' has 'malicious url'") == "true");
  CHECK(printed("'xmalicious url' has 'malicious url'") == "false");
  CHECK(printed("'evil.example' has 'evil.example'") == "true");
  CHECK(printed("'under_score' has 'score'") == "true");
  CHECK(printed("'a b' !has 'c'") == "true");
  CHECK(printed("'Abc' has_cs 'abc'") == "false");
  CHECK(printed("'one two' has_any ('three', 'TWO')") == "true");
  CHECK(printed("'one two' has_all ('one', 'three')") == "false");
  CHECK(printed("'one two' has_any (dynamic(['x', 'one']))") == "true");
}

TEST_CASE("contains, startswith and endswith look at characters") {
  CHECK(printed("'Contoso' contains 'TOS'") == "true");
  CHECK(printed("'Contoso' contains_cs 'TOS'") == "false");
  CHECK(printed("'Contoso' !contains 'x'") == "true");
  CHECK(printed("'Contoso' startswith 'con'") == "true");
  CHECK(printed("'Contoso' !startswith 'con'") == "false");
  CHECK(printed("'Contoso' startswith_cs 'con'") == "false");
  CHECK(printed("'Contoso' endswith 'OSO'") == "true");
  CHECK(printed("'Contoso' !endswith 'x'") == "true");
}

TEST_CASE("equality of strings heeds case unless asked otherwise") {
  CHECK(printed("'a' == 'A'") == "false");
  CHECK(printed("'a' =~ 'A'") == "true");
  CHECK(printed("'a' !~ 'A'") == "false");
  CHECK(printed("'a' in ('A', 'b')") == "false");
  CHECK(printed("'a' in~ ('A', 'b')") == "true");
  CHECK(printed("'a' !in ('b')") == "true");
  CHECK(printed("'a' !in~ ('A')") == "false");
  CHECK(printed("1 in (1.0, 2)") == "true");
}

TEST_CASE("in takes tables and let names") {
  CHECK(rows_of("EmailEvents | where NetworkMessageId in (UrlClickEvents | project "
                "NetworkMessageId) | project NetworkMessageId") == "m1;m2");
  CHECK(rows_of("let ids = UrlClickEvents | distinct NetworkMessageId; EmailEvents | where "
                "NetworkMessageId !in (ids) | project NetworkMessageId") == "m3");
  CHECK(rows_of("EmailEvents | where NetworkMessageId in ((UrlClickEvents | project "
                "NetworkMessageId)) | count") == "2");
}

TEST_CASE("null is neither less nor equal, and differs from a value") {
  CHECK(printed("long(null) == 1") == "false");
  CHECK(printed("long(null) != 1") == "true");
  CHECK(printed("long(null) < 1") == "null");
  CHECK(printed("long(null) == long(null)") == "null");
  CHECK(printed("bool(null) and false") == "false");
  CHECK(printed("bool(null) or true") == "true");
  CHECK(printed("bool(null) and true") == "null");
  CHECK(rows_of("EmailEvents | where UrlCount < 10 | count") == "2");
  CHECK(rows_of("EmailEvents | where not(UrlCount < 10) | count") == "0");
}

TEST_CASE("a null string cell reads as empty but is passed on as null") {
  CHECK(rows_of("UrlClickEvents | where ThreatTypes == '' | count") == "3");
  CHECK(rows_of("UrlClickEvents | where isempty(ThreatTypes) and ThreatTypes != 'Phish' | count") ==
        "3");
  CHECK(rows_of("UrlClickEvents | where isnull(ThreatTypes) | count") == "0");
  CHECK(rows_of("UrlClickEvents | take 1 | project ThreatTypes") == "null");
  CHECK(rows_of("UrlClickEvents | take 1 | extend T = strcat(ThreatTypes, '-') | project T") ==
        "-");
}

TEST_CASE("between includes both ends and may be relative") {
  CHECK(printed("3 between (1 .. 3)") == "true");
  CHECK(printed("3 !between (1..2)") == "true");
  CHECK(rows_of("UrlClickEvents | where Timestamp between (datetime(2026-03-10 08:05) .. "
                "datetime(2026-03-10 08:15)) | count") == "3");
  CHECK(rows_of("UrlClickEvents | where Timestamp between (datetime(2026-03-10 08:05) .. 5m) "
                "| count") == "2");
}

TEST_CASE("dynamic values compare as what they hold") {
  CHECK(rows_of("AlertEvidence | where Details.Score > 3 | project AlertId") == "fa1");
  CHECK(rows_of("AlertEvidence | where Details.Roles[0] == 'Owner' | count") == "1");
  CHECK(rows_of("AlertEvidence | where Details == 'plain' | project EntityType") == "Url");
  CHECK(rows_of("EmailEvents | where parse_json(AuthenticationDetails).SPF == 'fail' | "
                "project NetworkMessageId") == "m2");
}

TEST_CASE("a bool meets numbers and the documentation's \"0\"") {
  CHECK(rows_of("UrlClickEvents | where IsClickedThrough != '0' | count") == "2");
  CHECK(rows_of("UrlClickEvents | where IsClickedThrough == 1 | count") == "2");
  CHECK(rows_of("UrlClickEvents | where IsClickedThrough | count") == "2");
}

TEST_SUITE_END();
