#pragma once
// Mints app-only access tokens: v1.0 JWTs, as Microsoft's own APIs get them from either endpoint.
#include "core/seams/time.hpp"
#include "mock_graph/login/credentials.hpp"
#include "mock_graph/login/directory.hpp"
#include "mock_graph/login/keys.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mock_graph::login {

struct token_order {
  const tenant::application* app = nullptr;
  tenant_info tenant;
  api resource = api::graph;
  std::string audience; ///< the resource as the request wrote it
  client_proof proof = client_proof::secret;
};

struct issued_token {
  std::string jwt;
  std::vector<std::string> roles;
  std::int64_t expires_in = 0; ///< seconds from now
  std::int64_t not_before = 0; ///< seconds since 1970
  std::int64_t expires_on = 0; ///< seconds since 1970
};

/// Permissions granted on `resource` at `now`, in the order of the grants, each once.
auto granted_roles(const tenant::application& app, api resource, seams::instant now)
    -> std::vector<std::string>;

/// `lifetime` in seconds becomes `expires_in`. The token is dated 300 s back and ends one second
/// after `expires_in`: exp - nbf is 3900 for 3599, as in Microsoft's samples. `seed` and `serial`
/// decide the opaque claims.
auto issue_token(const token_order& order,
                 const signing_key& key,
                 seams::instant now,
                 std::int64_t lifetime,
                 std::uint64_t seed,
                 std::uint64_t serial) -> issued_token;

/// `bytes` octets that depend on the arguments only, in base64url.
auto opaque(std::uint64_t seed, std::string_view name, std::size_t bytes) -> std::string;

} // namespace mock_graph::login
