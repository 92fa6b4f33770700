#pragma once
// The links that an answer hands out for what comes next.
#include "core/seams/http.hpp"

#include <string>
#include <vector>

namespace replay {

struct given_link {
  std::string url;
  bool is_delta = false; ///< for the next poll, not for the next page
};

/// NextPageUri and Location of the head; "@odata.nextLink", "@odata.deltaLink", "nextLink",
/// "odata.nextLink" and "__next" of a body of JSON, wherever they stand in it.
auto links_given_by(const seams::response& answer) -> std::vector<given_link>;

} // namespace replay
