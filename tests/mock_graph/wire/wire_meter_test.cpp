#include "core/seams/counted_stream.hpp"
#include "mock_graph/wire/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <array>
#include <optional>

using seams::counted_stream;
using seams::wire_side;

namespace {

namespace net = boost::asio;
using boost::system::error_code;

/// Two connected ends under one meter; the world is idle when `poll` finds nothing.
class counted_pair {
public:
  counted_pair() {
    auto listening = mock_graph::wire::listen_on_loopback(context);
    auto socket = net::ip::tcp::socket(context);
    socket.connect(listening.local_endpoint());
    client.emplace(std::move(socket), &meter, wire_side::client);
    accept_was_due = total.any();
    server.emplace(listening.accept(), &meter, wire_side::server);
  }

  void settle() {
    context.restart();
    while (context.poll() != 0 || total.any()) {
      context.restart();
      context.run_one_for(std::chrono::milliseconds(50));
      context.restart();
    }
  }
  void read_at(std::optional<counted_stream>& end) {
    end->async_read_some(net::buffer(scratch), [this](error_code error, std::size_t amount) {
      got = amount;
      seen = error;
    });
  }
  void write_at(std::optional<counted_stream>& end, std::size_t amount) {
    sent.assign(amount, 'x');
    net::async_write(
        *end, net::buffer(sent), [this](error_code error, std::size_t) { written = !error; });
  }

  seams::in_flight total;
  seams::wire_meter meter{total};
  net::io_context context{1};
  std::optional<counted_stream> client;
  std::optional<counted_stream> server;
  bool accept_was_due = false;
  std::string sent;
  std::array<char, 100> scratch{};
  std::optional<std::size_t> got;
  error_code seen;
  bool written = false;
};

} // namespace

TEST_SUITE("wire_meter") {
  TEST_CASE("a connection that waits to be accepted holds the world") {
    auto pair = counted_pair();
    CHECK(pair.accept_was_due);
    CHECK(!pair.total.any());
  }

  TEST_CASE("bytes count while somebody waits for them, and no longer") {
    auto pair = counted_pair();
    pair.write_at(pair.client, 50);
    pair.settle();
    CHECK(pair.written);
    CHECK(!pair.total.any()); // nobody reads
    pair.read_at(pair.server);
    CHECK(pair.total.any());
    pair.settle();
    CHECK(pair.got == 50);
    pair.read_at(pair.server);
    CHECK(!pair.total.any()); // nothing to read
  }

  TEST_CASE("the end of a connection counts for a peer that waits") {
    auto pair = counted_pair();
    pair.read_at(pair.client);
    pair.settle();
    pair.server->finish();
    CHECK(pair.total.any());
    pair.settle();
    CHECK(pair.seen == net::error::eof);
  }

  TEST_CASE("a reset counts for a peer that waits") {
    auto pair = counted_pair();
    pair.read_at(pair.client);
    pair.settle();
    pair.server->close(true);
    CHECK(pair.total.any());
    pair.settle();
    CHECK(pair.seen == net::error::connection_reset);
  }

  TEST_CASE("bytes that nobody will read any more do not hold the world") {
    auto pair = counted_pair();
    pair.write_at(pair.server, 5'000);
    pair.settle();
    pair.read_at(pair.client);
    pair.settle();
    CHECK(pair.got == 100);
    pair.client.reset();
    CHECK(!pair.total.any());
    pair.read_at(pair.server);
    pair.settle();
    CHECK(pair.seen); // the kernel says so: bytes were left unread
  }

  TEST_CASE("a write into a full pipe counts once its reader wakes up, or goes") {
    for (const auto reader_goes : {false, true}) {
      auto pair = counted_pair();
      pair.write_at(pair.server, 30'000'000);
      pair.settle();
      CHECK(!pair.written);
      CHECK(!pair.total.any());
      if (reader_goes) {
        pair.client->close();
      } else {
        pair.read_at(pair.client);
      }
      CHECK(pair.total.any());
      pair.settle();
      CHECK(pair.got.has_value() == !reader_goes);
    }
  }

  TEST_CASE("streams may outlive their meter, and need none") {
    auto total = seams::in_flight();
    auto context = net::io_context(1);
    auto listening = mock_graph::wire::listen_on_loopback(context);
    auto meter = std::make_optional<seams::wire_meter>(total);
    auto socket = net::ip::tcp::socket(context);
    socket.connect(listening.local_endpoint());
    auto client = counted_stream(std::move(socket), &*meter, wire_side::client);
    auto server = counted_stream(listening.accept(), nullptr, wire_side::server);
    CHECK(client.peek() == counted_stream::finding::nothing);
    meter.reset();
    client.close();
    CHECK(server.peek() == counted_stream::finding::closed);
  }
}
