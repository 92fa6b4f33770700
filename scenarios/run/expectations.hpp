#pragma once
// What a scenario expects, held against what the connector stored and the mock was asked.
#include "mock_graph/effects.hpp"
#include "mock_graph/journal.hpp"
#include "scenarios/model/scenario.hpp"
#include "scenarios/report/outcome.hpp"
#include "scenarios/run/acts.hpp"
#include "scenarios/run/case_history.hpp"

namespace scenarios::run {

struct evidence {
  const stored_records& records;
  const std::vector<core::health_entry>& health;
  const mock_graph::journal& requests;
  const std::vector<act_record>& acts;
  const mock_graph::effect_log& effects;
  case_history& cases;
};

/// Counts what matches, within the expectation's bounds of virtual time, and compares. Alerts and
/// incidents count once each, by their latest version within the bounds; records by version.
auto check_expectation(const model::expectation& what, const evidence& found) -> report::check;

/// Whether `document` has the value at the dotted path. A member whose name holds dots is found
/// too; an array matches if any element does; a text that starts with '~' asks for a part; a bool
/// matches the numbers 0 and 1.
auto matches(const nlohmann::json& document, const model::condition& wanted) -> bool;

} // namespace scenarios::run
