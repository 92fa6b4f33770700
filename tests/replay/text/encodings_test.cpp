#include "replay/text/encodings.hpp"

#include <doctest/doctest.h>

namespace {

using namespace replay::text;

TEST_SUITE("encodings") {
  TEST_CASE("hexadecimal and percent-encoding go both ways") {
    const auto bytes = std::string("a@\xff/");
    CHECK(to_hex(bytes) == "6140ff2f");
    CHECK(from_hex("6140FF2f") == bytes);
    CHECK_FALSE(from_hex("614").has_value());
    CHECK_FALSE(from_hex("zz").has_value());
    CHECK(percent_encoded(bytes, "/") == "a%40%FF/");
    CHECK(percent_decoded("a%40%ff%2F%4%zz%") == "a@\xff/%4%zz%");
  }

  TEST_CASE("UTF-16 in either order goes both ways, beyond 16 bits too") {
    const auto text = std::string("d\xc3\xa4na \xf0\x9f\x98\x80");
    for (const auto order : {byte_order::little, byte_order::big}) {
      CHECK(from_utf16(to_utf16(text, order), order) == text);
    }
    CHECK(to_utf16("A", byte_order::little) == std::string("A\0", 2));
    CHECK_FALSE(from_utf16("A", byte_order::little).has_value());
    CHECK_FALSE(from_utf16(std::string("\x00\xd8", 2), byte_order::little).has_value());
  }

  TEST_CASE("only well-formed UTF-8 counts as such") {
    CHECK(is_utf8("d\xc3\xa4na \xf0\x9f\x98\x80"));
    for (const auto* text : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xc3", "\xf4\x90\x80\x80"}) {
      CHECK_FALSE(is_utf8(text));
    }
  }
}

} // namespace
