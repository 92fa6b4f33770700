#include "mock_graph/wire/gzip.hpp"
#include "tests/mock_graph/wire/wire_world.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

using namespace wire_tests;
using namespace std::chrono_literals;

namespace {

auto echo(const seams::request& query) -> mock_graph::reply {
  if (query.url.ends_with("/broken")) {
    throw std::logic_error("the service is broken");
  }
  auto out = mock_graph::reply();
  out.response.status = 200;
  out.response.body = query.method + " " + query.url + " " + std::to_string(query.body.size());
  if (query.url.ends_with("/large")) {
    out.response.body += std::string(20'000, '.');
  }
  if (query.url.ends_with("/slow")) {
    out.travel.delay = 30s;
  }
  return out;
}

/// Sends bytes as they are and collects all that comes back until the server closes.
auto talk(wire_world& world, std::string bytes, std::string& out) -> net::awaitable<void> {
  auto socket = net::ip::tcp::socket(world.context);
  co_await socket.async_connect(world.server->endpoint(), net::use_awaitable);
  auto wire = seams::counted_stream(std::move(socket), &world.meter, seams::wire_side::client);
  auto error = boost::system::error_code();
  const auto from = net::buffer(bytes);
  co_await net::async_write(wire, from, net::redirect_error(net::use_awaitable, error));
  const auto into = net::dynamic_buffer(out);
  co_await net::async_read(wire, into, net::redirect_error(net::use_awaitable, error));
}

auto answer_to(const std::string& bytes) -> std::string {
  auto world = wire_world(wire_kind::tcp, echo);
  auto out = std::string();
  world.spawn(talk(world, bytes, out));
  CHECK(world.run() == seams::stop_reason::stuck);
  return out;
}

auto ok(const std::string& body, const std::string& connection) -> std::string {
  return "200 OK\r\n" + connection + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

const auto closing = std::string("Connection: close\r\n");

} // namespace

TEST_SUITE("server") {
  TEST_CASE("Host and target make the URL, the connection closes when asked to") {
    CHECK(answer_to("GET /v1.0/me?x=1 HTTP/1.1\r\nHost: Graph.Microsoft.com\r\n"
                    "Connection: close\r\n\r\n") ==
          "HTTP/1.1 " + ok("GET https://graph.microsoft.com/v1.0/me?x=1 0", closing));
  }

  TEST_CASE("two hosts share a port, and requests may follow each other at once") {
    CHECK(answer_to("GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n"
                    "GET /x HTTP/1.1\r\nHost: b.example:81\r\nConnection: close\r\n\r\n") ==
          "HTTP/1.1 " + ok("GET https://a.example/x 0", "") + "HTTP/1.1 " +
              ok("GET https://b.example:81/x 0", closing));
  }

  TEST_CASE("HTTP/1.0 closes unless told otherwise") {
    CHECK(answer_to("GET / HTTP/1.0\r\nHost: a\r\n\r\n") ==
          "HTTP/1.0 " + ok("GET https://a/ 0", closing));
    CHECK(answer_to("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"
                    "GET /2 HTTP/1.0\r\nHost: a\r\n\r\n") ==
          "HTTP/1.0 " + ok("GET https://a/ 0", "Connection: keep-alive\r\n") + "HTTP/1.0 " +
              ok("GET https://a/2 0", closing));
  }

  TEST_CASE("HTTP/1.0 gets its length and no chunks, packed or not, and needs a host") {
    const auto head = std::string("GET /large HTTP/1.0\r\nHost: a\r\n");
    const auto plain = answer_to(head + "\r\n");
    CHECK(plain == "HTTP/1.0 " + ok("GET https://a/large 0" + std::string(20'000, '.'), closing));
    const auto packed = answer_to(head + "Accept-Encoding: gzip\r\n\r\n");
    CHECK(packed.find("Content-Encoding: gzip\r\nContent-Length: ") != std::string::npos);
    CHECK(packed.find("chunked") == std::string::npos);
    CHECK(answer_to("GET /large HTTP/1.0\r\n\r\n").starts_with("HTTP/1.1 400 "));
    CHECK(answer_to("GET https://b.example/x HTTP/1.0\r\n\r\n") ==
          "HTTP/1.0 " + ok("GET https://b.example/x 0", closing));
  }

  TEST_CASE("a connection carries many requests, asked for in any case, until one closes it") {
    auto world = wire_world(wire_kind::tcp, echo);
    auto requests = std::string();
    for (const auto* field : {"",
                              "Connection: Keep-Alive\r\n",
                              "connection: KEEP-ALIVE\r\n",
                              "Keep-Alive: timeout=5\r\n",
                              "Connection: Close\r\n",
                              ""}) {
      requests += std::string("GET /x HTTP/1.1\r\nHost: a\r\n") + field + "\r\n";
    }
    auto out = std::string();
    world.spawn(talk(world, requests, out));
    CHECK(world.run() == seams::stop_reason::stuck);
    CHECK(world.server->accepted() == 1);
    CHECK(world.api.asked == 5);
  }

  TEST_CASE("answers are packed for those who accept it, by either name") {
    const auto is_packed = [](const std::string& accepted) {
      return answer_to("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                       "Accept-Encoding: " +
                       accepted + "\r\n\r\n")
                 .find("Content-Encoding: gzip\r\n") != std::string::npos;
    };
    for (const auto* yes :
         {"gzip", "GZIP, deflate, br", "deflate;q=1, gzip;q=0.1", "x-gzip", "*"}) {
      CAPTURE(yes);
      CHECK(is_packed(yes));
    }
    for (const auto* no : {"identity", "br, deflate", "gzip;q=0", ""}) {
      CAPTURE(no);
      CHECK(!is_packed(no));
    }
  }

  TEST_CASE("a packed request is unpacked, what is no gzip refused, and other codings too") {
    const auto post = [](const std::string& coding, const std::string& body) {
      return answer_to(
          "POST /p HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Encoding: " + coding +
          "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    };
    const auto body = std::string(5'000, 'b');
    const auto taken = "HTTP/1.1 " + ok("POST https://a/p 5000", closing);
    CHECK(post("gzip", mock_graph::wire::gzip(body)) == taken);
    CHECK(post("X-GZIP", mock_graph::wire::gzip(body)) == taken);
    CHECK(post("identity", body) == taken);
    CHECK(post("gzip", body).starts_with("HTTP/1.1 400 "));
    CHECK(post("br", body).starts_with("HTTP/1.1 415 "));
  }

  TEST_CASE("chunked requests and expectations are understood") {
    CHECK(answer_to("POST /p HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") ==
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 " + ok("POST https://a/p 5", closing));
  }

  TEST_CASE("an absolute target outranks the Host field") {
    CHECK(answer_to("GET http://b.example/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") ==
          "HTTP/1.1 " + ok("GET http://b.example/x 0", closing));
  }

  TEST_CASE("what is not HTTP is refused with 400, what is too long with 431 or 413") {
    const auto refused = [](const std::string& status) {
      return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    };
    CHECK(answer_to("hello\r\n\r\n") == refused("400 Bad Request"));
    CHECK(answer_to("GET / HTTP/1.1\r\n\r\n") == refused("400 Bad Request"));
    CHECK(answer_to("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") == refused("400 Bad Request"));
    CHECK(answer_to("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n") ==
          refused("400 Bad Request"));
    CHECK(answer_to("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n") ==
          refused("431 Request Header Fields Too Large"));
    CHECK(answer_to("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 33554433\r\n\r\nabc") ==
          refused("413 Payload Too Large"));
  }

  TEST_CASE("a request that ends in two places is refused, and what follows it is not answered") {
    const auto answers_to = [](const std::string& fields) {
      const auto out = answer_to("POST / HTTP/1.1\r\nHost: a\r\n" + fields +
                                 "\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n");
      CHECK(out.starts_with("HTTP/1.1 400 Bad Request"));
      return out;
    };
    for (const auto* fields : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                               "Content-Length: 5\r\nContent-Length: 6\r\n",
                               "Transfer-Encoding: xchunked\r\n",
                               "Transfer-Encoding: chunked, identity\r\n"}) {
      CAPTURE(fields);
      CHECK(answers_to(fields).find("hidden") == std::string::npos);
    }
  }

  TEST_CASE("pipelined bytes do not shorten the wait for a slow answer") {
    auto world = wire_world(wire_kind::tcp, echo);
    auto out = std::string();
    world.spawn(talk(world,
                     "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
                     "GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                     out));
    CHECK(world.run() == seams::stop_reason::stuck);
    CHECK(world.time.elapsed() == 30s);
    CHECK(out.find("https://a/slow") < out.find("https://a/2"));
  }

  TEST_CASE("an exception of the service ends the run") {
    auto world = wire_world(wire_kind::tcp, echo);
    auto out = std::string();
    world.spawn(talk(world, "GET /broken HTTP/1.1\r\nHost: a\r\n\r\n", out));
    CHECK_THROWS_AS(world.run(), std::logic_error);
  }

  TEST_CASE("a stopped server closes its connections and takes no new ones") {
    auto world = wire_world(wire_kind::tcp, echo);
    auto out = std::string();
    world.spawn(talk(world, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", out));
    world.run();
    CHECK(world.server->accepted() == 1);
    const auto address = world.server->endpoint();
    world.server->stop();
    CHECK(world.run() == seams::stop_reason::stuck);
    CHECK(!out.empty());
    auto late = net::ip::tcp::socket(world.context);
    auto error = boost::system::error_code();
    late.connect(address, error);
    CHECK(error == net::error::connection_refused);
  }
}
