#include "replay/import/json_text.hpp"
#include "replay/import/read_export.hpp"

#include <doctest/doctest.h>

using namespace replay;
using namespace std::string_literals;

namespace {

constexpr auto audit_text = R"({"CreationTime":"2026-03-10T08:00:00","Id":"1","Operation":"x"})";
constexpr auto alert_text =
    R"({"id":"1","createdDateTime":"2026-03-10T08:00:00Z","detectorId":"d"})";

auto export_of(const std::string& text, const std::string& feed = "")
    -> seams::result<export_file> {
  return read_export("export", text, {feed, {}});
}

auto refusal_of(const std::string& text) -> std::string {
  const auto got = export_of(text);
  return got ? "taken as " + got->format : got.error().why;
}

auto says(const std::string& text, std::string_view part) -> bool {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_SUITE("read_export") {
  TEST_CASE("a Management API blob, whatever its encoding") {
    const auto plain = "["s + audit_text + ",\n" + audit_text + "]";
    auto wide = "\xff\xfe"s;
    for (const auto c : plain) {
      wide += c;
      wide += '\0';
    }
    for (const auto& text : {plain, "\xef\xbb\xbf" + plain, wide}) {
      const auto got = export_of(text).value();
      CHECK(got.format == "Management API blob");
      REQUIRE(got.items.size() == 2);
      CHECK(got.items[0].raw == audit_text);
      CHECK(got.items[1].line == 2);
      CHECK(got.items[1].feed == "audit_general");
    }
  }

  TEST_CASE("Graph pages, hunting answers and lines of records") {
    CHECK(export_of("{\"value\":["s + alert_text + "]}").value().items[0].feed == "alerts");
    CHECK(export_of("[{\"value\":["s + alert_text + "]},{\"value\":[" + alert_text + "]}]")
              .value()
              .items.size() == 2);
    const auto row =
        R"({"Timestamp":"2026-03-10T08:00:00Z","Url":"u","ActionType":"ClickAllowed",)"s
        R"("IsClickedThrough":false})";
    for (const auto* name : {"results", "Results"}) {
      const auto got = export_of("{\"Schema\":[],\""s + name + "\":[" + row + "]}").value();
      CHECK(got.format == "Advanced Hunting JSON");
      CHECK(got.items[0].table == "UrlClickEvents");
    }
    CHECK(export_of(audit_text + "\r\n\r\n"s + audit_text).value().items[1].line == 3);
  }

  TEST_CASE("pages printed over several lines may follow each other") {
    const auto page = "{\n  \"value\": [\n    "s + alert_text + "\n  ]\n}\n";
    const auto got = export_of(page + page + "{\"value\":\n[\n" + alert_text).value();
    REQUIRE(got.items.size() == 2);
    CHECK(got.items[0].line == 3);
    CHECK(got.items[1].line == 8);
    REQUIRE(got.bad.size() == 1);
    CHECK(got.bad[0].line == 11);
  }

  TEST_CASE("records of our own export lose its envelope") {
    const auto got =
        export_of(R"({"feed":"alerts","connector_type":"ms365_alerts","key":"1","record":)"s +
                  alert_text + "}\n")
            .value();
    CHECK(got.format == "records of offtenant");
    CHECK(got.items[0].raw == alert_text);
    const auto odd =
        export_of(R"({"feed":"incidents","connector_type":"x","key":"1","record":{"a":1}})");
    CHECK(odd.value().items[0].feed == "incidents");
  }

  TEST_CASE("audit searches hold the record as a text, in CSV and JSON") {
    const auto csv =
        "CreationDate,UserIds,AuditData\n2026,\"a\",\"{\"\"CreationTime\"\":\"\"2026-03-"
        "10T08:00:00\"\",\n\"\"Id\"\":\"\"1\"\",\"\"Operation\"\":\"\"x\"\"}\"\n"s;
    const auto got = export_of(csv).value();
    CHECK(got.format == "audit search CSV");
    CHECK(got.items[0].raw ==
          R"({"CreationTime":"2026-03-10T08:00:00", "Id":"1","Operation":"x"})");
    const auto json =
        R"([{"RecordType":"x","AuditData":"{\"CreationTime\":\"t\",\"Operation\":1}"}])";
    CHECK(export_of(json).value().items[0].raw == R"({"CreationTime":"t","Operation":1})");
    CHECK(export_of(json).value().format == "audit search JSON");
  }

  TEST_CASE("message traces take Graph's form") {
    const auto got =
        export_of("Received;Sender_Address;Recipient_Address;Subject;Status;Size\r\n"
                  "3/10/2026 8:00:00 AM;a@b.example;c@d.example;\"x;\ny\";Delivered;12\r\n")
            .value();
    CHECK(got.format == "message trace CSV");
    REQUIRE(got.items.size() == 1);
    CHECK(says(got.items[0].raw, R"("receivedDateTime":"2026-03-10T08:00:00Z")"));
    CHECK(says(got.items[0].raw, R"("subject":"x;\ny")"));
    CHECK(says(got.items[0].raw, R"("status":"delivered")"));
    CHECK(says(got.items[0].raw, R"("size":12)"));
    const auto report =
        export_of(R"({"d":{"results":[{"MessageTraceId":"i","RecipientAddress":"c@d.e",)"
                  R"("Received":"\/Date(1773131356580)\/","Status":"FilteredAsSpam"}]}})");
    CHECK(says(report.value().items[0].raw, R"("receivedDateTime":"2026-03-10T08:29:16.58Z")"));
    CHECK(says(report.value().items[0].raw, R"("status":"filteredAsSpam")"));
  }

  TEST_CASE("rows of a hunting CSV keep their columns, with dates in the service's form") {
    const auto got =
        export_of("Timestamp,Url,ActionType,IsClickedThrough\n"
                  "\"Mar 10, 2026 8:00:00 AM\",https://u.example/,ClickAllowed,False\n")
            .value();
    CHECK(got.format == "Advanced Hunting CSV");
    CHECK(got.items[0].raw == R"({"Timestamp":"2026-03-10T08:00:00Z","Url":"https://u.example/",)"
                              R"("ActionType":"ClickAllowed","IsClickedThrough":"False"})");
  }

  TEST_CASE("rows that are no record are kept with line and reason") {
    const auto got = export_of(audit_text + "\nnot json\n[1]\n{\"x\":1}\n"s).value();
    REQUIRE(got.bad.size() == 3);
    CHECK(got.bad[0].line == 2);
    CHECK(got.bad[0].why == "is no JSON");
    CHECK(got.bad[1].why == "is no JSON object");
    CHECK(got.bad[2].why == "is no record of a feed: it has x");
    CHECK(got.bad[2].text == "{\"x\":1}");
    const auto csv =
        export_of("a,AuditData\n1\n2,\"{\"\"CreationTime\"\":1,\"\"Operation\"\":2}\"\n3,x\n");
    REQUIRE(csv.value().bad.size() == 2);
    CHECK(csv.value().bad[0].line == 2);
    CHECK(csv.value().bad[1].why == "AuditData is no JSON object");
  }

  TEST_CASE("a feed that is named takes records that tell none, and audit records") {
    CHECK(export_of("[{\"x\":1}]", "audit_general").value().items[0].feed == "audit_general");
    CHECK(export_of("["s + audit_text + "]", "audit_exchange").value().items[0].feed ==
          "audit_exchange");
    CHECK(export_of("["s + alert_text + "]", "audit_exchange").value().items[0].feed == "alerts");
    CHECK_FALSE(export_of("[{\"x\":1}]", "safe_links").has_value());
  }

  TEST_CASE("anything else is refused by what it looks like") {
    CHECK(says(refusal_of(""), "is empty"));
    CHECK(says(refusal_of("[]"), "has no record"));
    CHECK(says(refusal_of("[{\"a\":1}"), "cut, damaged"));
    CHECK(says(refusal_of("{\n\"value\": [\n{\"a\":1},\n"), "cut, damaged"));
    CHECK(says(refusal_of("PK\x03\x04\xff"), "is a ZIP archive"));
    CHECK(says(refusal_of("PK\x03\x04.. xl/workbook.xml"), "save the table as CSV"));
    CHECK(says(refusal_of("\x1f\x8b\b"), "gzip"));
    CHECK(says(refusal_of("\xef\xbb\xbf<?xml version=\"1.0\"?>"), "is XML"));
    CHECK(says(refusal_of("  <!DOCTYPE html>"), "is an HTML page"));
    CHECK(says(refusal_of("Zeit,Grö\xdf"
                          "e\n1,2\n"),
               "is no UTF-8"));
    CHECK(says(refusal_of("\x01\x02\x03"), "neither JSON nor CSV"));
    CHECK(says(refusal_of("TimeGenerated,Computer\n1,2\n"), "the columns TimeGenerated, Computer"));
    CHECK(says(refusal_of("just words"), "neither JSON nor CSV"));
    CHECK(says(refusal_of(R"({"log":{"version":"9","entries":[]}})"), "recording that cannot be"));
    CHECK(says(refusal_of(R"([{"request":{},"response":{}}])"), "has no record"));
    CHECK(says(refusal_of(std::string(100'000, '[')), "64 deep"));
  }

  TEST_CASE("mocks of requests and answers give what they answer") {
    const auto mock = R"({"request":{"url":"https://graph.microsoft.com/v1.0/security/alerts_v2"},)"
                      R"("response":{"statusCode":200,"body":{"value":[)"s +
                      alert_text + "]}}}";
    const auto lost = R"({"request":{"url":"x"},"response":{"statusCode":404,"body":{}}})"s;
    for (const auto& text :
         {"{\"mocks\":[" + mock + "," + lost + "]}", "[" + lost + "," + mock + "]"}) {
      const auto got = export_of(text).value();
      CHECK(got.format == "mocks of requests and answers");
      REQUIRE(got.items.size() == 1);
      CHECK(got.items[0].raw == alert_text);
      CHECK(got.others == 1);
    }
    CHECK(export_of(mock).value().items[0].line == 1);
  }

  TEST_CASE("hostile tables are refused, or lose no more than the rows at fault") {
    const auto good = std::string("2026-03-10T08:00:00Z,u,ClickAllowed,0\n");
    const auto header = std::string("Timestamp,Url,ActionType,IsClickedThrough\n");
    auto wide = std::string("a");
    for (auto i = 0; i < 10'000; ++i) {
      wide += ",c" + std::to_string(i);
    }
    CHECK(says(refusal_of(wide + "\n1\n"), "more than 1000 cells"));
    CHECK(
        says(refusal_of("Timestamp,Url,ActionType,Url\n" + good), "two columns have the name Url"));
    CHECK(says(refusal_of(header + good + "x\0y"s), "is no text: byte"));
    const auto odd =
        export_of(header + good + "2,3\n" + good + "1,2,3,4,5\n" + good + "9,\"cut").value();
    CHECK(odd.items.size() == 3);
    REQUIRE(odd.bad.size() == 3);
    CHECK(odd.bad[0].line == 3);
    CHECK(odd.bad[2].why == "has a quote that does not end");
  }

  TEST_CASE("the answers of a HAR file are exports of their own") {
    const auto entry = [](const std::string& url, int status, const std::string& body) {
      return R"({"startedDateTime":"2026-03-10T08:00:00Z","time":1,"request":{"method":"GET",)"s +
             R"("url":")" + url + R"(","httpVersion":"HTTP/1.1","headers":[],"queryString":[],)" +
             R"("cookies":[],"headersSize":-1,"bodySize":0},"response":{"status":)" +
             std::to_string(status) + R"(,"statusText":"","httpVersion":"HTTP/1.1","headers":[],)" +
             R"("cookies":[],"content":{"size":1,"mimeType":"application/json","text":)" +
             quoted_json(body) + R"(},"redirectURL":"","headersSize":-1,"bodySize":1},)" +
             R"("cache":{},"timings":{"send":0,"wait":1,"receive":0}})";
    };
    const auto graph = "https://graph.microsoft.com/v1.0/security/"s;
    const auto har = R"({"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[)" +
                     entry("https://login.microsoftonline.com/t/oauth2/v2.0/token", 200, "{}") +
                     "," + entry(graph + "alerts_v2", 200, "{\"value\":["s + alert_text + "]}") +
                     "," + entry(graph + "incidents", 200, R"({"value":[{"id":"7"}]})") + "," +
                     entry(graph + "alerts_v2", 429, "{}") + "," +
                     entry(graph + "alerts_v2", 200, "<html>") + "]}}";
    const auto got = export_of(har).value();
    CHECK(got.format == "HAR file");
    REQUIRE(got.items.size() == 2);
    CHECK(got.items[0].raw == alert_text);
    CHECK(got.items[0].line == 2);
    CHECK(got.items[1].feed == "incidents");
    CHECK(got.others == 2);
    REQUIRE(got.bad.size() == 1);
    CHECK(got.bad[0].line == 5);
    CHECK(got.bad[0].why == "its answer is an HTML page, as a portal or proxy sends it");
  }
}
