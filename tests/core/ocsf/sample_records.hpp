#pragma once
// Real public records beside the project, if they are there: no copy of them is shipped.
#include <string>
#include <vector>

namespace ocsf_tests {

struct sample {
  std::string feed; ///< that it is an export of
  std::string raw;
};

/// Names of the files with records, in order; none where there are no samples.
auto sample_files() -> std::vector<std::string>;

/// The records of a file: of lists, pages, hunting answers, recorded exchanges, CSV and lines.
auto sample_records(const std::string& name) -> std::vector<sample>;

} // namespace ocsf_tests
