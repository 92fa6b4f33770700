#pragma once
// Machines and their actions as Defender for Endpoint prints them.
#include "mock_graph/endpoint/machine_book.hpp"
#include "mock_graph/odata/schema.hpp"

namespace mock_graph::endpoint {

/// Source: learn.microsoft.com/defender-endpoint/api/machine (defender-cloudapps-azure sheet, 1.5).
auto machine_document(const machine_book& book, const tenant::device& what)
    -> nlohmann::ordered_json;

/// Lists write `lastUpdateTimeUtc` where a single action has `lastUpdateDateTimeUtc`, as the
/// reference's samples do. Source: learn.microsoft.com/defender-endpoint/api/machineaction,
/// get-machineactions-collection (defender-cloudapps-azure sheet, 1.6).
auto action_document(const machine_action& what, const tenant::device& on, bool in_list)
    -> nlohmann::ordered_json;

/// What filters may name.
auto machine_schema() -> const odata::entity_schema&;
auto action_schema() -> const odata::entity_schema&;

} // namespace mock_graph::endpoint
