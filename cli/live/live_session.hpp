#pragma once
// A connection to the tenant of a config for one command: clock, network, tokens, cmdlets.
#include "core/exchange/cmdlet_runner.hpp"
#include "core/live/surroundings.hpp"

#include <boost/asio/co_spawn.hpp>

#include <memory>
#include <optional>

namespace cli {

class live_session {
public:
  live_session(core::connector_config what,
               const core::live::outside& given,
               core::adapters::trust roots);
  live_session(const live_session&) = delete;
  auto operator=(const live_session&) -> live_session& = delete;

  /// Logs in for one API, to tell trouble of the login from that of the service.
  auto log_in(core::workload which) -> seams::result<void>;

  /// Runs `what` to its end; throws what it throws.
  template <class T> auto run(boost::asio::awaitable<T> what) -> T {
    auto out = std::optional<T>();
    auto thrown = std::exception_ptr();
    boost::asio::co_spawn(
        world_.context(), std::move(what), [&](const std::exception_ptr& why, T value) {
          thrown = why;
          out.emplace(std::move(value));
        });
    world_.context().restart();
    world_.context().run();
    if (thrown) {
      std::rethrow_exception(thrown);
    }
    return std::move(*out);
  }

  [[nodiscard]] auto config() const -> const core::connector_config& { return config_; }
  auto time() -> seams::clock& { return world_.time(); }
  auto chance() -> seams::choices& { return world_.chance(); }
  auto tokens() -> core::auth::token_source& { return tokens_; }
  auto api() -> core::api::api_client& { return api_; }
  auto cmdlets() -> core::exchange::cmdlet_runner& { return cmdlets_; }

private:
  core::connector_config config_;
  core::live::live_world world_;
  core::auth::token_source tokens_;
  core::api::api_client api_;
  core::exchange::cmdlet_runner cmdlets_;
};

/// Fails when the credential or the root certificates cannot be read.
auto open_session(const core::live::settings& what, const core::live::variables& env)
    -> seams::result<std::unique_ptr<live_session>>;

} // namespace cli
