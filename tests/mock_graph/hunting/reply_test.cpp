#include "mock_graph/hunting/reply.hpp"
#include "mock_graph/hunting/timespan.hpp"
#include "tests/mock_graph/hunting/sample_tables.hpp"

#include <doctest/doctest.h>

using namespace hunting_tests;

namespace {

const auto head = std::string(
    R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.security.)"
    R"(huntingQueryResults",)");

auto reply_to(std::string_view query, bool json_booleans = false) -> std::string {
  const auto made = run_on_sample(query);
  REQUIRE(made.has_value());
  return hunting::to_reply_json(*made, json_booleans);
}

auto span_of(std::string_view text) -> std::string {
  const auto made = hunting::parse_timespan(text, test_now());
  return made ? seams::to_rfc3339(made->from) + " " + seams::to_rfc3339(made->to) : "refused";
}

} // namespace

TEST_SUITE_BEGIN("hunting reply");

TEST_CASE("the reply has the service's shape, booleans as SByte after their sidecar") {
  CHECK(
      reply_to("UrlClickEvents | where Timestamp > ago(4h) | project Timestamp, Url, "
               "IsClickedThrough | take 1") ==
      head +
          R"("schema":[{"name":"Timestamp","type":"DateTime"},{"name":"Url","type":"String"},)"
          R"({"name":"IsClickedThrough","type":"SByte"}],"results":[)"
          R"({"Timestamp":"2026-03-10T08:01:00Z","Url":"https://login.contoso-docs.example/r?x=1",)"
          R"("IsClickedThrough@odata.type":"#SByte","IsClickedThrough":1}]})");
  CHECK(reply_to("print b = false", true) ==
        head + R"("schema":[{"name":"b","type":"Boolean"}],"results":[{"b":false}]})");
}

TEST_CASE("null datetimes and dynamics are empty objects, other nulls are null") {
  CHECK(
      reply_to("print a=datetime(null), b=dynamic(null), c=int(null), d=1.5, e=1h, f=bool(null)") ==
      head + R"("schema":[{"name":"a","type":"DateTime"},{"name":"b","type":"Object"},)"
             R"({"name":"c","type":"Int32"},{"name":"d","type":"Double"},)"
             R"({"name":"e","type":"TimeSpan"},{"name":"f","type":"SByte"}],)"
             R"("results":[{"a":{},"b":{},"c":null,"d":1.5,"e":"01:00:00",)"
             R"("f@odata.type":"#SByte","f":null}]})");
}

TEST_CASE("without rows the schema is still there") {
  CHECK(reply_to("Empty | summarize N = count() by Subject") ==
        head + R"("schema":[{"name":"Subject","type":"String"},{"name":"N","type":"Int64"}],)"
               R"("results":[]})");
}

TEST_CASE("text that is no UTF-8 does not break the JSON") {
  auto table = hunting::result_table{{{"a", hunting::scalar::string}},
                                     {{hunting::value(std::string("\xFFx\""))}}};
  CHECK(nlohmann::json::parse(hunting::to_reply_json(table, false))["results"][0]["a"] ==
        "\xEF\xBF\xBDx\"");
}

TEST_CASE("a timespan has five forms") {
  CHECK(span_of("P7D") == "2026-03-03T12:00:00Z 2026-03-10T12:00:00Z");
  CHECK(span_of("2026-03-01T08:00:00Z/2026-03-02T08:00:00Z") ==
        "2026-03-01T08:00:00Z 2026-03-02T08:00:00Z");
  CHECK(span_of("P1D/2026-03-02T08:00:00Z") == "2026-03-01T08:00:00Z 2026-03-02T08:00:00Z");
  CHECK(span_of("2026-03-01T08:00:00Z/PT1H30M") == "2026-03-01T08:00:00Z 2026-03-01T09:30:00Z");
  CHECK(span_of("2026-03-01T08:00:00Z") == "2026-03-01T08:00:00Z 2026-03-10T12:00:00Z");
  CHECK(span_of("") == "2026-02-08T12:00:00Z 2026-03-10T12:00:00Z");
}

TEST_CASE("a timespan that is none is refused") {
  for (const auto* text : {"P",
                           "PT",
                           "7D",
                           "P1",
                           "P-1D",
                           "P1DT",
                           "2026-03-02/2026-03-01",
                           "P1D/P2D",
                           "2026-13-01",
                           "P99999999999D",
                           "P1D/",
                           "/",
                           "2027-01-01"}) {
    CAPTURE(text);
    CHECK(span_of(text) == "refused");
  }
}

TEST_SUITE_END();
