#include "replay/cassette/cassette_text.hpp"
#include "replay/har/read_har.hpp"
#include "replay/har/write_har.hpp"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;

// As a browser exports it, cut down to what matters.
const auto archive =
    std::string(R"({"log":{"version":"1.2","creator":{"name":"Browser","version":"1"},
"pages":[],"_custom":{},"entries":[
{"startedDateTime":"2026-03-10T08:00:01.500Z","time":12.6,"request":{"method":"GET",
"url":"https://graph.microsoft.com/v1.0/users?$top=1","headers":[{"name":":authority","value":"x"},
{"name":"Accept","value":"*/*"}]},"response":{"status":200,"headers":[
{"name":"Content-Encoding","value":"gzip"},{"name":"Content-Type","value":"application/json"}],
"content":{"size":12,"mimeType":"application/json","text":"{\"value\":[]}"}}},
{"startedDateTime":"2026-03-10T09:00:00+01:00","time":1,"request":{"method":"POST",
"url":"https://login.microsoftonline.com/t/oauth2/v2.0/token","headers":[],
"postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a","value":"1"},
{"name":"b","value":"2"}]}},"response":{"status":0,"headers":[],"content":{}}},
{"startedDateTime":"2026-03-10T08:00:02Z","time":1,"request":{"method":"GET","url":"https://x",
"headers":[]},"response":{"status":200,"headers":[],"content":{"size":2,"text":"/wA=",
"encoding":"base64"}}},
{"startedDateTime":"2026-03-10T08:00:03Z","time":1,"request":{"method":"GET","url":"https://x",
"headers":[]},"response":{"status":200,"headers":[],"content":{"size":3012}}}
]}})");

auto error_of(const std::string& text) -> std::string {
  const auto read = replay::read_har(text, "a.har");
  return read ? "" : read.error().why;
}

TEST_SUITE("har") {
  TEST_CASE("an archive is read as a cassette whose base is its earliest entry") {
    const auto read = replay::read_har("\xef\xbb\xbf" + archive, "a.har");
    REQUIRE(read.has_value());
    const auto& tape = read->tape;
    CHECK(tape.head.created_by == "Browser 1");
    CHECK(seams::to_rfc3339(tape.head.base) == "2026-03-10T08:00:00Z");
    REQUIRE(tape.exchanges.size() == 4);
    CHECK(tape.exchanges[0].at == 1500ms);
    CHECK(tape.exchanges[0].took == 13ms);
    CHECK(tape.exchanges[0].asked.fields.size() == 1);
    CHECK_FALSE(tape.exchanges[0].answered.fields.find("Content-Encoding").has_value());
    CHECK(tape.exchanges[0].answered.body == R"({"value":[]})");
    CHECK(tape.exchanges[1].asked.body == "a=1&b=2");
    CHECK(tape.exchanges[1].failed == "connection_reset");
    CHECK(tape.exchanges[2].answered.body == std::string("\xff\0", 2));
  }

  TEST_CASE("a body that the archive does not hold is named") {
    const auto read = replay::read_har(archive, "a.har");
    REQUIRE(read.has_value());
    REQUIRE(read->missing.size() == 1);
    CHECK(read->missing[0] == "a.har:16:63: the answer's body (3012 bytes) was not recorded");
  }

  TEST_CASE("what is written as an archive is read back as the same cassette") {
    auto tape = replay::read_har(archive, "a.har")->tape;
    tape.exchanges[1].failed = "answer_cut";
    const auto again = replay::read_har(replay::write_har(tape), "b.har");
    REQUIRE(again.has_value());
    CHECK(again->tape.head.base == tape.head.base);
    REQUIRE(again->tape.exchanges.size() == tape.exchanges.size());
    for (auto i = std::size_t{0}; i < tape.exchanges.size(); ++i) {
      CHECK(replay::to_line(again->tape.exchanges[i]) == replay::to_line(tape.exchanges[i]));
    }
  }

  TEST_CASE("the query stands in an archive name by name") {
    const auto tape = replay::read_har(archive, "a.har")->tape;
    CHECK(replay::write_har(tape).find(R"("queryString":[{"name":"$top","value":"1"}])") !=
          std::string::npos);
  }

  TEST_CASE("what is no archive is refused with its place") {
    CHECK(error_of("") == "a.har:1:1: the text ends here, inside a value");
    CHECK(error_of("{\n \"log\":[]}") == "a.har:2:8: \"log\" is a list; expected an object");
    CHECK(error_of(R"({"log":{"version":"9","entries":[]}})") ==
          "a.har:1:19: version \"9\" of the format is not known; expected \"1.2\"");
    CHECK(error_of(R"({"log":{"version":"1.2","entries":[{}]}})")
              .starts_with("a.har:1:36: \"startedDateTime\" is missing"));
    CHECK(error_of(std::string(1'000'000, '[')).ends_with("nested more than 64 deep"));
    const auto small = replay::read_har(archive, "a.har", {.entries_max = 3});
    REQUIRE_FALSE(small.has_value());
    CHECK(small.error().why.ends_with("more than 3 entries"));
  }
}

} // namespace
