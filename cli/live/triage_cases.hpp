#pragma once
// The cases of a store, and what they recommend as requests for acts.
#include "core/actions/step.hpp"
#include "core/store/store.hpp"
#include "core/triage/triage.hpp"

#include <atomic>

namespace cli {

/// Everything that the store holds, as triage looks at it.
auto collect_evidence(core::store& from, const std::atomic<bool>& interrupted)
    -> seams::result<core::triage::evidence>;

/// The actions of the case by that id or an older one, by the shipped rules, in the order in which
/// they are taken. Fails with "no_such_case" and with the store's failures.
auto recommended_for(core::store& from,
                     const std::string& case_id,
                     const std::atomic<bool>& interrupted)
    -> seams::result<std::vector<core::actions::act_request>>;

} // namespace cli
