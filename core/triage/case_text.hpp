#pragma once
// Cases for people: the queue, one line a case, and a case with its timeline.
#include "core/triage/triage_case.hpp"

namespace core::triage {

auto queue_text(const std::vector<triage_case>& cases) -> std::string;

/// Verdict, people, why, what is missing, what to do, and the timeline. Control characters of
/// subjects and names are replaced.
auto case_text(const triage_case& one) -> std::string;

} // namespace core::triage
