#include "core/http/links.hpp"

#include <doctest/doctest.h>

using namespace core::http;

namespace {

const auto root = std::string("https://graph.microsoft.com");

} // namespace

TEST_SUITE("links") {
  TEST_CASE("links of the API itself are followed") {
    CHECK(is_below("https://graph.microsoft.com/v1.0/x?$skip=2", root));
    CHECK(is_below("https://GRAPH.Microsoft.com/x", root));
    CHECK(is_below("HTTPS://graph.microsoft.com:443/x", root));
    CHECK(is_below("https://localhost:8443/x", "https://localhost:8443"));
  }

  TEST_CASE("whatever looks like the API but is not is refused") {
    for (const auto* link : {"https://graph.microsoft.com.evil.example/x",
                             "https://graph.microsoft.com@evil.example/x",
                             "https://graph.microsoft.com:443@evil.example/x",
                             "https://evil.example/https://graph.microsoft.com/x",
                             "https://graph.microsoft.com\\@evil.example/x",
                             "https://graph.microsoft.com\\x",
                             "https://graph.microsoft.com:8443/x",
                             "https://graph.microsoft.com",
                             "https://graph.microsoft.com?x=/",
                             "https:///x",
                             "https://",
                             "http://graph.microsoft.com/x",
                             "//graph.microsoft.com/x",
                             "/v1.0/x",
                             "https://graph.microsoft.com/x\r\nHost: evil.example",
                             "https://graph.microsoft.com/a b",
                             "https://gr\xc3\xa4ph.microsoft.com/x",
                             ""}) {
      CAPTURE(link);
      CHECK_FALSE(is_below(link, root));
    }
    CHECK_FALSE(is_below(root + "/" + std::string(link_bytes_max, 'x'), root));
    CHECK_FALSE(is_below("https://localhost/x", "https://localhost:8443"));
  }

  TEST_CASE("a chain names foreign links, rings and walks without end") {
    auto pages = chain(root);
    CHECK(pages.follow(root + "/1").has_value());
    CHECK(pages.follow(root + "/2").has_value());
    CHECK(pages.follow(root + "/1").error().code == "endless_chain");
    CHECK(pages.follow("https://evil.example/").error().code == "foreign_link");
    CHECK(pages.pages() == 2);
  }

  TEST_CASE("a chain of ever new links ends") {
    auto pages = chain(root);
    auto followed = std::size_t{0};
    while (followed < 50'000 && pages.follow(root + "/" + std::to_string(followed))) {
      ++followed;
    }
    CHECK(followed == page_count_max);
  }
}
