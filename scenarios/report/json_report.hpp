#pragma once
// The JSON report: same runs, same bytes.
#include "scenarios/report/outcome.hpp"

#include <string>
#include <variant>

namespace scenarios::report {

/// The document of docs/report-format.md, indented by two blanks, with a newline at the end. Wall
/// times are in it only `with_timings`, so that two runs are equal byte for byte.
auto to_json(const summary& what, bool with_timings) -> std::string;

/// Joins reports of shards: outcomes in order of file, seed and wire. Gives the joined document,
/// or one line that says which text is not such a report, and why. A scenario that is in two
/// reports with the same seed and wire is refused: it would be counted twice.
struct named_text {
  std::string name; ///< of the file, for the error
  std::string text;
};
struct merge_error {
  std::string why;
};
auto merge(const std::vector<named_text>& reports) -> std::variant<summary, merge_error>;

/// What a report file holds, read back; for `merge`. The error names the member at fault.
auto from_json(const named_text& report) -> std::variant<summary, merge_error>;

} // namespace scenarios::report
