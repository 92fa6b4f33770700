#include "core/live/ndjson_line.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using core::live::ndjson_line;

namespace {

auto stored(std::string raw) -> core::stored_record {
  auto out = core::stored_record();
  out.what.feed = "alerts";
  out.what.connector_type = "ms365_alerts";
  out.what.key = "a1";
  out.what.raw = std::move(raw);
  out.received_at = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
  return out;
}

} // namespace

TEST_SUITE("ndjson_line") {
  TEST_CASE("a line names the record and holds its exact bytes") {
    auto record = stored(R"({"b": 1.0,"a":"\u00e9","b":2})");
    record.what.version = "v1";
    record.what.event_time = record.received_at;
    record.what.cuts = {"pc", "md"};
    CHECK(ndjson_line(record) ==
          R"({"feed":"alerts","connector_type":"ms365_alerts","key":"a1","version":"v1",)"
          R"("event_time":"2026-03-10T00:00:00Z","received_at":"2026-03-10T00:00:00Z",)"
          R"("cuts":["pc","md"],"record":{"b": 1.0,"a":"\u00e9","b":2}})"
          "\n");
  }

  TEST_CASE("what is not known is null or an empty list") {
    const auto line = nlohmann::json::parse(ndjson_line(stored("{}")));
    CHECK(line["version"].is_null());
    CHECK(line["event_time"].is_null());
    CHECK(line["cuts"].empty());
  }

  TEST_CASE("line breaks between tokens become blanks and stay one line") {
    const auto line = ndjson_line(stored("\xef\xbb\xbf{\r\n\"a\":\n1}\n"));
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(nlohmann::json::parse(line)["record"]["a"] == 1);
  }

  TEST_CASE("bytes that are no JSON stand as base64 and the line stays JSON") {
    for (const auto& [raw, coded] : {std::pair("", ""),
                                     std::pair("f", "Zg=="),
                                     std::pair("fo", "Zm8="),
                                     std::pair("{\"a\":", "eyJhIjo="),
                                     std::pair("\"\xff\"", "Iv8i")}) {
      CAPTURE(raw);
      const auto line = nlohmann::json::parse(ndjson_line(stored(raw)));
      CHECK(line["record_base64"] == coded);
      CHECK_FALSE(line.contains("record"));
    }
  }

  TEST_CASE("a key of odd bytes keeps the line valid") {
    auto record = stored("{}");
    record.what.key = "a\"\n\xff";
    const auto line = ndjson_line(record);
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(nlohmann::json::parse(line)["key"] == "a\"\n\xef\xbf\xbd");
  }
}
