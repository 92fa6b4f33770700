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
