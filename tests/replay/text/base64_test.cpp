#include "replay/text/base64.hpp"

#include <doctest/doctest.h>

namespace {

using namespace replay::text;

TEST_SUITE("base64") {
  TEST_CASE("the vectors of RFC 4648 go both ways") {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
      CAPTURE(text);
      CHECK(to_base64(bytes) == text);
      CHECK(from_base64(text) == bytes);
    }
  }

  TEST_CASE("each form is told from its text and comes back") {
    const auto bytes = std::string("\xfb\xff\xbf\xfe?>");
    for (const auto how : {base64_form::plain, base64_form::url}) {
      const auto text = to_base64(bytes, how);
      CHECK(form_of(text) == how);
      CHECK(from_base64(text) == bytes);
    }
    CHECK(form_of("Zg") == base64_form::plain_unpadded);
    CHECK(form_of("-w==") == base64_form::url_padded);
  }

  TEST_CASE("mixed alphabets, wrong padding and other characters are no base64") {
    for (const auto* text : {"a+b_", "Zg=", "Z", "Zg===", "Zm 9v", "Z=g="}) {
      CAPTURE(text);
      CHECK_FALSE(from_base64(text).has_value());
    }
  }
}

} // namespace
