#pragma once
// Does the client hold what its app registration knows: a secret, or a certificate's key?
#include "core/seams/time.hpp"
#include "mock_graph/login/directory.hpp"
#include "mock_graph/login/sts_error.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace mock_graph::login {

/// How the client authenticated: claim `appidacr`.
enum class client_proof { secret = 1, certificate = 2 };

/// Accepts a secret value of `app` that is valid at `now` (from <= now < until), byte for byte:
/// a space pasted along makes it wrong. A value that has run out gives 7000222, and so does any
/// when all secrets have run out; everything else, a Secret ID or a value that has not replicated
/// yet, gives 7000215. Takes the same time whatever the value.
auto check_secret(const tenant::application& app, std::string_view secret, seams::instant now)
    -> granted<client_proof>;

/// Accepts a client assertion: RS256 or PS256, certificate named by `x5t` or `x5t#S256`, dates with
/// five minutes of leeway (`nbf` may be absent), issuer and subject the client, audience one that
/// `is_audience` accepts. Refusals: 50027, 700027, 1000502, 700024.
auto check_assertion(const tenant::application& app,
                     std::string_view assertion,
                     seams::instant now,
                     const std::function<bool(std::string_view)>& is_audience)
    -> granted<client_proof>;

} // namespace mock_graph::login
