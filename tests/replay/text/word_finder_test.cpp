#include "replay/text/word_finder.hpp"

#include <doctest/doctest.h>

namespace {

using replay::text::word_finder;

TEST_SUITE("word_finder") {
  TEST_CASE("words are found one after the other, in any case, the longest first") {
    auto words = word_finder();
    words.add("pass", 1);
    words.add("Password", 2);
    words.add("word", 3);
    const auto text = std::string("my PASSWORD, a sword and a pass");
    const auto first = words.next(text, 0);
    REQUIRE(first);
    CHECK(first->tag == 2);
    CHECK(text.substr(first->begin, first->end - first->begin) == "PASSWORD");
    const auto second = words.next(text, first->end);
    REQUIRE(second);
    CHECK(second->tag == 3);
    CHECK(second->begin == text.find("sword") + 1);
    const auto third = words.next(text, second->end);
    REQUIRE(third);
    CHECK(third->end == text.size());
    CHECK_FALSE(words.next(text, third->end));
  }

  TEST_CASE("bytes of any kind are words, short ones are none") {
    auto words = word_finder();
    words.add("abc", 1);
    CHECK(words.empty());
    CHECK_FALSE(words.next("abcabc", 0));
    const auto wide = std::string("h\0u\0n\0t\0", 8);
    words.add(wide, 7);
    CHECK(words.holds_any("x" + wide));
    CHECK_FALSE(words.holds_any("hunt"));
    CHECK_FALSE(words.holds_any("h"));
    CHECK_FALSE(words.next(wide, wide.size()));
  }
}

} // namespace
