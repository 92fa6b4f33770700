#include "mock_graph/tenant/safe_links.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace mock_graph::tenant {
namespace {

auto domain_of(std::string_view address) -> std::string_view {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

auto is_same(std::string_view name_or_address, const user& who) -> bool {
  return name_or_address == who.name || seams::equal_ignoring_case(name_or_address, who.upn);
}

auto is_member(const standing& state, std::string_view name_or_address, const user& who) -> bool {
  return std::ranges::any_of(state.groups, [&](const group& g) {
    return (g.name == name_or_address || seams::equal_ignoring_case(g.address, name_or_address)) &&
           std::ranges::find(g.members, who.name) != g.members.end();
  });
}

/// Which kinds of conditions name the user.
struct named_by {
  bool user = false;
  bool group = false;
  bool domain = false;
};

auto look_for(const user& who, const safe_links_scope& scope, const standing& state) -> named_by {
  return {std::ranges::any_of(scope.users, [&](auto& one) { return is_same(one, who); }),
          std::ranges::any_of(scope.groups, [&](auto& one) { return is_member(state, one, who); }),
          std::ranges::any_of(scope.domains, [&](auto& one) {
            return seams::equal_ignoring_case(one, domain_of(who.upn));
          })};
}

/// Different kinds of conditions are ANDed, values of one kind ORed, exceptions all ORed; no
/// condition at all is everyone (exchange-and-safelinks sheet, 3.2).
auto applies(const standing& state, const safe_links_rule& rule, const user& who) -> bool {
  const auto in = look_for(who, rule.to, state);
  const auto out = look_for(who, rule.except, state);
  return (in.user || rule.to.users.empty()) && (in.group || rule.to.groups.empty()) &&
         (in.domain || rule.to.domains.empty()) && !out.user && !out.group && !out.domain;
}

constexpr auto custom_rank = 2;

/// Strict presets, standard presets, custom policies.
auto rank_of(const safe_links_setup& setup, const safe_links_rule& rule) -> int {
  const auto* policy = find_policy(setup, rule.policy);
  return policy == nullptr || policy->kind == preset::none ? custom_rank
         : policy->kind == preset::standard                ? 1
                                                           : 0;
}

/// Whether `text` is `pattern`, in which '*' stands for anything.
auto matches(std::string_view pattern, std::string_view text) -> bool {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) {
    return seams::equal_ignoring_case(pattern, text);
  }
  if (text.size() < star ||
      !seams::equal_ignoring_case(pattern.substr(0, star), text.substr(0, star))) {
    return false;
  }
  for (auto at = star; at <= text.size(); ++at) {
    if (matches(pattern.substr(star + 1), text.substr(at))) {
      return true;
    }
  }
  return false;
}

auto without_scheme(std::string_view url) -> std::string_view {
  const auto scheme = url.find("://");
  return scheme == std::string_view::npos ? url : url.substr(scheme + 3);
}

auto without_last_slash(std::string_view text) -> std::string_view {
  return text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
}

} // namespace

auto built_in_protection() -> safe_links_policy {
  auto policy = safe_links_policy();
  policy.name = "Built-In Protection Policy";
  policy.enable_for_internal_senders = false;
  return policy;
}

auto preset_policy(preset kind) -> safe_links_policy {
  auto policy = safe_links_policy();
  policy.kind = kind;
  policy.allow_click_through = false;
  policy.disable_url_rewrite = false;
  return policy;
}

auto in_order(const safe_links_setup& setup) -> std::vector<const safe_links_rule*> {
  auto out = std::vector<const safe_links_rule*>();
  for (const auto& rule : setup.rules) {
    out.push_back(&rule);
  }
  std::ranges::stable_sort(out, {}, [&](const safe_links_rule* rule) {
    return std::pair(rank_of(setup, *rule), rule->priority);
  });
  return out;
}

void number_rules(safe_links_setup& setup) {
  auto order = std::vector<std::size_t>(setup.rules.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order,
                [&](std::size_t i) { return rank_of(setup, setup.rules[i]) != custom_rank; });
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return setup.rules[i].priority; });
  for (auto i = std::size_t{0}; i < order.size(); ++i) {
    setup.rules[order[i]].priority = static_cast<std::int64_t>(i);
  }
}

auto find_policy(const safe_links_setup& setup, std::string_view name) -> const safe_links_policy* {
  const auto found = std::ranges::find_if(setup.policies, [&](const safe_links_policy& one) {
    return seams::equal_ignoring_case(one.name, name);
  });
  return found == setup.policies.end() ? nullptr : &*found;
}

auto policy_for(const standing& state, const user& who) -> safe_links_policy {
  for (const auto* rule : in_order(state.safe_links)) {
    const auto* policy = find_policy(state.safe_links, rule->policy);
    if (policy != nullptr && rule->enabled && applies(state, *rule, who)) {
      return *policy;
    }
  }
  return built_in_protection();
}

auto is_left_alone(const safe_links_policy& policy, std::string_view url) -> bool {
  const auto address = without_last_slash(without_scheme(url));
  return std::ranges::any_of(policy.do_not_rewrite_urls, [&](std::string_view entry) {
    const auto pattern = without_last_slash(without_scheme(entry));
    const auto folder = pattern.ends_with("/*") ? pattern.substr(0, pattern.size() - 2) : pattern;
    const auto domain = folder.starts_with("*.") ? folder.substr(2) : folder;
    return matches(pattern, address) || matches(folder, address) ||
           (domain != folder &&
            (matches(domain, address) || matches(std::string(domain) + "/*", address)));
  });
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

auto outcome_on(const std::string& page) -> click_outcome {
  return page == "error" ? click_outcome::error_page : click_outcome::blocked_by_tenant;
}

auto may_go_on(const safe_links_policy& policy, click_outcome outcome) -> bool {
  const auto has_way_on =
      outcome == click_outcome::blocked || outcome == click_outcome::scan_pending;
  return has_way_on && policy.allow_click_through;
}

} // namespace mock_graph::tenant
