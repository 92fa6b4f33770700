#include "core/adapters/socket/socket_transport.hpp"
#include "core/seams/counted_stream.hpp"
#include "core/seams/virtual_clock.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <vector>

using namespace core::adapters;
using namespace std::chrono_literals;

namespace {

namespace net = boost::asio;
using net::ip::tcp;

/// A peer that answers each request with the next of some prepared texts, whatever was asked, and
/// closes the connection after those that end with the mark.
const auto then_close = std::string("<close>");

class scripted_peer {
public:
  explicit scripted_peer(std::vector<std::string> script) : script_(std::move(script)) {
    run(accept_all());
  }

  void run(net::awaitable<void> what) {
    net::co_spawn(context, std::move(what), [](const std::exception_ptr& thrown) {
      if (thrown) {
        std::rethrow_exception(thrown);
      }
    });
  }
  void renew_client() { client.emplace(time, how); }
  auto options() -> socket_options {
    auto out = socket_options();
    out.find = [this](auto host, auto) {
      return host == "nowhere" ? std::nullopt : std::optional(acceptor.local_endpoint());
    };
    out.secure = encryption::never;
    out.meter = &meter;
    out.idle_per_origin_max = 2;
    out.decoded_bytes_max = 50'000;
    out.limits.body_bytes = 50'000;
    return out;
  }
  /// What the transport makes of the next answer.
  auto ask(std::string method = "GET", std::string url = "http://peer/") -> std::string {
    auto out = std::string("nothing");
    run(note(seams::request{std::move(method), std::move(url), {}, ""}, out));
    const auto bounds = seams::loop_bounds{48h, [] { return false; }};
    seams::run_until(context, time, total, bounds);
    return out;
  }

  seams::in_flight total;
  seams::wire_meter meter{total};
  net::io_context context{1};
  seams::virtual_clock time{seams::instant{}};
  tcp::acceptor acceptor{context, tcp::endpoint(net::ip::address_v4::loopback(), 0)};
  socket_options how = options();
  std::optional<socket_transport> client{std::in_place, time, how};
  std::vector<std::string> requests;
  int accepted = 0;

private:
  auto accept_all() -> net::awaitable<void> {
    for (;;) {
      auto socket = co_await acceptor.async_accept(net::use_awaitable);
      ++accepted;
      run(serve(counted(std::move(socket))));
    }
  }
  auto counted(tcp::socket socket) -> seams::counted_stream {
    return {std::move(socket), &meter, seams::wire_side::server};
  }
  auto serve(seams::counted_stream wire) -> net::awaitable<void> {
    auto text = std::string();
    for (auto open = true; open;) {
      auto error = boost::system::error_code();
      auto buffer = net::dynamic_buffer(text);
      const auto size = co_await net::async_read_until(
          wire, buffer, "\r\n\r\n", net::redirect_error(net::use_awaitable, error));
      if (error) {
        co_return;
      }
      requests.push_back(text.substr(0, size));
      text.erase(0, size);
      auto answer = script_.at(next_++);
      open = !answer.ends_with(then_close);
      answer.resize(answer.size() - (open ? 0 : then_close.size()));
      const auto from = net::buffer(answer);
      co_await net::async_write(wire, from, net::redirect_error(net::use_awaitable, error));
    }
  }
  auto note(seams::request query, std::string& out) -> net::awaitable<void> {
    auto outcome = co_await client->exchange(std::move(query));
    out = outcome ? std::to_string(outcome->status) + (outcome->body_undecodable ? "!" : "") + " " +
                        outcome->body
                  : outcome.error().code;
  }

  std::vector<std::string> script_;
  std::size_t next_ = 0;
};

const auto ok = std::string("HTTP/1.1 200 OK\r\n");

auto sized(const std::string& body, const std::string& fields = "") -> std::string {
  return ok + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

auto outcome_of(const std::string& answer, std::string method = "GET") -> std::string {
  auto peer = scripted_peer({answer});
  return peer.ask(std::move(method));
}

} // namespace

TEST_SUITE("socket_transport") {
  TEST_CASE("bodies end by length, by chunks, by the end of the connection, or are absent") {
    CHECK(outcome_of(sized("abc")) == "200 abc");
    CHECK(outcome_of(ok + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\n"
                          "Trailer: t\r\n\r\n") == "200 abc");
    CHECK(outcome_of(ok + "\r\nuntil the end" + then_close) == "200 until the end");
    CHECK(outcome_of("HTTP/1.1 204 No Content\r\n\r\n") == "204 ");
    CHECK(outcome_of("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n") == "304 ");
    CHECK(outcome_of(ok + "Content-Length: 5\r\n\r\n", "HEAD") == "200 ");
  }

  TEST_CASE("interim answers are skipped, but not for ever") {
    CHECK(outcome_of("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" +
                     sized("abc")) == "200 abc");
    auto endless = std::string();
    for (auto i = 0; i < 20; ++i) {
      endless += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    CHECK(outcome_of(endless) == "answer_malformed");
  }

  TEST_CASE("each way to fail has its code") {
    CHECK(outcome_of(then_close) == "connection_reset");
    CHECK(outcome_of("HTTP/1.1 20" + then_close) == "answer_cut");
    CHECK(outcome_of(ok + "Content-Length: 5\r\n\r\nabc" + then_close) == "answer_cut");
    CHECK(outcome_of(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nab" + then_close) ==
          "answer_cut");
    CHECK(outcome_of("SSH-2.0-x\r\n\r\n") == "answer_malformed");
    CHECK(outcome_of(ok + "Content-Length: x\r\n\r\n") == "answer_malformed");
    CHECK(outcome_of(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n") == "answer_malformed");
    CHECK(outcome_of(ok + "X: " + std::string(70'000, 'x') + "\r\n\r\n") == "answer_malformed");
    CHECK(outcome_of(sized(std::string(50'001, 'x'))) == "answer_too_large");
    CHECK(outcome_of(ok + "Content-Length: 99999999999\r\n\r\n") == "answer_too_large");
  }

  TEST_CASE("a coding that the bytes do not follow leaves them as they came") {
    CHECK(outcome_of(sized("plain", "Content-Encoding: gzip\r\n")) == "200! plain");
    CHECK(outcome_of(sized("plain", "Content-Encoding: br\r\n")) == "200! plain");
    CHECK(outcome_of(sized("plain", "Content-Encoding: identity\r\n")) == "200 plain");
    CHECK(outcome_of(sized("", "Content-Encoding: gzip\r\n")) == "200 ");
  }

  TEST_CASE("without a route or a listener there is no connection, without roots no TLS") {
    auto peer = scripted_peer({});
    CHECK(peer.ask("GET", "http://nowhere/") == "connect_failed");
    CHECK(peer.ask("GET", "ftp://peer/") == "connect_failed");
    peer.how.secure = encryption::as_url_says;
    peer.renew_client();
    CHECK(peer.ask("GET", "https://peer/") == "tls_failed");
    peer.how.find = [](auto, auto) {
      return tcp::endpoint(net::ip::address_v4::loopback(), 1); // tcpmux: nobody listens
    };
    peer.renew_client();
    CHECK(peer.ask() == "connect_failed");
    CHECK(peer.accepted == 0);
  }

  TEST_CASE("a connection is used again, until its peer asks to close or has closed") {
    auto peer = scripted_peer({sized("1"),
                               sized("2", "Connection: close\r\n"),
                               sized("3") + then_close,
                               sized("4"),
                               sized("5") + "unexpected",
                               sized("6")});
    CHECK(peer.ask() == "200 1");
    CHECK(peer.ask() == "200 2");
    CHECK(peer.accepted == 1);
    CHECK(peer.ask() == "200 3");
    CHECK(peer.accepted == 2);
    CHECK(peer.ask() == "200 4"); // the third was seen to be closed
    CHECK(peer.accepted == 3);
    CHECK(peer.ask() == "200 5");
    CHECK(peer.ask() == "200 6"); // what came after the fifth is no answer to the sixth
    CHECK(peer.accepted == 4);
  }

  TEST_CASE("origins do not share connections") {
    auto peer = scripted_peer({sized("1"), sized("2"), sized("3")});
    peer.ask("GET", "http://a/x");
    peer.ask("GET", "http://b/x");
    peer.ask("GET", "http://a/y");
    CHECK(peer.accepted == 2);
    CHECK(peer.requests.back().starts_with("GET /y HTTP/1.1\r\nHost: a\r\n"));
  }

  TEST_CASE("nothing is sent twice") {
    auto peer = scripted_peer({sized("1"), then_close, sized("never asked for")});
    CHECK(peer.ask() == "200 1");
    CHECK(peer.ask() == "connection_reset");
    CHECK(peer.requests.size() == 2);
  }
}
