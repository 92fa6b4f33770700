#pragma once
// What all audit records share.
#include "core/seams/time.hpp"

#include <string>

namespace mock_graph::activity {

/// `CreationTime` has whole seconds and no zone (9,608 of 9,608 rows of one export).
inline auto creation_time(seams::instant at) -> std::string {
  auto text = seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
  text.pop_back();
  return text;
}

} // namespace mock_graph::activity
