#pragma once
// What requests changed in the tenant: one entry for each change that came about, none for a
// request that found everything as it asked.
#include "core/seams/time.hpp"

#include <string>
#include <vector>

namespace mock_graph {

struct effect {
  seams::instant at;
  std::string what;       ///< the operation: "Set-SafeLinksPolicy"
  std::string target;     ///< "Finance links"
  std::string by;         ///< client id of the app, or address of the administrator
  std::string request_id; ///< of the request that caused it, "" where a scenario did
};

using effect_log = std::vector<effect>;

} // namespace mock_graph
