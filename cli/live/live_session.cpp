#include "cli/live/live_session.hpp"

namespace cli {

live_session::live_session(core::connector_config what,
                           const core::live::outside& given,
                           core::adapters::trust roots)
    : config_(std::move(what)), world_(given, std::move(roots)),
      tokens_(config_, world_.time(), world_.chance(), world_.network()),
      api_(config_, world_.time(), world_.chance(), world_.network(), tokens_),
      cmdlets_(config_, api_, tokens_) {}

auto live_session::log_in(core::workload which) -> seams::result<void> {
  const auto token = run(tokens_.token(config_.where.of(which).audience));
  return token ? seams::result<void>() : seams::result<void>(token.error());
}

auto open_session(const core::live::settings& what, const core::live::variables& env)
    -> seams::result<std::unique_ptr<live_session>> {
  auto config = core::live::ready_config(what, env);
  if (!config) {
    return config.error();
  }
  auto roots = core::live::roots_of(what);
  if (!roots) {
    return roots.error();
  }
  return std::make_unique<live_session>(
      std::move(*config), core::live::outside{env, {}}, std::move(*roots));
}

} // namespace cli
