#pragma once
// RSA keys that follow from a name, so that a scenario's certificates are the same on any machine.
#include "mock_graph/login/keys.hpp"

namespace mock_graph::login {

/// The 2048-bit key of that name: no secret, as everybody can make it. Kept once it is made, which
/// takes some 0.1 s. Any thread.
auto named_key(const std::string& name) -> signing_key;

} // namespace mock_graph::login
