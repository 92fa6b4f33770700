#pragma once
// How Conditional Access is configured: ranges of addresses that have a name, and policies.
#include "core/seams/time.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace mock_graph::tenant {

/// A named location of IP ranges.
struct named_location {
  std::string id;
  std::string name;
  bool trusted = false;
  std::vector<std::string> ranges; ///< "203.0.113.7/32", "2001:db8::/64"
  seams::instant created;
  seams::instant modified;

  auto operator==(const named_location&) const -> bool = default;
};

/// A policy, as Graph was given it.
struct access_policy {
  std::string id;
  nlohmann::json document; ///< displayName, state, conditions, grantControls, sessionControls
  seams::instant created;
  seams::instant modified; ///< equal to `created`: never

  auto operator==(const access_policy&) const -> bool = default;
};

struct access_setup {
  std::vector<named_location> locations = {};
  std::vector<access_policy> policies = {};

  auto operator==(const access_setup&) const -> bool = default;
};

/// Conditional Access has been configured anew.
struct access_change {
  access_setup becomes;
};

} // namespace mock_graph::tenant
