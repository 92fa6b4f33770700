#pragma once
// A small world for tests: one service, one client, one of the three wires between them.
#include "core/adapters/socket/socket_transport.hpp"
#include "core/seams/virtual_clock.hpp"
#include "mock_graph/wire/authority.hpp"
#include "mock_graph/wire/memory_wire.hpp"
#include "mock_graph/wire/server.hpp"

#include <boost/asio/co_spawn.hpp>

#include <functional>
#include <optional>
#include <string>

namespace wire_tests {

namespace net = boost::asio;

inline constexpr auto start =
    seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

enum class wire_kind { memory, tcp, tls };
inline constexpr auto wire_kinds = {wire_kind::memory, wire_kind::tcp, wire_kind::tls};

/// Answers by a function and counts how often it was asked.
class function_service final : public mock_graph::service {
public:
  using answerer = std::function<mock_graph::reply(const seams::request&)>;

  explicit function_service(answerer how) : how_(std::move(how)) {}

  auto answer(const seams::request& query) -> mock_graph::reply override {
    ++asked;
    return how_(query);
  }

  int asked = 0;

private:
  answerer how_;
};

inline auto authority_of_tests() -> const mock_graph::wire::authority& {
  static const auto made = [] {
    auto plan = mock_graph::wire::certificate_plan();
    plan.hosts = {"graph.microsoft.com", "*.office.com"};
    return mock_graph::wire::authority(plan);
  }();
  return made;
}

inline auto text_reply(int status, std::string body) -> mock_graph::reply {
  auto out = mock_graph::reply();
  out.response.status = status;
  out.response.fields = {{"Content-Type", "text/plain"}, {"request-id", "7"}};
  out.response.body = std::move(body);
  return out;
}

inline auto get(std::string url) -> seams::request {
  auto out = seams::request();
  out.method = "GET";
  out.url = std::move(url);
  return out;
}

struct world_options {
  seams::instant begin = start;
  bool accept_gzip = true;
  const mock_graph::wire::authority* authority = nullptr; ///< null: the tests' own
};

/// Members die in the reverse order: client and server before the context, clock too.
class wire_world {
public:
  wire_world(wire_kind kind, function_service::answerer how, world_options options = {})
      : time(options.begin), api(std::move(how)) {
    if (kind == wire_kind::memory) {
      client = std::make_unique<mock_graph::wire::memory_wire>(time, api);
      return;
    }
    const auto& trusted = options.authority != nullptr ? *options.authority : authority_of_tests();
    auto shown = mock_graph::wire::server_options();
    shown.tls = kind == wire_kind::tls ? trusted.server_context() : nullptr;
    shown.meter = &meter;
    server.emplace(mock_graph::wire::listen_on_loopback(context), api, time, std::move(shown));
    client = make_client(kind, options.accept_gzip, trusted);
  }
  ~wire_world() { time.abandon_all(); }

  auto make_client(wire_kind kind, bool accept_gzip, const mock_graph::wire::authority& trusted)
      -> std::unique_ptr<seams::transport> {
    auto how = core::adapters::socket_options();
    how.find = [to = server->endpoint()](auto, auto) { return to; };
    how.secure = kind == wire_kind::tls ? core::adapters::encryption::as_url_says
                                        : core::adapters::encryption::never;
    how.roots = core::adapters::trust_pem(trusted.root_pem()).value();
    how.meter = &meter;
    how.in_turn = true;
    how.accept_gzip = accept_gzip;
    return std::make_unique<core::adapters::socket_transport>(time, std::move(how));
  }

  void spawn(net::awaitable<void> what) {
    net::co_spawn(context, std::move(what), [](const std::exception_ptr& thrown) {
      if (thrown) {
        std::rethrow_exception(thrown);
      }
    });
  }
  auto run(seams::duration latest = std::chrono::hours(48)) -> seams::stop_reason {
    const auto bounds = seams::loop_bounds{latest, [] { return false; }};
    return seams::run_until(context, time, total, bounds);
  }

  seams::in_flight total;
  seams::wire_meter meter{total};
  net::io_context context{1};
  seams::virtual_clock time;
  function_service api;
  std::optional<mock_graph::wire::server> server;
  std::unique_ptr<seams::transport> client;
};

} // namespace wire_tests
