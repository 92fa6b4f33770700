#include "replay/text/json_tree.hpp"
#include "replay/text/json_write.hpp"

#include <doctest/doctest.h>

namespace {

using namespace replay::text;

TEST_SUITE("json_tree") {
  TEST_CASE("values know their kind, their text and where they stand") {
    const auto parsed = parse_json(R"({"a":[1,true,null],"b":"x\u00e4\ud83d\ude00\n"})");
    REQUIRE(parsed.value.has_value());
    const auto* list = parsed.value->find("a");
    REQUIRE(list != nullptr);
    CHECK(list->offset == 5);
    REQUIRE(list->items.size() == 3);
    CHECK(list->items[0].whole() == 1);
    CHECK(list->items[1].what == json_value::kind::boolean);
    CHECK(parsed.value->find("b")->text == "x\xc3\xa4\xf0\x9f\x98\x80\n");
    CHECK(parsed.value->find("c") == nullptr);
  }

  TEST_CASE("what is no JSON is refused where it goes wrong") {
    const std::pair<const char*, std::size_t> texts[] = {{"", 0},
                                                         {"{\"a\":1,}", 7},
                                                         {"{\"a\":1,\"a\":2}", 7},
                                                         {"[1 2]", 3},
                                                         {"01", 0},
                                                         {"1.", 0},
                                                         {"\"\\ud800\"", 1},
                                                         {"\"\\x\"", 1},
                                                         {"\"\xff\"", 1},
                                                         {"\"a\nb\"", 2},
                                                         {"\"abc", 4},
                                                         {"nul", 0},
                                                         {"1 2", 2}};
    for (const auto& [text, offset] : texts) {
      CAPTURE(text);
      const auto parsed = parse_json(text);
      CHECK_FALSE(parsed.value.has_value());
      CHECK(parsed.wrong.offset == offset);
      CHECK_FALSE(parsed.wrong.message.empty());
    }
  }

  TEST_CASE("depth, values and members are bounded") {
    CHECK_FALSE(parse_json(std::string(100'000, '[')).value.has_value());
    CHECK(parse_json("[[]]", {.depth_max = 2}).value.has_value());
    CHECK_FALSE(parse_json("[[[]]]", {.depth_max = 2}).value.has_value());
    CHECK_FALSE(parse_json("[1,2,3]", {.values_max = 3}).value.has_value());
    CHECK_FALSE(parse_json(R"({"a":1,"b":2})", {.members_max = 1}).value.has_value());
  }

  TEST_CASE("a number that does not fit or is not whole has no whole value") {
    for (const auto* text : {"1e3", "1.5", "99999999999999999999", "true"}) {
      CHECK_FALSE(parse_json(text).value->whole().has_value());
    }
    CHECK(parse_json("-7").value->whole() == -7);
  }

  TEST_CASE("what is written is read back") {
    const auto odd = std::string("a\"\\\b\x01\x7f\t\xc3\xa4/", 11);
    auto object = json_object();
    const auto text = object.text("k", odd).number("n", -3).raw("r", "[]").done();
    const auto parsed = parse_json(text);
    REQUIRE(parsed.value.has_value());
    CHECK(parsed.value->find("k")->text == odd);
    CHECK(parsed.value->find("n")->whole() == -3);
    CHECK(json_object().done() == "{}");
  }
}

} // namespace
