#pragma once
// Named locations and policies as Graph reads and prints them.
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/schema.hpp"
#include "mock_graph/tenant/conditional_access.hpp"

#include <set>

namespace mock_graph::conditional_access {

/// What Entra's documentation limits (graph-directory sheet, 5.8).
constexpr auto locations_most = std::size_t{195};
constexpr auto ranges_most = std::size_t{2000};

/// microsoft.graph.ipNamedLocation.
/// Source: learn.microsoft.com/graph/api/resources/ipnamedlocation.
auto location_document(const tenant::named_location& what) -> nlohmann::ordered_json;
/// microsoft.graph.conditionalAccessPolicy, with the members it was given.
/// Source: learn.microsoft.com/graph/api/resources/conditionalaccesspolicy.
auto policy_document(const tenant::access_policy& what) -> nlohmann::ordered_json;

/// Takes over the members of a body; those that it lacks stay. 400 for a location of countries, a
/// range that is none or not longer than /8, more than 2,000 of them. Texts are ours.
auto apply(const nlohmann::json& body, tenant::named_location& to)
    -> std::optional<odata::api_error>;
/// What policies may name.
struct known_objects {
  const std::vector<tenant::named_location>& locations;
  const std::set<std::string>& users; ///< object ids
};

/// The same for a policy. 400 where it lacks a name, a state, conditions or what it demands, or
/// names a location that is not there. People are named by their ids
/// (learn.microsoft.com/graph/api/ resources/conditionalaccessusers); that one who is not there is
/// refused with 400 is inferred, as is that those stay whom the policy named before: policies keep
/// accounts that were deleted (Microsoft365DSC issue 2151).
auto apply(const nlohmann::json& body, const known_objects& known, tenant::access_policy& to)
    -> std::optional<odata::api_error>;

/// Whether a policy names the location.
auto uses(const tenant::access_policy& policy, const std::string& location_id) -> bool;

auto location_schema() -> const odata::entity_schema&;
auto policy_schema() -> const odata::entity_schema&;

} // namespace mock_graph::conditional_access
