#pragma once
// A connection to the tenant of a config for one command: clock, network, tokens, cmdlets.
#include "core/exchange/cmdlet_runner.hpp"
#include "core/live/surroundings.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace cli {

inline constexpr auto interrupted_code = std::string_view("interrupted");

class live_session {
public:
  /// `interrupted`, which may be null, ends what runs once it was true for as long as `grace`.
  live_session(core::connector_config what,
               const core::live::outside& given,
               core::adapters::trust roots,
               const std::atomic<bool>* interrupted = nullptr,
               std::chrono::milliseconds grace = {});
  live_session(const live_session&) = delete;
  auto operator=(const live_session&) -> live_session& = delete;

  /// Logs in for one API, to tell trouble of the login from that of the service.
  auto log_in(core::workload which) -> seams::result<void>;

  /// Runs `what`, which gives a result, to its end; throws what it throws. Fails with
  /// "interrupted" if the user does not wait for the end.
  template <class T> auto run(boost::asio::awaitable<T> what) -> T {
    auto out = std::optional<T>();
    auto thrown = std::exception_ptr();
    auto stop = boost::asio::cancellation_signal();
    const auto finish = [&](const std::exception_ptr& why, T value) {
      thrown = why;
      out.emplace(std::move(value));
    };
    boost::asio::co_spawn(world_.context(),
                          std::move(what),
                          boost::asio::bind_cancellation_slot(stop.slot(), finish));
    const auto stopped = drive(stop, [&] { return out.has_value(); });
    if (thrown && stopped) {
      return seams::failure(seams::reaction::stop_and_diagnose,
                            std::string(interrupted_code),
                            "interrupted: whether what was sent last came about is not known");
    }
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
  /// Runs the context until `is_over`; says whether the user wanted to stop, and `stop` was given.
  auto drive(boost::asio::cancellation_signal& stop, const std::function<bool()>& is_over) -> bool;

  core::connector_config config_;
  const std::atomic<bool>* interrupted_;
  std::chrono::milliseconds grace_;
  core::live::live_world world_;
  core::auth::token_source tokens_;
  core::api::api_client api_;
  core::exchange::cmdlet_runner cmdlets_;
};

/// Fails when the credential or the root certificates cannot be read.
auto open_session(const core::live::settings& what,
                  const core::live::variables& env,
                  const std::atomic<bool>* interrupted = nullptr,
                  std::chrono::milliseconds grace = {})
    -> seams::result<std::unique_ptr<live_session>>;

} // namespace cli
