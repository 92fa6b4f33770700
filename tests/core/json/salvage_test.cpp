#include "core/json/salvage.hpp"

#include <doctest/doctest.h>

using core::json::split_array;

namespace {

using parts = std::vector<std::string_view>;

} // namespace

TEST_SUITE("salvage") {
  TEST_CASE("a list is taken apart at its own commas") {
    CHECK(split_array(R"( [ {"a":[1,2]} , "x,]" , 3 ] )") ==
          parts{R"({"a":[1,2]})", R"("x,]")", "3"});
    CHECK(split_array("[]") == parts{});
  }

  TEST_CASE("an element that is no JSON is given out like the others") {
    CHECK(split_array("[{\"a\":\"\x01\"},{oops},{\"b\":1}]") ==
          parts{"{\"a\":\"\x01\"}", "{oops}", "{\"b\":1}"});
    CHECK(split_array(R"(["a\"]",nope])") == parts{R"("a\"]")", "nope"});
  }

  TEST_CASE("what was cut, or is no list, is not taken apart") {
    for (const auto* text : {"", "{}", "[", "[{\"a\":1}", "[{\"a\":[1]", "[\"a]", "[1]]", "[}]"}) {
      CAPTURE(text);
      CHECK_FALSE(split_array(text).has_value());
    }
  }
}
