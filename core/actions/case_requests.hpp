#pragma once
// What triage recommends for a case, as requests for acts.
#include "core/actions/step.hpp"
#include "core/triage/triage_case.hpp"

namespace core::actions {

/// The actions of the case in the order in which they are taken: that of the action table.
auto requests_of(const triage::triage_case& one) -> std::vector<act_request>;

} // namespace core::actions
