#pragma once
// What a request for a list says, wherever it says it: JSON body, form, or query.
#include "mock_graph/call.hpp"

#include <nlohmann/json.hpp>

#include <optional>

namespace mock_graph::cloud_apps {

struct list_request {
  nlohmann::json filters = nlohmann::json::object();
  std::string sort_field; ///< "" = the list's own
  bool ascending = false;
  std::int64_t skip = 0;
  std::optional<std::int64_t> limit;
  bool is_scan = false;
};

/// Reads the request; a GET may carry a body, as in the samples of the reference. Nothing if the
/// body is neither JSON nor a form, or a value is of the wrong kind.
auto read_list_request(const call& what) -> std::optional<list_request>;

} // namespace mock_graph::cloud_apps
