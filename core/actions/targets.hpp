#pragma once
// Which texts can be targets of an action, and the one spelling of each.
#include "core/seams/result.hpp"

#include <string>
#include <string_view>

namespace core::actions {

/// `text` in its canonical form, for a target of that action: addresses and ranges of IP as RFC
/// 5952 writes them and without the bits beyond their prefix, names of hosts and people, ids and
/// hashes in lower case. Needs no tenant.
///
/// Fails with "no_target" (empty), "no_hash", "no_ranges", "range_too_wide" (a named location takes
/// none of /8 or wider, learn.microsoft.com/entra/identity/conditional-access/
/// concept-assignment-network), "unfit_target" (anything else) or "unknown_action".
auto check_target(std::string_view action, std::string_view text) -> seams::result<std::string>;

/// An object id or a user principal name, as `users/{id | userPrincipalName}` takes it. Fails as
/// `check_target`.
auto check_user(std::string_view text) -> seams::result<std::string>;

/// A DNS name of two labels or more. Fails as `check_target`.
auto check_domain(std::string_view text) -> seams::result<std::string>;

/// 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
auto is_guid(std::string_view text) -> bool;

/// 40 hexadecimal digits, an id of Defender for Endpoint ("List machines").
auto is_machine_id(std::string_view text) -> bool;

} // namespace core::actions
