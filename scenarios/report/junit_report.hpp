#pragma once
// The JUnit report, which CI servers show.
#include "scenarios/report/outcome.hpp"

namespace scenarios::report {

/// One test suite, one test case a scenario and seed, one failure element a failed check.
/// Characters that XML 1.0 forbids are replaced. Times are wall seconds only `with_timings`, else
/// 0.
auto to_junit(const summary& what, bool with_timings) -> std::string;

} // namespace scenarios::report
