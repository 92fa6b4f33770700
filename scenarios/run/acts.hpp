#pragma once
// Operations that a scenario lets the core carry out in its tenant, and what became of them.
#include "core/api/api_client.hpp"
#include "core/seams/choices.hpp"
#include "core/store/store.hpp"
#include "mock_graph/tenant/tenant.hpp"
#include "scenarios/model/scenario.hpp"

#include <functional>

namespace scenarios::run {

/// What the core is given for one of them; all outlives it.
struct act_tools {
  const core::connector_config& config;
  seams::clock& time;
  seams::choices& chance;
  seams::transport& wire;
  core::store& records;
  const mock_graph::tenant::tenant& tenant; ///< to know what the scenario's names stand for
};

/// What `[[expect]] acts` is held against.
struct act_record {
  seams::instant at;       ///< when it ended
  nlohmann::json document; ///< {"run", "code", "text", ...}
};

/// Told of each end as soon as it is there, so that it is known whatever happens later.
using act_sink = std::function<void(act_record)>;

/// The login and the manners of one operation.
struct act_session {
  explicit act_session(const act_tools& with)
      : tokens(with.config, with.time, with.chance, with.wire),
        api(with.config, with.time, with.chance, with.wire, tokens) {}

  core::auth::token_source tokens;
  core::api::api_client api;
};

/// Carries an operation out as the command line would, with a login of its own.
auto carry_out(const model::planned_act& what, act_tools with, act_sink sink)
    -> boost::asio::awaitable<void>;

/// The part of it that is about Safe Links: one record, with `name`, `rows`, `requests`, `remarks`.
/// `code` is "changed", "unchanged", "shown", "would_change", "as_asked", "not_as_asked",
/// "all_stored", "clicks_missing", or that of the failure.
auto carry_out_safe_links(const model::planned_act& what,
                          const act_tools& with,
                          act_session& session) -> boost::asio::awaitable<act_record>;

/// The part of it that is about response actions: a record for each step of each target, with
/// `action`, `target`, `step`, `does`, `result` and, of a proposal, `request`. An action that is
/// refused as a whole is one record with the `code` and `text` of the refusal.
auto carry_out_actions(const model::planned_act& what,
                       const act_tools& with,
                       act_session& session,
                       act_sink sink) -> boost::asio::awaitable<void>;

} // namespace scenarios::run
