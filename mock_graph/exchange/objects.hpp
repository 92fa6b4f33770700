#pragma once
// Safe Links configuration as cmdlets print it over HTTP, with the types of fields beside them.
#include "mock_graph/tenant/tenant.hpp"

#include <nlohmann/json.hpp>

namespace mock_graph::exchange {

/// "contoso.onmicrosoft.com": the domain that every tenant has.
auto initial_domain(const tenant::standing& state) -> std::string;

/// GUIDs of objects: their own, or one that follows from the name.
auto guid_of(const tenant::standing& state, const tenant::safe_links_policy& policy) -> std::string;
auto guid_of(const tenant::standing& state, const tenant::safe_links_rule& rule) -> std::string;
auto switch_guid(const tenant::standing& state) -> std::string;

struct lifetime {
  seams::instant created;
  seams::instant changed;
};

/// A row of Get-SafeLinksPolicy; fields, order, sidecars and date forms as captured by
/// rknightion/graph2otel (exchange-and-safelinks sheet, 2.2). `built_in` marks Built-in protection.
auto policy_row(const tenant::standing& state,
                const tenant::safe_links_policy& policy,
                bool built_in,
                const lifetime& when) -> nlohmann::ordered_json;

/// A row of Get-SafeLinksRule, Get-ATPProtectionPolicyRule or Get-ATPBuiltInProtectionRule; an
/// unscoped condition is null. The wording of `Description` is composed (exchange-and-safelinks
/// sheet, 3.2).
auto rule_row(const tenant::standing& state,
              const tenant::safe_links_rule& rule,
              std::int64_t priority,
              const lifetime& when) -> nlohmann::ordered_json;

/// The one row of Get-AtpPolicyForO365 (exchange-and-safelinks sheet, 3.3).
auto tenant_switch_row(const tenant::standing& state, const lifetime& when)
    -> nlohmann::ordered_json;

} // namespace mock_graph::exchange
