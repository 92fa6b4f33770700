#pragma once
// What people read on a terminal: a line a scenario, a block a failure, a summary.
#include "scenarios/report/outcome.hpp"

namespace scenarios::report {

/// "ok    teams/click-override   12 checks   1h 42m virtual   210 requests   38 ms"; a failure is
/// followed by its explanation.
auto to_lines(const outcome& what, bool colour) -> std::string;

/// "29 passed, 0 failed, 0 errors; 61 days of virtual time in 2.1 s".
auto to_line(const summary& what, std::int64_t wall_ms, bool colour) -> std::string;

/// What triage made of labelled cases: how often which truth got which verdict, and the time to
/// verdict, median and longest. "" where no scenario has labels.
auto to_table(const summary& what) -> std::string;

} // namespace scenarios::report
