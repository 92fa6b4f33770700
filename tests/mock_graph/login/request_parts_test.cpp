#include "mock_graph/login/request_parts.hpp"

#include <doctest/doctest.h>

using namespace mock_graph::login;

TEST_SUITE("login/request_parts") {
  TEST_CASE("a URL comes apart into base, host, decoded segments and raw query") {
    const auto url = split_url("HTTPS://Login.Example:8443/a%2Fb/v2.0/token?x=1&y=?#part");
    REQUIRE(url);
    CHECK(url->base == "https://login.example:8443");
    CHECK(url->authority == "login.example:8443");
    CHECK(url->host == "login.example");
    CHECK(url->path == std::vector<std::string>{"a/b", "v2.0", "token"});
    CHECK(url->query == "x=1&y=?");
  }

  TEST_CASE("the default port of the scheme is dropped, another one kept") {
    CHECK(split_url("https://h:443/a")->base == "https://h");
    CHECK(split_url("http://h:443/a")->base == "http://h:443");
    CHECK(split_url("http://h:80/a")->base == "http://h");
  }

  TEST_CASE("an IPv6 host keeps its brackets") {
    const auto url = split_url("https://[::1]:9000/a");
    REQUIRE(url);
    CHECK(url->host == "[::1]");
    CHECK(url->authority == "[::1]:9000");
  }

  TEST_CASE("what is no absolute web address is refused") {
    for (const auto* text : {"",
                             "https",
                             "http",
                             "https:/",
                             "https://",
                             "https://:443/a",
                             "/a/b",
                             "ftp://h/a",
                             "https://h\x01/a"}) {
      CAPTURE(text);
      CHECK_FALSE(split_url(text));
    }
    CHECK_FALSE(split_url("https://h/" + std::string(9000, 'a')));
  }

  TEST_CASE("form fields are decoded, with the oddities of real clients") {
    const auto fields = parse_form("a=1+2&b=%2B%25&c=50%&d=x=y&telemetry=5|771,2,,,|,&&sp=a b");
    REQUIRE(fields);
    CHECK(*field(*fields, "a") == "1 2");
    CHECK(*field(*fields, "b") == "+%");
    CHECK(*field(*fields, "c") == "50%");
    CHECK(*field(*fields, "d") == "x=y");
    CHECK(*field(*fields, "telemetry") == "5|771,2,,,|,");
    CHECK(*field(*fields, "sp") == "a b");
    CHECK(field(*fields, "e") == nullptr);
  }

  TEST_CASE("a malformed or boundless form is refused") {
    CHECK_FALSE(parse_form("a=1&a=2"));
    CHECK_FALSE(parse_form("{\"grant_type\":\"x\"}"));
    CHECK_FALSE(parse_form("a=%00"));
    CHECK_FALSE(parse_form("a=1\r\n"));
    CHECK_FALSE(parse_form("a=" + std::string(70'000, 'x')));
    auto many = std::string();
    for (auto i = 0; i < 101; ++i) {
      many += "&f" + std::to_string(i) + "=1";
    }
    CHECK_FALSE(parse_form(many));
  }

  TEST_CASE("HTTP Basic gives both halves form-decoded") {
    // "app:s%2Bc ret:x" with the secret form-encoded once
    const auto given = parse_basic({{"authorization", "basic YXBwOnMlMkJjK3JldDp4"}});
    REQUIRE(given);
    CHECK(given->user == "app");
    CHECK(given->password == "s+c ret:x");
    CHECK_FALSE(parse_basic({{"Authorization", "Bearer YTpi"}}));
    CHECK_FALSE(parse_basic({{"Authorization", "Basic !!"}}));
    CHECK_FALSE(parse_basic({{"Authorization", "Basic YWI="}}));
    CHECK_FALSE(parse_basic({}));
  }

  TEST_CASE("a GUID has its dashes where they belong") {
    CHECK(is_guid("00000003-0000-0000-C000-000000000000"));
    CHECK_FALSE(is_guid("00000003-0000-0000-c000-00000000000"));
    CHECK_FALSE(is_guid("00000003-0000-0000-c000-00000000000g"));
    CHECK_FALSE(is_guid("000000030-000-0000-c000-000000000000"));
  }
}
