#pragma once
// Reads from a tenant what its posture is judged by.
#include "core/exchange/cmdlet_runner.hpp"
#include "core/safe_links/posture.hpp"

namespace core::safe_links {

/// Policies and rules from Exchange; users, and members of the groups that rules name, from Graph.
/// Where the app may not read the directory, `people` stays empty and `unknown` says what is
/// missing. A policy or rule list that cannot be read fails: unknown is not none.
auto read_posture(const connector_config& config,
                  api::api_client& api,
                  exchange::cmdlet_runner& cmdlets)
    -> boost::asio::awaitable<seams::result<posture_input>>;

} // namespace core::safe_links
