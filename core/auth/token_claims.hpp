#pragma once
// What an access token says of itself, for diagnosis alone: to a client it is opaque.
#include "core/seams/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::auth {

struct token_claims {
  std::string audience;
  std::string tenant_id;
  std::string client_id;
  std::vector<std::string> roles; ///< application permissions; none where the token has no `roles`
  bool delegated = false;         ///< it has `scp`: a user's token, not the app's own
  std::optional<seams::instant> expires;
};

/// Reads the claims without verifying the signature: only the API that a token is for may trust
/// it. Nothing for a text that is no JWT of at most 64 KiB; at most a thousand roles are read.
/// Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
auto read_token(std::string_view jwt) -> std::optional<token_claims>;

} // namespace core::auth
