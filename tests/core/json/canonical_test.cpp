#include "core/json/canonical.hpp"

#include <doctest/doctest.h>

using core::json::canonical;

TEST_SUITE("canonical") {
  TEST_CASE("order of members and white space do not matter, at any depth") {
    CHECK(canonical(R"({ "b" : [ 1, {"d":2,"c":3} ], "a" : "x y" })") ==
          R"({"a":"x y","b":[1,{"c":3,"d":2}]})");
  }

  TEST_CASE("order of elements matters") {
    CHECK(canonical("[1,2]") != canonical("[2,1]"));
  }

  TEST_CASE("members of one name keep their order") {
    CHECK(canonical(R"({"a":1,"b":0,"a":2})") == R"({"a":1,"a":2,"b":0})");
    CHECK(canonical(R"({"a":2,"a":1})") != canonical(R"({"a":1,"a":2})"));
  }

  TEST_CASE("numbers and strings stay as they are written") {
    CHECK(canonical(R"([ 1.0, 1e3, "A" ])") == R"([1.0,1e3,"A"])");
  }

  TEST_CASE("what is no container stays itself") {
    CHECK(canonical(" true ") == "true");
    CHECK(canonical("{}") == "{}");
    CHECK(canonical("[ ]") == "[]");
  }
}
