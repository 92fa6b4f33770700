#include "mock_graph/login/base64url.hpp"

#include <doctest/doctest.h>

using mock_graph::login::base64_decode;
using mock_graph::login::base64_encode;
using mock_graph::login::base64url_encode;

TEST_SUITE("login/base64url") {
  TEST_CASE("the vectors of RFC 4648 come out with and without padding") {
    CHECK(base64url_encode("") == "");
    CHECK(base64url_encode("f") == "Zg");
    CHECK(base64url_encode("fo") == "Zm8");
    CHECK(base64url_encode("foobar") == "Zm9vYmFy");
    CHECK(base64_encode("f") == "Zg==");
    CHECK(base64_encode("fo") == "Zm8=");
    CHECK(base64_encode("foo") == "Zm9v");
  }

  TEST_CASE("both alphabets are read, padded or not") {
    const auto bytes = std::string("\xfb\xff\xfe", 3);
    CHECK(base64url_encode(bytes) == "-__-");
    CHECK(base64_encode(bytes) == "+//+");
    CHECK(base64_decode("-__-", 100) == bytes);
    CHECK(base64_decode("+//+", 100) == bytes);
    CHECK(base64_decode("Zm8=", 100) == "fo");
    CHECK(base64_decode("Zm8", 100) == "fo");
    CHECK(base64_decode("Zg==", 100) == "f");
    CHECK(base64_decode("", 100) == "");
  }

  TEST_CASE("every byte survives the round trip at every length") {
    auto bytes = std::string();
    for (auto i = 0; i < 258; ++i) {
      CHECK(base64_decode(base64url_encode(bytes), 1000) == bytes);
      CHECK(base64_decode(base64_encode(bytes), 1000) == bytes);
      bytes += static_cast<char>(i);
    }
  }

  TEST_CASE("what is not base64 is refused") {
    CHECK_FALSE(base64_decode("Zm9 v", 100));
    CHECK_FALSE(base64_decode("Zm9v\n", 100));
    CHECK_FALSE(base64_decode("Zm=9", 100));
    CHECK_FALSE(base64_decode("Zg===", 100));
    CHECK_FALSE(base64_decode("Z", 100));
    CHECK_FALSE(base64_decode("\xc3\xa9", 100));
  }

  TEST_CASE("spare bits must be zero, so that bytes have one spelling") {
    CHECK(base64_decode("Zg", 100) == "f");
    CHECK_FALSE(base64_decode("Zh", 100));
    CHECK_FALSE(base64_decode("Zm9", 100));
  }

  TEST_CASE("the bound counts characters") {
    CHECK(base64_decode("Zm9v", 4));
    CHECK_FALSE(base64_decode("Zm9v", 3));
  }
}
