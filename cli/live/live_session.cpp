#include "cli/live/live_session.hpp"

namespace cli {

live_session::live_session(core::connector_config what,
                           const core::live::outside& given,
                           core::adapters::trust roots,
                           const std::atomic<bool>* interrupted,
                           std::chrono::milliseconds grace)
    : config_(std::move(what)), interrupted_(interrupted), grace_(grace),
      world_(given, std::move(roots)),
      tokens_(config_, world_.time(), world_.chance(), world_.network()),
      api_(config_, world_.time(), world_.chance(), world_.network(), tokens_),
      cmdlets_(config_, api_, tokens_) {}

auto live_session::drive(boost::asio::cancellation_signal& stop,
                         const std::function<bool()>& is_over) -> bool {
  // A signal handler can do no more than set a flag.
  constexpr auto between_looks = std::chrono::milliseconds{100};
  auto& context = world_.context();
  auto stopped = false;
  auto patience = grace_;
  while (!is_over()) {
    if (interrupted_ != nullptr && *interrupted_) {
      stopped = patience <= patience.zero();
      patience -= between_looks;
    }
    if (stopped) {
      stop.emit(boost::asio::cancellation_type::terminal);
    }
    context.restart();
    context.run_for(between_looks);
  }
  context.restart();
  context.run();
  return stopped;
}

auto live_session::log_in(core::workload which) -> seams::result<void> {
  const auto token = run(tokens_.token(config_.where.of(which).audience));
  return token ? seams::result<void>() : seams::result<void>(token.error());
}

auto open_session(const core::live::settings& what,
                  const core::live::variables& env,
                  const std::atomic<bool>* interrupted,
                  std::chrono::milliseconds grace) -> seams::result<std::unique_ptr<live_session>> {
  auto config = core::live::ready_config(what, env);
  if (!config) {
    return config.error();
  }
  auto roots = core::live::roots_of(what);
  if (!roots) {
    return roots.error();
  }
  return std::make_unique<live_session>(
      std::move(*config), core::live::outside{env, {}}, std::move(*roots), interrupted, grace);
}

} // namespace cli
