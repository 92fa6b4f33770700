#include "replay/import/json_text.hpp"

#include <doctest/doctest.h>

using namespace replay;

TEST_SUITE("json_text") {
  TEST_CASE("elements and members are slices with the bytes that arrived") {
    const auto items = elements_of("[ {\"a\": 1e3} , \"x,]\", [2,3],null ]");
    REQUIRE(items.size() == 4);
    CHECK(items[0] == "{\"a\": 1e3}");
    CHECK(items[1] == "\"x,]\"");
    CHECK(items[3] == "null");
    const auto members = members_of("{\"a\\\"}\" : {\"b\":[]}, \"c\":12345678901234567890}");
    REQUIRE(members.size() == 2);
    CHECK(members[0].first == "\"a\\\"}\"");
    CHECK(members[0].second == "{\"b\":[]}");
    CHECK(members[1].second == "12345678901234567890");
    CHECK(elements_of("{}").empty());
    CHECK(members_of("[]").empty());
  }

  TEST_CASE("a member is found whatever its letters, the last of duplicates") {
    CHECK(*member_of(R"({"Id":1,"id":2})", "ID") == "2");
    CHECK(*member_of(R"({"\u0049d":1})", "id") == "1");
    CHECK_FALSE(member_of(R"({"x":{"id":1}})", "id"));
    CHECK(string_of(R"({"a":"x\ny"})", "a") == "x\ny");
    CHECK(string_of(R"({"a":7})", "a").empty());
  }

  TEST_CASE("deep nesting and damage are no JSON") {
    CHECK(is_json("[1,{\"a\":null}]"));
    CHECK_FALSE(is_json("[1,"));
    CHECK_FALSE(is_json("{} {}"));
    CHECK_FALSE(is_json(std::string(65, '[') + std::string(65, ']')));
    CHECK(is_json(std::string(64, '[') + std::string(64, ']')));
    CHECK_FALSE(is_json(std::string(1'000'000, '[')));
  }

  TEST_CASE("a value fits one line") {
    CHECK(on_one_line(" {\r\n\"a\":\n1}\n") == "{  \"a\": 1}");
  }

  TEST_CASE("slices know their lines") {
    const auto text = std::string("[\n1,\n\n2]");
    auto lines = line_of_slice(text);
    const auto items = elements_of(text);
    CHECK(lines(items[0]) == 2);
    CHECK(lines(items[1]) == 4);
  }
}
