#pragma once
// Operations that a scenario lets the core carry out in its tenant, and what became of them.
#include "core/config.hpp"
#include "core/seams/choices.hpp"
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"
#include "scenarios/model/scenario.hpp"

#include <boost/asio/awaitable.hpp>

namespace scenarios::run {

/// What the core is given for one of them; all outlives it.
struct act_tools {
  const core::connector_config& config;
  seams::clock& time;
  seams::choices& chance;
  seams::transport& wire;
};

/// What `[[expect]] acts` is held against.
struct act_record {
  seams::instant at;       ///< when it ended
  nlohmann::json document; ///< {"run", "name", "code", "text", "requests", ...}
};

/// Carries it out as the command line would, with a login of its own. `code` is "changed",
/// "unchanged", "shown", "would_change", "as_asked", "not_as_asked", or that of the failure.
auto carry_out(const model::planned_act& what, act_tools with)
    -> boost::asio::awaitable<act_record>;

} // namespace scenarios::run
