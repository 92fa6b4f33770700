#include "core/feeds/items.hpp"
#include "core/seams/digest.hpp"

#include <doctest/doctest.h>

using namespace core::feeds;

TEST_SUITE("items") {
  TEST_CASE("an identity that cannot serve as a key is replaced by the digest of the item") {
    CHECK(key_or_digest("a1", "{}") == "a1");
    const auto digest = seams::to_hex(seams::sha256("{}"));
    CHECK(key_or_digest("", "{}") == digest);
    CHECK(key_or_digest(std::string("a\0b", 3), "{}") == digest);
    CHECK(key_or_digest(std::string(key_bytes_max + 1, 'a'), "{}") == digest);
  }

  TEST_CASE("a member that is no string has no text") {
    for (const auto* item : {R"({"Id":1})", R"({"Id":null})", R"({"id":"x"})", "[]", "7", ""}) {
      CHECK(text_of(item, "Id").empty());
    }
    CHECK(text_of(R"({"Id":"x"})", "Id") == "x");
  }

  TEST_CASE("values are cut at any depth and every other byte stays") {
    CHECK(cut_values(R"({"a":[{"D":[{"Name":"4111"}], "b" : 1e3}],"D":{"x":"y"}})", "D") ==
          R"({"a":[{"D":[], "b" : 1e3}],"D":[]})");
    CHECK(cut_values(R"({"\u0044":"secret","a":1})", "D") == R"({"\u0044":[],"a":1})");
    CHECK(cut_values(R"({"D":1,"D":2})", "D") == R"({"D":[],"D":[]})");
  }

  TEST_CASE("an item without the member is left alone") {
    CHECK_FALSE(cut_values(R"({"a":"D"})", "D"));
    CHECK_FALSE(cut_values(R"(["\u0044"])", "D"));
    CHECK_FALSE(cut_values("", "D"));
  }
}
