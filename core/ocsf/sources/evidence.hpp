#pragma once
// `evidence[]` of an alert as `evidences[]`, `resources[]` and `device` (sheet, section 4.2).
#include "core/ocsf/draft.hpp"

namespace core::ocsf {

/// Adds all evidence of an alert to its finding.
void put_evidence(draft& of);

/// The same for a class that has no `evidences`: the resources alone, the rest stays unmapped.
void put_resources(draft& of);

} // namespace core::ocsf
