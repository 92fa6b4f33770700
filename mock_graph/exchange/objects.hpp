#pragma once
// Safe Links configuration as cmdlets print it over HTTP, with the types of fields beside them.
#include "mock_graph/tenant/tenant.hpp"

#include <nlohmann/json.hpp>

namespace mock_graph::exchange {

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

/// A row of Get-SafeLinksRule: whom the policy of the same name applies to; an unscoped condition
/// is null. The wording of `Description` is composed (exchange-and-safelinks sheet, 3.2).
auto rule_row(const tenant::standing& state,
              const tenant::safe_links_policy& policy,
              std::int64_t priority,
              const lifetime& when) -> nlohmann::ordered_json;

/// The one row of Get-AtpPolicyForO365, with the values that Built-in protection sets
/// (exchange-and-safelinks sheet, 3.3).
auto tenant_switch_row(const tenant::standing& state, const lifetime& when)
    -> nlohmann::ordered_json;

} // namespace mock_graph::exchange
