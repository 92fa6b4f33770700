#include "mock_graph/tenant/sign_in_rules.hpp"

#include "mock_graph/tenant/ip_range.hpp"

#include <algorithm>

namespace mock_graph::tenant {
namespace {

using nlohmann::json;

/// Whether the list at `where` in the conditions of a policy holds `text`.
auto lists(const json& policy, const char* where, const std::string& text) -> bool {
  const auto at = json::json_pointer(where);
  return policy.contains(at) && policy.at(at).is_array() &&
         std::ranges::find(policy.at(at), json(text)) != policy.at(at).end();
}

/// Whether the list at `where` holds the id of a location that `address` lies in.
auto lists_place_of(const access_setup& setup,
                    const json& policy,
                    const char* where,
                    const std::string& address) -> bool {
  return std::ranges::any_of(setup.locations, [&](const named_location& one) {
    const auto meant =
        lists(policy, where, one.id) || (one.trusted && lists(policy, where, "AllTrusted"));
    return meant && std::ranges::any_of(one.ranges, [&](const std::string& range) {
             return lies_in(address, range);
           });
  });
}

auto is_about(const json& policy, const user& who) -> bool {
  return (lists(policy, "/conditions/users/includeUsers", "All") ||
          lists(policy, "/conditions/users/includeUsers", who.object_id)) &&
         !lists(policy, "/conditions/users/excludeUsers", who.object_id);
}

auto is_blocked_at(const access_setup& setup, const json& policy, const std::string& address)
    -> bool {
  constexpr auto in = "/conditions/locations/includeLocations";
  constexpr auto out = "/conditions/locations/excludeLocations";
  return (lists(policy, in, "All") || lists_place_of(setup, policy, in, address)) &&
         !lists_place_of(setup, policy, out, address);
}

/// Policies for all applications that block by user and address alone; others leave sign-ins as
/// they are scripted.
auto blocks(const access_setup& setup,
            const json& policy,
            const user& who,
            const std::string& address) -> bool {
  return policy.value("state", "") == "enabled" &&
         lists(policy, "/grantControls/builtInControls", "block") &&
         lists(policy, "/conditions/applications/includeApplications", "All") &&
         is_about(policy, who) && is_blocked_at(setup, policy, address);
}

} // namespace

void apply_access(user_change::act what, instant at, user& who) {
  switch (what) {
  case user_change::act::disabled:
    who.enabled = false;
    break;
  case user_change::act::enabled:
    who.enabled = true;
    break;
  case user_change::act::sessions_revoked:
    who.sessions_from = at;
    break;
  case user_change::act::password_reset:
    who.sessions_from = at;
    who.password_set = at;
    break;
  case user_change::act::deleted:
    who.deleted = true;
    break;
  case user_change::act::restored:
    who.deleted = false;
    break;
  case user_change::act::updated:
  case user_change::act::purged:
    break;
  }
}

auto refusal_of(const standing& state,
                const user& who,
                const std::string& address,
                instant session_began) -> std::optional<sign_in_refusal> {
  if (!who.enabled) {
    return sign_in_refusal{50057, "The user account is disabled."};
  }
  if (session_began < who.sessions_from) {
    return sign_in_refusal{
        who.password_set == who.sessions_from ? 50132 : 50133,
        "The session is not valid due to password expiration or recent password change."};
  }
  const auto policy = std::ranges::find_if(state.access.policies, [&](const access_policy& one) {
    return blocks(state.access, one.document, who, address);
  });
  return policy == state.access.policies.end()
             ? std::nullopt
             : std::optional(sign_in_refusal{
                   53003,
                   "Access has been blocked by Conditional Access policies. The access policy does "
                   "not allow token issuance.",
                   true});
}

} // namespace mock_graph::tenant
