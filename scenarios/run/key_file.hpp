#pragma once
// The mock's signing key, kept between runs: making an RSA key takes longer than most suites.
#include "mock_graph/login/keys.hpp"

namespace scenarios::run {

/// The key in `path`; if there is none, or none that can be read, a new one, which is written there
/// readable by its owner only. It signs the tokens of mock tenants and is of no use elsewhere. A
/// path that cannot be written, or "", gives a key for this run.
auto cached_signing_key(const std::string& path) -> seams::result<mock_graph::login::signing_key>;

} // namespace scenarios::run
