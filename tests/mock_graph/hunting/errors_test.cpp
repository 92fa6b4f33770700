#include "tests/mock_graph/hunting/sample_tables.hpp"

#include <doctest/doctest.h>

using namespace hunting_tests;
using kind = hunting::query_error::kind;

namespace {

auto repeated(std::string_view part, std::size_t count) -> std::string {
  auto made = std::string();
  for (auto at = std::size_t{0}; at < count; ++at) {
    made += part;
  }
  return made;
}

} // namespace

TEST_SUITE_BEGIN("hunting errors");

TEST_CASE("an unknown table is told as the service tells it, with the operator that read it") {
  CHECK(error_of("Nope | where 1 == 1").message ==
        "'where' operator: Failed to resolve table or column expression named 'Nope'. Fix semantic "
        "errors in your query.");
  CHECK(error_of("Nope | getschema").message.starts_with("'getschema' operator: "));
  CHECK(error_of("union AlertInfo, Nope").message.starts_with("'union' operator: "));
  CHECK(error_of("Nope").message ==
        "Failed to resolve table or column expression named 'Nope'. Fix semantic errors in your "
        "query.");
  CHECK(error_of("emailevents | count").what == kind::semantic);
  CHECK(error_of("let x = Nope; AlertInfo").what == kind::semantic);
}

TEST_CASE("an unknown column is found without any row") {
  const auto error = error_of("Empty\n| summarize count()\n    by Subjekt");
  CHECK(error.message == "'summarize' operator: Failed to resolve scalar expression named "
                         "'Subjekt'. Fix semantic errors in your query.");
  CHECK(error.what == kind::semantic);
  CHECK(error.line == 3);
  CHECK(error.column == 8);
  CHECK(error.offset == 33);
  CHECK(error_of("Empty | project Subject | where UrlCount > 1").what == kind::semantic);
  CHECK(error_of("Empty | project-away Nothing").what == kind::semantic);
}

TEST_CASE("text that is no KQL names the token and its place") {
  CHECK(error_of("AlertInfo | where Title = 'x'").message ==
        "A recognition error occurred. Token: '=', Line: 1, Position: 25");
  CHECK(error_of("AlertInfo\n| where (Title == 'x'").message ==
        "A recognition error occurred. Token: '<end>', Line: 2, Position: 22");
  for (const auto* query : {"",
                            "|",
                            "AlertInfo |",
                            "AlertInfo | where",
                            "AlertInfo | take",
                            "AlertInfo | where Title == 'x",
                            "AlertInfo | sort Title",
                            "AlertInfo where true",
                            "AlertInfo | where Title ==",
                            "let x = 1;",
                            "AlertInfo | join (AlertEvidence)",
                            "print datetime(soon)",
                            "print 5parsecs",
                            "AlertInfo | where Title # 1",
                            "AlertInfo | extend ,",
                            "print dynamic({'a')",
                            "AlertInfo | render",
                            "print '\\q'"}) {
    CAPTURE(query);
    CHECK(error_of(query).what == kind::syntax);
    CHECK(error_of(query).message != "no error");
  }
}

TEST_CASE("what is not supported is named, with its place") {
  CHECK(error_of("AlertInfo | parse Title with * 'x'").message ==
        "Not supported: operator 'parse' (line 1, column 13, offset 12).");
  CHECK(error_of("AlertInfo | extend x = geo_distance(1)").message ==
        "Not supported: function 'geo_distance' (line 1, column 24, offset 23).");
  CHECK(error_of("AlertInfo | evaluate autocluster()").message ==
        "Not supported: plugin 'autocluster' (line 1, column 22, offset 21).");
  CHECK(error_of("AlertInfo | summarize hll(Title)").what == kind::unsupported);
  CHECK(error_of("AlertInfo | make-series count() on Timestamp").what == kind::unsupported);
  CHECK(error_of("AlertInfo; EmailEvents").what == kind::unsupported);
  CHECK(error_of("set notruncation; AlertInfo").what == kind::unsupported);
}

TEST_CASE("types that do not go together are refused") {
  CHECK(error_of("AlertInfo | where Title == 5").message ==
        "'where' operator: Cannot compare values of types string and long. Try adding explicit "
        "casts. Fix semantic errors in your query.");
  for (const auto* query : {"AlertInfo | where Timestamp > '2026-01-01'",
                            "AlertInfo | where Title",
                            "AlertInfo | where count() > 1",
                            "AlertInfo | extend x = Title + 1",
                            "AlertInfo | extend x = Title.a",
                            "AlertInfo | extend x = iff(true, 1, 'a')",
                            "AlertInfo | extend x = strlen()",
                            "AlertInfo | where Title and true",
                            "AlertInfo | summarize sum(Title)",
                            "AlertEvidence | summarize count() by Details",
                            "AlertInfo | take 'x'",
                            "AlertInfo | summarize Title",
                            "AlertInfo | take -1",
                            "AlertInfo | where Title matches regex '('",
                            "AlertInfo | project Title, Title",
                            "AlertEvidence | sort by Details",
                            "AlertEvidence | summarize percentile(FileSize, 101)",
                            "AlertInfo | where Title in ((AlertInfo | project-away *))",
                            "print toscalar(AlertInfo | project-away *)"}) {
    CAPTURE(query);
    CHECK(error_of(query).what == kind::semantic);
    CHECK(error_of(query).message != "no error");
  }
}

TEST_CASE("a result past the bounds is an error") {
  auto few = hunting::limits();
  few.rows_max = 4;
  const auto made = hunting::run("UrlClickEvents", sample(), test_now(), {}, few);
  REQUIRE(!made);
  CHECK(made.error().what == kind::too_large);
  CHECK(made.error().message.starts_with("Query execution has exceeded the allowed result size."));
  CHECK(hunting::run("UrlClickEvents | take 4", sample(), test_now(), {}, few).has_value());
  auto small = hunting::limits();
  small.bytes_max = 500;
  CHECK(!hunting::run("UrlClickEvents", sample(), test_now(), {}, small));
}

TEST_CASE("hostile queries are refused, not executed") {
  CHECK(error_of("print " + repeated("(", 10'000) + "1").what == kind::too_large);
  CHECK(error_of("print " + repeated("-", 10'000) + "1").what == kind::too_large);
  CHECK(error_of("print " + repeated("not(", 10'000)).what == kind::too_large);
  CHECK(error_of("print 1" + repeated("+1", 10'000)).what == kind::too_large);
  CHECK(error_of("AlertInfo" + repeated("| where true", 1000)).what == kind::too_large);
  CHECK(error_of("print x=dynamic(" + repeated("[", 5000) + repeated("]", 5000) + ")").what ==
        kind::syntax);
  CHECK(error_of(repeated("A", 1'000'000)).what == kind::too_large);
  CHECK(error_of("print 1 " + repeated("{", 10'000)).what == kind::syntax);
}

TEST_CASE("a value that doubles itself hits a bound") {
  auto few = hunting::limits();
  few.value_bytes_max = 20'000;
  for (const auto& query : {"print x='ab'" + repeated(" | extend x=strcat(x,x)", 40),
                            "print x=dynamic([1])" + repeated(" | extend x=pack_array(x,x)", 60),
                            "print x=dynamic([1])" + repeated(" | extend x=pack_array(x)", 100),
                            "print x='aa'" + repeated(" | extend x=replace_string(x,'a',x)", 40),
                            "print x='aa'" + repeated(" | extend x=replace_regex(x,'a',x)", 40)}) {
    CAPTURE(query.substr(0, 60));
    const auto made = hunting::run(query, sample(), test_now(), {}, few);
    REQUIRE(!made);
    CHECK(made.error().what == kind::too_large);
  }
}

TEST_CASE("work that grows without end hits a bound") {
  auto few = hunting::limits();
  few.steps_max = 1000;
  auto query = std::string("let t0 = AlertInfo;");
  for (auto at = 1; at < 40; ++at) {
    const auto last = "t" + std::to_string(at - 1);
    query += "let t" + std::to_string(at) + " = union " + last + ", " + last + ";";
  }
  const auto made = hunting::run(query + "t39 | count", sample(), test_now(), {}, few);
  REQUIRE(!made);
  CHECK(made.error().what == kind::too_large);
}

TEST_CASE("a pattern that ruins backtracking engines is harmless") {
  const auto text = repeated("a", 5000);
  CHECK(printed("'" + text + "b' matches regex '^(a+)+$'") == "false");
  CHECK(error_of("print 'x' matches regex '(((a{1000}){1000}){1000})'").what == kind::semantic);
}

TEST_CASE("a long chain of or is no problem") {
  CHECK(rows_of("AlertInfo | where AlertId == 'fa1'" + repeated(" or AlertId == 'x'", 2000) +
                " | count") == "1");
}

TEST_SUITE_END();
