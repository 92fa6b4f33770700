#pragma once
// What the mock was asked and what it answered, with its reasons.
#include "mock_graph/service.hpp"

#include <string>
#include <vector>

namespace mock_graph {

struct journal_entry {
  seams::instant at;
  std::string method;
  std::string url;
  std::string route;      ///< "graph.alerts", "login.token", "foreign", "unknown", ...
  int status = 0;         ///< 0 where no answer was given
  std::string note;       ///< why it was refused: "token expired", "role missing: ..."
  std::string fault;      ///< id of the fault that met it
  bool had_token = false; ///< an Authorization header came with it
  std::vector<std::string> used_roles = {}; ///< of its token, those that opened the door
};

using journal = std::vector<journal_entry>;

} // namespace mock_graph
