#pragma once
// Whom the tenant lets in: accounts that are disabled and sessions that were ended stay outside.
#include "mock_graph/tenant/events.hpp"

#include <optional>
#include <string>

namespace mock_graph::tenant {

/// Why a sign-in does not come through, as the sign-in log tells it.
struct sign_in_refusal {
  std::int64_t code = 0; ///< an AADSTS number without its prefix
  std::string reason;
  bool by_policy = false; ///< Conditional Access refused it
};

/// What an act on an account means for its sign-ins; names and the like stay as they are.
void apply_access(user_change::act what, instant at, user& who);

/// Whether `who` is kept outside, signing in from `address` in a session that began at
/// `session_began`. 50057 for a disabled account; 50133 for a session that was revoked, 50132 for
/// one that a new password ended (that the two divide so is a choice); 53003 where a policy of
/// Conditional Access blocks the address.
/// Source: learn.microsoft.com/entra/identity-platform/reference-error-codes (graph-directory
/// sheet, 3.2).
auto refusal_of(const standing& state,
                const user& who,
                const std::string& address,
                instant session_began) -> std::optional<sign_in_refusal>;

} // namespace mock_graph::tenant
