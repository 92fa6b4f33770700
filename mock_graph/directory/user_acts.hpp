#pragma once
// What an app may do to an account: disable and enable it, set its password, end its sessions.
#include "mock_graph/acts/performer.hpp"
#include "mock_graph/directory/user_book.hpp"
#include "mock_graph/door.hpp"
#include "mock_graph/graph/throttle_bucket.hpp"

#include <map>

namespace mock_graph::directory {

/// POST /users/{id}/revokeSignInSessions, and PATCH /users/{id} for the door that has the path.
///
/// PATCH knows `accountEnabled` and `passwordProfile`, takes the roles of each and, for users who
/// hold a directory role, one on the service principal that outranks it; 204, however often.
/// Passwords are Entra's: 8 to 256 characters, three kinds out of four. A revoke answers 200 and
/// true whatever came of it, and does nothing for guests, who sign in elsewhere. Each one that
/// moves `signInSessionsValidFromDateTime`, which knows whole seconds, is an effect, as is each
/// password that is set.
/// Source: learn.microsoft.com/graph/api/user-update, user-revokesigninsessions,
/// graph/known-issues, graph/throttling-limits (graph-directory sheet, 2.7, 5.5, 5.6, 5.10);
/// learn.microsoft.com/entra/identity/authentication/concept-sspr-policy.
class user_acts final : public door {
public:
  user_acts(const user_book& book, acts::performer& acts) : book_(book), acts_(acts) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

  auto update(call& what) -> seams::response;

private:
  struct wanted;
  /// Whether the caller may write once more within its limit.
  auto admits(const call& what) -> bool;
  /// The user of that object id in its present state, or null.
  [[nodiscard]] auto find(const call& what) const -> const tenant::user*;
  void switch_account(const call& what, const tenant::user& who, bool enabled);
  void set_password(const call& what, const tenant::user& who);
  void revoke(const call& what, const tenant::user& who);

  const user_book& book_;
  acts::performer& acts_;
  std::map<std::string, graph::throttle_bucket> writes_; ///< by application
};

} // namespace mock_graph::directory
