#include "core/adapters/socket/request_text.hpp"

#include <doctest/doctest.h>

using namespace core::adapters;

TEST_SUITE("request_text") {
  TEST_CASE("a URL falls into authority, host, port and target") {
    const auto plain = split_url("https://Graph.Microsoft.com/v1.0/me?$top=1#part");
    REQUIRE(plain);
    CHECK(plain->encrypted);
    CHECK(plain->authority == "graph.microsoft.com");
    CHECK(plain->host == "graph.microsoft.com");
    CHECK(plain->port == 443);
    CHECK(plain->target == "/v1.0/me?$top=1");
    const auto with_port = split_url("http://a.example:8080?x");
    REQUIRE(with_port);
    CHECK(!with_port->encrypted);
    CHECK(with_port->authority == "a.example:8080");
    CHECK(with_port->port == 8080);
    CHECK(with_port->target == "/?x");
    const auto numbers = split_url("https://[::1]:81");
    REQUIRE(numbers);
    CHECK(numbers->host == "::1");
    CHECK(numbers->authority == "[::1]:81");
    CHECK(numbers->port == 81);
    CHECK(split_url("http://a")->port == 80);
  }

  TEST_CASE("what is not an absolute http URL is refused") {
    for (const auto* url : {"",
                            "/",
                            "a.example/x",
                            "https://",
                            "https:///x",
                            "ftp://a/",
                            "https://:1/",
                            "https://a:/",
                            "https://a:0/",
                            "https://a:65536/",
                            "https://a:1x/",
                            "https://user:pw@a/",
                            "https://a/b c",
                            "https://a/\r\nX: y",
                            "https://[::1/",
                            "https://[::1]x/",
                            "https://[]/"}) {
      CAPTURE(url);
      CHECK(!split_url(url));
    }
  }

  TEST_CASE("fields of the connection are ours, the others go through in order") {
    const auto to = split_url("https://a.example/x").value();
    const auto query =
        seams::request{"POST",
                       "https://a.example/x",
                       {{"B", "1"}, {"host", "evil"}, {"content-length", "9"}, {"A", "2"}},
                       "body"};
    CHECK(request_text(query, to, true) ==
          "POST /x HTTP/1.1\r\nHost: a.example\r\nB: 1\r\nA: 2\r\nAccept-Encoding: gzip\r\n"
          "Content-Length: 4\r\n\r\nbody");
    const auto bare = seams::request{"GET", "https://a.example/x", {}, ""};
    CHECK(request_text(bare, to, false) == "GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n");
    const auto empty = seams::request{"POST", "https://a.example/x", {}, ""};
    CHECK(request_text(empty, to, false) ==
          "POST /x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0\r\n\r\n");
  }

  TEST_CASE("a field or method that could smuggle another one in is not sendable") {
    auto query = seams::request{"GET", "https://a/", {{"X-Y", "tab\tand \xc3\xa4"}}, ""};
    CHECK(is_sendable(query));
    query.fields = {{"X", "a\nB: c"}};
    CHECK(!is_sendable(query));
    query.fields = {{"X\r\nY", "a"}};
    CHECK(!is_sendable(query));
    query.fields = {{"", "a"}};
    CHECK(!is_sendable(query));
    query.fields = {};
    query.method = "GET /x";
    CHECK(!is_sendable(query));
  }
}
