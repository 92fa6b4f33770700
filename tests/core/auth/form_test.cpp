#include "core/auth/form.hpp"

#include <doctest/doctest.h>

using namespace core::auth;

TEST_SUITE("form") {
  TEST_CASE("characters that a careless encoder would spoil survive") {
    CHECK(percent_encode("a+b/c=d&e~f g\n") == "a%2Bb%2Fc%3Dd%26e~f%20g%0A");
    CHECK(percent_encode("\xc3\xa4") == "%C3%A4");
  }

  TEST_CASE("fields are joined in order") {
    CHECK(encode_form({{"a", "1 2"}, {"b", ""}}) == "a=1%202&b=");
    CHECK(encode_form({}).empty());
  }
}
