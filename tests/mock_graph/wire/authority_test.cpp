#include "tests/mock_graph/wire/wire_world.hpp"

#include <doctest/doctest.h>

using namespace wire_tests;
using namespace std::chrono_literals;
using mock_graph::wire::authority;
using mock_graph::wire::certificate_plan;

namespace {

auto hello(const seams::request&) -> mock_graph::reply {
  return text_reply(200, "hello");
}

auto note_outcome(wire_world& world, std::string url, std::string& out) -> net::awaitable<void> {
  const auto outcome = co_await world.client->exchange(get(std::move(url)));
  out = outcome ? outcome->body : outcome.error().code + ": " + outcome.error().why;
}

auto ask(wire_world& world, const std::string& url) -> std::string {
  auto out = std::string();
  world.spawn(note_outcome(world, url, out));
  CHECK(world.run() == seams::stop_reason::stuck);
  return out;
}

auto short_lived() -> certificate_plan {
  auto plan = certificate_plan();
  plan.hosts = {"graph.microsoft.com"};
  plan.not_before = start - 24h;
  plan.not_after = start + 24h;
  return plan;
}

} // namespace

TEST_SUITE("authority") {
  TEST_CASE("names on the certificate are believed, wildcards and addresses included") {
    auto world = wire_world(wire_kind::tls, hello);
    CHECK(ask(world, "https://graph.microsoft.com/") == "hello");
    CHECK(ask(world, "https://manage.office.com/") == "hello");
    CHECK(ask(world, "https://127.0.0.1/") == "hello");
    CHECK(ask(world, "https://[::1]/") == "hello");
    CHECK(ask(world, "https://localhost:9/") == "hello");
    CHECK(world.server->accepted() == 5);
  }

  TEST_CASE("a certificate for another host is refused, and the service is not asked") {
    auto world = wire_world(wire_kind::tls, hello);
    const auto outcome = ask(world, "https://login.microsoftonline.com/");
    CHECK(outcome.starts_with("tls_failed: "));
    CHECK(outcome.find("hostname mismatch") != std::string::npos);
    CHECK(ask(world, "https://127.0.0.2/").starts_with("tls_failed: "));
    CHECK(world.api.asked == 0);
  }

  TEST_CASE("a certificate counts as expired by virtual time, not by the system's") {
    const auto made = authority(short_lived());
    auto options = world_options();
    options.authority = &made;
    auto early = wire_world(wire_kind::tls, hello, options);
    CHECK(ask(early, "https://graph.microsoft.com/") == "hello");
    options.begin = start + 25h;
    auto late = wire_world(wire_kind::tls, hello, options);
    CHECK(ask(late, "https://graph.microsoft.com/") == "tls_failed: certificate has expired");
    options.begin = start - 25h;
    auto too_early = wire_world(wire_kind::tls, hello, options);
    CHECK(ask(too_early, "https://graph.microsoft.com/") ==
          "tls_failed: certificate is not yet valid");
  }

  TEST_CASE("a root that nobody was told of is not believed") {
    const auto stranger = authority(short_lived());
    auto world = wire_world(wire_kind::tls, hello);
    world.client = world.make_client(wire_kind::tls, true, stranger);
    CHECK(ask(world, "https://graph.microsoft.com/").starts_with("tls_failed: "));
  }

  TEST_CASE("TLS towards a server that speaks plain text fails as TLS") {
    auto world = wire_world(wire_kind::tcp, hello);
    world.client = world.make_client(wire_kind::tls, true, authority_of_tests());
    CHECK(ask(world, "https://graph.microsoft.com/").starts_with("tls_failed: "));
  }
}
