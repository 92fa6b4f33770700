#pragma once
// Turns evidence into cases: what happened, to whom, how sure, what to do, and why.
//
// A pure function of stored records: no clock, network or file. The same records give the same
// cases, in whatever order they came.
#include "core/triage/evidence_book.hpp"
#include "core/triage/settings.hpp"
#include "core/triage/triage_case.hpp"

#include <set>

namespace core::triage {

struct triage_options {
  const settings* rules = nullptr; ///< the shipped ones if null
  /// Roles of the app's tokens, for telling which actions it may take; nothing where not known.
  std::optional<std::set<std::string>> roles;
};

/// The most urgent case first, then by id.
///
/// A case is benign only if a clearing rule explains it whole and nothing of weight happened to its
/// accounts afterwards: want of evidence never makes a case benign, it leaves it inconclusive.
auto triage_cases(const evidence& known, const triage_options& how = {})
    -> std::vector<triage_case>;

/// The case of that id, or the one that had it once; null if there is none.
auto find_case(const std::vector<triage_case>& cases, std::string_view id) -> const triage_case*;

} // namespace core::triage
