#include "scenarios/run/acts.hpp"

namespace scenarios::run {

auto carry_out(const model::planned_act& what, act_tools with, act_sink sink)
    -> boost::asio::awaitable<void> {
  auto session = act_session(with);
  if (what.run.starts_with(model::action_prefix)) {
    co_await carry_out_actions(what, with, session, std::move(sink));
    co_return;
  }
  auto done = co_await carry_out_safe_links(what, with, session);
  sink(std::move(done));
}

} // namespace scenarios::run
