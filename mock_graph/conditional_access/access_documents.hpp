#pragma once
// Named locations and policies as Graph reads and prints them.
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/schema.hpp"
#include "mock_graph/tenant/events.hpp"

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
/// The same for a policy. 400 where it lacks a name, a state, conditions or what it demands, or
/// names a location or a user that is not there; users are named by their object ids.
auto apply(const nlohmann::json& body, const tenant::standing& state, tenant::access_policy& to)
    -> std::optional<odata::api_error>;

/// Whether a policy names the location.
auto uses(const tenant::access_policy& policy, const std::string& location_id) -> bool;

auto location_schema() -> const odata::entity_schema&;
auto policy_schema() -> const odata::entity_schema&;

} // namespace mock_graph::conditional_access
