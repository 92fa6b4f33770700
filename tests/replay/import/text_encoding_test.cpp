#include "replay/import/text_encoding.hpp"

#include <doctest/doctest.h>

using replay::to_utf8;
using namespace std::string_literals;

TEST_SUITE("text_encoding") {
  TEST_CASE("UTF-8 stays as it is, without its mark") {
    CHECK(to_utf8("h\xc3\xa9").value() == "h\xc3\xa9");
    CHECK(to_utf8("\xef\xbb\xbf{}").value() == "{}");
    CHECK(to_utf8("").value().empty());
  }

  TEST_CASE("UTF-16 in either order, with its mark or known by zero bytes") {
    CHECK(to_utf8("\xff\xfe{\0}\0"s).value() == "{}");
    CHECK(to_utf8("\xfe\xff\0{\0}"s).value() == "{}");
    CHECK(to_utf8("{\0\xe9\0"s).value() == "{\xc3\xa9");
    CHECK(to_utf8("\0{\x20\xac"s).value() == "{\xe2\x82\xac");
    CHECK(to_utf8("\xff\xfe\x3d\xd8\x00\xde"s).value() == "\xf0\x9f\x98\x80");
  }

  TEST_CASE("half of a pair becomes the replacement character") {
    CHECK(to_utf8("\xff\xfe\x3d\xd8x\0"s).value() == "\xef\xbf\xbdx");
  }

  TEST_CASE("what is no text is refused with the first byte at fault") {
    CHECK(to_utf8("ab\xff").error().why.find("byte 2") != std::string::npos);
    CHECK(to_utf8("abc\0d"s).error().why.find("byte 3") != std::string::npos);
    CHECK_FALSE(to_utf8("\xff\xfe{"s).has_value());
    CHECK_FALSE(to_utf8("a\xc3"s).has_value());
  }
}
