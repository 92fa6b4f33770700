#pragma once
// Everything a part of the connector is tested on: virtual time, a script, a store in memory.
#include "core/api/api_client.hpp"
#include "core/clouds.hpp"
#include "core/seams/idle_loop.hpp"
#include "tests/core/fakes/fake_store.hpp"
#include "tests/core/fakes/scripted_transport.hpp"

#include <boost/asio/co_spawn.hpp>

namespace fakes {

constexpr auto start =
    seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + std::chrono::hours{8};
constexpr auto tenant = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
/// Must never show in a failure, a health line or the store.
constexpr auto canary_secret = "canary~s3cr3t+/=&";

inline auto plain_config() -> core::connector_config {
  auto out = core::connector_config();
  out.tenant_id = tenant;
  out.client_id = "0b5e3a51-6f3e-4b6f-9a7d-2c9d6c2b8f10";
  out.credential = []() -> seams::result<core::auth::credential> {
    return core::auth::client_secret{canary_secret};
  };
  out.where = *core::find_cloud("global");
  return out;
}

struct bench {
  bench() { net.on("/oauth2/v2.0/token", {token_reply("token-1")}); }
  bench(const bench&) = delete;
  auto operator=(const bench&) -> bench& = delete;
  ~bench() {
    time.abandon_all();
    context.poll();
  }

  /// Runs `what` to its end on virtual time and gives its value; throws what it throws, and
  /// bad_optional_access when it has no end within `limit`.
  template <class T>
  auto await(boost::asio::awaitable<T> what, seams::duration limit = std::chrono::hours{72}) -> T {
    auto out = std::optional<T>();
    auto error = std::exception_ptr();
    boost::asio::co_spawn(context, std::move(what), [&](const std::exception_ptr& thrown, T value) {
      error = thrown;
      out.emplace(std::move(value));
    });
    run(limit, [&] { return out.has_value(); });
    if (error) {
      std::rethrow_exception(error);
    }
    return std::move(out.value());
  }

  /// Lets `span` pass, whoever waits or does not.
  void run(seams::duration span) {
    const auto over = std::make_shared<bool>(false);
    boost::asio::co_spawn(context,
                          time.sleep_for(span, "the end of a span of a test"),
                          [over](const std::exception_ptr&) { *over = true; });
    run(span, [over] { return *over; });
  }

  void run(seams::duration at_most, std::function<bool()> done) {
    context.restart();
    const auto bounds = seams::loop_bounds{time.elapsed() + at_most, std::move(done), {}};
    (void)seams::run_until(context, time, wire, bounds);
  }

  boost::asio::io_context context{1};
  seams::virtual_clock time{start};
  seams::in_flight wire;
  seams::seeded_choices chance{7};
  scripted_transport net{time};
  fake_store records;
  core::connector_config config = plain_config();
  core::auth::token_source tokens{config, time, chance, net};
  core::api::api_client api{config, time, chance, net, tokens};
};

} // namespace fakes
