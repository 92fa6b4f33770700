#include "cli/live/triage_cases.hpp"

#include "core/actions/case_requests.hpp"

namespace cli {

namespace triage = core::triage;

auto collect_evidence(core::store& from, const std::atomic<bool>& interrupted)
    -> seams::result<triage::evidence> {
  auto book = triage::evidence_book();
  const auto read = from.read({}, [&](const core::stored_record& one) {
    book.add(one.what);
    return !interrupted;
  });
  if (read.has_error()) {
    return read.error();
  }
  const auto health = from.health();
  if (!health) {
    return health.error();
  }
  for (const auto& one : *health) {
    book.add(one);
  }
  return book.settle();
}

auto recommended_for(core::store& from,
                     const std::string& case_id,
                     const std::atomic<bool>& interrupted)
    -> seams::result<std::vector<core::actions::act_request>> {
  const auto known = collect_evidence(from, interrupted);
  if (!known) {
    return known.error();
  }
  const auto cases = triage::triage_cases(*known);
  const auto* found = triage::find_case(cases, case_id);
  if (found == nullptr) {
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "no_such_case",
                          "no case is or was called '" + case_id + "'");
  }
  return core::actions::requests_of(*found);
}

} // namespace cli
