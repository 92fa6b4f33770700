#pragma once
// How fast a tenant is served to clients, beside a server that only sends a file.
#include "mock_graph/login/keys.hpp"

namespace bench {

/// A page of about 32 KB of `alerts_v2`, asked for over 16 connections that stay open, with a token
/// that is checked: requests a second and latency, plain and TLS, of `offtenant serve` and of a
/// static file server with the same bytes. Server and clients have a thread each.
void time_serving(const mock_graph::login::signing_key& signing);

} // namespace bench
