#include "mock_graph/wire/framing.hpp"
#include "mock_graph/wire/gzip.hpp"
#include "mock_graph/wire/presentation.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

using namespace mock_graph;
using namespace mock_graph::wire;

namespace {

auto gunzipped(const std::string& bytes, std::size_t size) -> std::string {
  auto out = std::string(size + 1, '\0');
  auto stream = z_stream();
  REQUIRE(inflateInit2(&stream, MAX_WBITS + 16) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const auto status = inflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return status == Z_STREAM_END ? out : "not gzip";
}

auto whole(std::string body) -> reply {
  auto out = reply();
  out.response.status = 200;
  out.response.body = std::move(body);
  return out;
}

} // namespace

TEST_SUITE("presentation") {
  TEST_CASE("gzip gives back what went in, and the same bytes each time") {
    for (const auto size : {0U, 1U, 5'000U, 300'000U}) {
      auto text = std::string();
      for (auto i = 0U; i < size; ++i) {
        text.push_back(static_cast<char>('a' + (i * i) % 23));
      }
      CHECK(gunzipped(gzip(text), size) == text);
      CHECK(gzip(text) == gzip(text));
    }
  }

  TEST_CASE("Accept-Encoding is read with its weights") {
    CHECK(accepts_gzip("gzip"));
    CHECK(accepts_gzip("deflate, GZIP;q=0.5"));
    CHECK(accepts_gzip("*"));
    CHECK(accepts_gzip("br;q=1.0, *;q=0.1"));
    CHECK(!accepts_gzip(""));
    CHECK(!accepts_gzip("br, deflate"));
    CHECK(!accepts_gzip("gzip;q=0"));
    CHECK(!accepts_gzip("gzip; q=0.000, *"));
    CHECK(!accepts_gzip("*;q=0"));
  }

  TEST_CASE("unpacking gives back what was packed, within a bound, and nothing for anything else") {
    const auto text = std::string(300'000, 'a') + "end";
    CHECK(gunzip(gzip(text), text.size()) == text);
    CHECK(gunzip(gzip(""), 0) == "");
    CHECK(!gunzip(gzip(text), text.size() - 1));
    CHECK(!gunzip(gzip(text).substr(0, 50), text.size()));
    CHECK(!gunzip(gzip(text) + "x", text.size()));
    CHECK(!gunzip(text, text.size()));
    CHECK(!gunzip("", 100));
  }

  TEST_CASE("garbled bytes are no gzip, whatever they are made of") {
    CHECK(gunzipped(garble("hello"), 100) == "not gzip");
    CHECK(gunzipped(garble(""), 100) == "not gzip");
    CHECK(gunzipped(garble(gzip("hello")), 100) == "not gzip");
    CHECK(garble("hello").find("hello") == std::string::npos);
  }

  TEST_CASE("a small answer has a length, a large one chunks, a compressed one says so") {
    auto rules = framing_rules();
    CHECK(to_bytes(whole("hi"), rules) == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    const auto chunked = to_bytes(whole(std::string(20'000, 'x')), rules);
    CHECK(chunked.find("Transfer-Encoding: chunked\r\n\r\n4000\r\n") != std::string::npos);
    CHECK(chunked.ends_with("\r\n0\r\n\r\n"));
    rules.gzip = true;
    const auto packed = to_bytes(whole(std::string(20'000, 'x')), rules);
    CHECK(packed.find("Content-Encoding: gzip\r\nContent-Length: ") != std::string::npos);
    CHECK(packed.size() < 1'000);
    CHECK(to_bytes(whole(std::string(1'024, 'x')), rules).size() > 1'024);
  }

  TEST_CASE("a client of HTTP/1.0 gets a length and no chunks") {
    auto rules = framing_rules();
    rules.version = 10;
    const auto bytes = to_bytes(whole(std::string(20'000, 'x')), rules);
    CHECK(bytes.starts_with(
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 20000\r\n\r\nx"));
  }

  TEST_CASE("a cut answer announces everything and stops") {
    auto answer = whole(std::string(20'000, 'x'));
    answer.travel.how = delivery::kind::cut;
    answer.travel.cut_after = 3;
    auto rules = framing_rules();
    rules.gzip = true;
    CHECK(to_bytes(answer, rules) == "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nxxx");
  }

  TEST_CASE("a request that could smuggle a second one is not sendable") {
    auto query = seams::request{"GET", "https://a.example/x", {{"A", "b\tc"}}, ""};
    CHECK(is_sendable(query));
    query.fields.add("B", "x\r\nC: y");
    CHECK(!is_sendable(query));
    query.fields = {{"B:", "x"}};
    CHECK(!is_sendable(query));
    query.fields = {};
    for (const auto* url : {"https://",
                            "https://:80/",
                            "ftp://a/",
                            "https://me@a/",
                            "https://a:x/",
                            "https://a:0/",
                            "https://a:65536/",
                            "https://a:/",
                            "https://[::1/",
                            "https://[]/",
                            "https://[::1]x/",
                            "a/b",
                            "",
                            "https://a/b c",
                            "https://a/\r\nX: y"}) {
      query.url = url;
      CHECK(!is_sendable(query));
    }
  }

  TEST_CASE("an answer that HTTP cannot carry is a fault of the mock") {
    CHECK_THROWS_AS(as_client_sees("GET", reply()), std::logic_error);
    auto interim = whole("x");
    interim.response.status = 100;
    CHECK_THROWS_AS(as_client_sees("GET", interim), std::logic_error);
    auto split = whole("x");
    split.response.fields = {{"A", "b\r\nC: d"}};
    CHECK_THROWS_AS(as_client_sees("GET", split), std::logic_error);
  }

  TEST_CASE("no distortion touches a body that is not sent") {
    for (const auto how : {delivery::kind::cut, delivery::kind::undecodable}) {
      auto answer = whole("body");
      answer.travel.how = how;
      const auto seen = as_client_sees("HEAD", answer);
      CHECK(seen.travel.how == delivery::kind::whole);
      CHECK(seen.response.body.empty());
      CHECK(!seen.response.body_undecodable);
    }
  }
}
