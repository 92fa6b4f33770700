#pragma once
// Whether triage of what the connector stored comes to what is true, and how soon.
#include "mock_graph/ledger/ledger.hpp"
#include "scenarios/model/scenario.hpp"
#include "scenarios/report/outcome.hpp"
#include "scenarios/run/case_history.hpp"

namespace scenarios::run {

struct labels_judged {
  std::vector<report::check> checks; ///< one a label
  std::vector<report::label> labels; ///< in the same order
};

/// A label's verdict is the gravest of the cases it is about, "no case" where there is none. Of an
/// attack it must be malicious or suspicious, of something harmless benign or none, and of what
/// cannot be decided inconclusive or suspicious.
///
/// The time to verdict runs from when the tenant showed the last record that the verdict needs to
/// when the store gave the verdict. Both are found by triaging the same records again, as they
/// became visible and as they were stored (see moments_of): from when on do they give this verdict
/// for this case? A record whose name the ledger does not know counts as visible when it was
/// stored, so no delay is held against it. A store that gave the verdict earlier, because it got
/// something late that spoke against it for a while, took no time. Where there is no case there is
/// no time, and without `book` none is measured.
auto judge_labels(const std::vector<model::label>& labels,
                  const stored_records& records,
                  const std::vector<core::health_entry>& health,
                  case_history& cases,
                  const mock_graph::ledger* book) -> labels_judged;

} // namespace scenarios::run
