#pragma once
// The one policy of Conditional Access that blocks listed addresses, and whom it spares.
#include "core/actions/reading.hpp"

namespace core::actions {

inline constexpr auto block_policy_name = "offtenant: block listed IP addresses";

/// Accounts that the policy spares.
struct spared_accounts {
  std::vector<std::string> named; ///< by the act, as object ids: each can sign in
  bool any_signs_in = false;      ///< one of these, or of those that the policy spares already
};

/// Looks up `given`, object ids or user principal names, and without any whether `policy` (null:
/// there is none) spares an account that can sign in. Policies take object ids
/// ("conditionalAccessUsers", excludeUsers). Fails with "break_glass_unfit" for an account that is
/// not there or not enabled, and as `check_user` and `read_object` do.
auto accounts_to_spare(const tools& with,
                       std::vector<std::string> given,
                       const nlohmann::json* policy)
    -> boost::asio::awaitable<seams::result<spared_accounts>>;

/// Makes the policy block the named locations `lists` (ids; none: one that is still to be made) and
/// spare the accounts, or changes the one that is there, from which nothing is taken. It ends
/// enabled, and thus has a problem if no account that can sign in is spared, or if it is not like
/// those that are made here.
auto policy_step(const tools& with,
                 const std::vector<std::string>& lists,
                 const nlohmann::json* policy,
                 const spared_accounts& spared) -> step;

/// A change of Conditional Access, which takes about one request a second from a whole tenant.
auto identity_change(const char* method, std::string url, const nlohmann::json& body) -> api::call;

} // namespace core::actions
