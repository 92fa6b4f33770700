#pragma once
// From which moment on records give a verdict, in whatever order of time they became known.
#include "core/triage/triage_case.hpp"
#include "scenarios/run/stored_records.hpp"

#include <set>
#include <span>

namespace scenarios::run {

/// What stood in the end: a case, by its id and all aliases, and its verdict.
struct final_verdict {
  std::set<std::string> keys;
  core::triage::outcome what = core::triage::outcome::inconclusive;
};

/// When a verdict came to stay, and the records known since then that its rules rest on.
struct verdict_moment {
  seams::instant at;
  core::triage::record_ids by;
};

/// When one record became known.
using known_at = std::function<seams::instant(const core::stored_record&)>;

/// For each verdict the moment from which on the records known until then give it for its case, or
/// for the parts that became it: the gravest of theirs. Health, which says what could not be read,
/// is that of the end throughout, so the last moment gives every final verdict.
///
/// Records are replayed in the order of `when`, and triaged after each moment at which some became
/// known: exact. Beyond 256 moments or 5,000 records the moment is searched by halves, with one
/// reading and one triage a step, at most 64 for each verdict: then a verdict that came, went and
/// came again may be dated to an earlier coming. Of such a store only the times are held.
auto moments_of(std::span<const final_verdict> verdicts,
                const stored_records& records,
                const std::vector<core::health_entry>& health,
                const known_at& when) -> std::vector<verdict_moment>;

} // namespace scenarios::run
