#include "mock_graph/tenant/safe_links.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>

namespace mock_graph::tenant {
namespace {

auto domain_of(std::string_view address) -> std::string_view {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

auto is_member(const standing& state, std::string_view group_name, const user& who) -> bool {
  return std::ranges::any_of(state.groups, [&](const group& g) {
    return g.name == group_name && std::ranges::find(g.members, who.name) != g.members.end();
  });
}

/// Different kinds of conditions are ANDed, values of one kind ORed; none at all is everyone
/// (exchange-and-safelinks sheet, 3.2).
auto applies(const standing& state, const safe_links_policy& policy, const user& who) -> bool {
  const auto by_user = policy.users.empty() || std::ranges::any_of(policy.users, [&](auto& name) {
                         return name == who.name || seams::equal_ignoring_case(name, who.upn);
                       });
  const auto by_group = policy.groups.empty() || std::ranges::any_of(policy.groups, [&](auto& g) {
                          return is_member(state, g, who);
                        });
  const auto by_domain =
      policy.domains.empty() || std::ranges::any_of(policy.domains, [&](auto& domain) {
        return seams::equal_ignoring_case(domain, domain_of(who.upn));
      });
  return by_user && by_group && by_domain;
}

} // namespace

auto built_in_protection() -> safe_links_policy {
  auto policy = safe_links_policy();
  policy.name = "Built-In Protection Policy";
  policy.enable_for_internal_senders = false;
  return policy;
}

auto policy_for(const standing& state, const user& who) -> safe_links_policy {
  const safe_links_policy* best = nullptr;
  for (const auto& policy : state.policies) {
    if (applies(state, policy, who) && (best == nullptr || policy.priority < best->priority)) {
      best = &policy;
    }
  }
  return best == nullptr ? built_in_protection() : *best;
}

auto covers(const safe_links_policy& policy, workload where, bool internal_sender) -> bool {
  switch (where) {
  case workload::email:
    return policy.enable_for_email && (!internal_sender || policy.enable_for_internal_senders);
  case workload::teams:
    return policy.enable_for_teams;
  case workload::office:
    return policy.enable_for_office;
  }
  return false;
}

auto outcome_of(const safe_links_policy& policy, threat known, bool scan_pending) -> click_outcome {
  if (known != threat::clean) {
    return click_outcome::blocked;
  }
  return scan_pending && policy.scan_urls ? click_outcome::scan_pending : click_outcome::allowed;
}

auto may_go_on(const safe_links_policy& policy, click_outcome outcome) -> bool {
  return outcome != click_outcome::allowed && policy.allow_click_through;
}

} // namespace mock_graph::tenant
