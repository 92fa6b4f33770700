#pragma once
// How clients of Microsoft's hosts come in: TLS under the root that they trust, or by proxy.
#include "mock_graph/wire/server.hpp"
#include "scenarios/serve/state_folder.hpp"

#include <string_view>

namespace scenarios::serve {

/// Whether a host (lower case, no port) is Microsoft's login or one of its APIs, in any cloud.
auto is_served_host(std::string_view host) -> bool;

/// TLS with a certificate for all those hosts, good for a year from `now`, and tunnels to them and
/// to no other.
auto front_door(seams::instant now, const kept_keys& keys) -> mock_graph::wire::server_options;

} // namespace scenarios::serve
