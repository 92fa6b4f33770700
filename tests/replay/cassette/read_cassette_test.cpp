#include "replay/cassette/read_cassette.hpp"
#include "tests/replay/cassette/cassette_in_memory.hpp"

#include <doctest/doctest.h>

namespace {

// Version 1 as it was first written; it must stay readable whatever later versions say.
const auto first_line =
    std::string(R"({"format":"offtenant-cassette","version":1,"created_by":"x",)"
                R"("base_time":"2026-03-10T08:00:00Z"})"
                "\n");
const auto line =
    std::string(R"({"at":0,"took":1,"method":"GET","url":"https://graph.microsoft.com/v1.0/users",)"
                R"("request_headers":[],"status":200,"response_headers":[]})"
                "\n");

auto error_of(const std::string& text, const replay::cassette_bounds& within = {})
    -> seams::failure {
  auto files = test::cassette_in_memory();
  files.text = text;
  const auto read = files.read(within);
  return read ? seams::failure() : read.error();
}

auto replaced(std::string text, const std::string& from, const std::string& to) -> std::string {
  return text.replace(text.find(from), from.size(), to);
}

TEST_SUITE("read_cassette") {
  TEST_CASE("a version 1 cassette is read") {
    auto files = test::cassette_in_memory();
    files.text = first_line + line;
    const auto read = files.read();
    REQUIRE(read.has_value());
    CHECK(read->head.created_by == "x");
    CHECK(read->head.policy.empty());
    REQUIRE(read->exchanges.size() == 1);
    CHECK(read->exchanges[0].answered.status == 200);
    CHECK(replay::looks_like_cassette(files.text));
    CHECK_FALSE(replay::looks_like_cassette("[1]"));
  }

  TEST_CASE("a newer version is refused by name") {
    const auto wrong = error_of(replaced(first_line, ":1,", ":2,") + line);
    CHECK(wrong.code == "cassette_too_new");
    CHECK(wrong.why == "a.jsonl:1:42: version 2 was written by a newer offtenant "
                       "(offtenant-cassette); expected version 1 to 1");
  }

  TEST_CASE("an error names file, line, column and what was expected") {
    CHECK(error_of("").why == "a.jsonl:1:1: the file is empty; expected the head of a cassette");
    CHECK(error_of("[]\n").why == "a.jsonl:1:1: this is a list; expected an object");
    CHECK(error_of(first_line + replaced(line, "200", "\"ok\"")).why ==
          "a.jsonl:2:110: \"status\" is text; expected a number");
    CHECK(error_of(first_line + line + "{}\n").why ==
          "a.jsonl:3:1: \"at\" is missing; expected a number");
    CHECK(error_of(first_line + replaced(line, "\"at\":0", "\"at\":-1"))
              .why.starts_with("a.jsonl:2:7: \"at\" is -1; expected a whole number from 0 to "));
    CHECK(error_of(first_line + replaced(line, "\"took\":1", "\"took\":1,\"tock\":2")).why ==
          "a.jsonl:2:18: the key \"tock\" is not known here");
    CHECK(error_of(first_line + replaced(line, "[]", "[[\"a\"]]"))
              .why.ends_with("this is no header; expected [\"name\", \"value\"]"));
    CHECK(error_of(first_line + "\n" + line).why ==
          "a.jsonl:2:1: the text ends here, inside a value");
    CHECK(error_of(replaced(first_line, "2026-03-10T08:00:00Z", "today"))
              .why.ends_with("this is no date; expected \"2026-03-10T08:00:00Z\""));
  }

  TEST_CASE("a column counts characters, not bytes") {
    const auto wrong =
        error_of(first_line + replaced(line, "GET\",\"url\":\"", "\xc3\xa4\",\"url\":5,\"u\":\""));
    CHECK(wrong.why == "a.jsonl:2:37: \"url\" is a number; expected text");
  }

  TEST_CASE("a body beside the cassette must be there and be the one that was recorded") {
    const auto name = std::string(64, 'a');
    const auto with_file = [&](const std::string& file) {
      return first_line +
             replaced(line,
                      "\"status\"",
                      R"("request_body":{"file":")" + file + R"(","bytes":1},"status")");
    };
    CHECK(error_of(with_file(name)).why.ends_with("the body cannot be had: no file"));
    CHECK(error_of(with_file("../../etc/passwd"))
              .why.ends_with("this names no body; expected a SHA-256 as 64 digits in lower case"));
    auto files = test::cassette_in_memory();
    files.text = with_file(name);
    files.bodies[name] = "x";
    CHECK(files.read().error().why.ends_with("holds other bytes than were recorded"));
  }

  TEST_CASE("lines, exchanges, headers and depth are bounded") {
    CHECK(error_of(first_line + line, {.line_bytes_max = 120}).why ==
          "a.jsonl:2:1: the line is longer than 120 bytes");
    CHECK(error_of(first_line + line + line, {.exchanges_max = 1}).why ==
          "a.jsonl:3:1: more than 1 exchanges");
    CHECK(
        error_of(first_line + replaced(line, "[]", R"([["a","b"],["c","d"]])"), {.headers_max = 1})
            .why.ends_with("more than 1 headers"));
    CHECK(error_of(std::string(1'000'000, '[')).why.ends_with("nested more than 4 deep"));
  }

  TEST_CASE("bytes that are no cassette at all are refused") {
    for (const auto& text :
         {std::string("\0\x01\xff", 3), std::string("GIF89a"), first_line.substr(0, 40)}) {
      CHECK(error_of(text).code == "cassette_unreadable");
    }
  }
}

} // namespace
