#pragma once
// One request as an API handler sees it: decoded, at an instant, by an identified caller.
#include "core/seams/http.hpp"
#include "core/seams/time.hpp"
#include "mock_graph/login/clouds.hpp"
#include "mock_graph/odata/target.hpp"
#include "mock_graph/tenant/application.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace mock_graph {

struct call {
  const seams::request& query;
  odata::target target;
  seams::instant now;
  login::api api = login::api::graph;       ///< the API that the host belongs to
  std::string route = {};                   ///< "graph.alerts": the operation that is meant
  std::vector<std::string> roles = {};      ///< of the caller's token
  std::string caller = {};                  ///< application id of the token
  const tenant::application* app = nullptr; ///< its registration; null if it is gone
  std::string request_id = {};
  std::string client_request_id = {};
  std::string note = {};   ///< a handler that refuses says why, for the journal
  seams::duration takes{}; ///< set by a handler whose answer is late
  mutable std::vector<std::string> used_roles = {}; ///< that a handler asked for and found

  /// The first parameter of that name, without regard to case.
  [[nodiscard]] auto find(std::string_view name) const -> std::optional<std::string_view> {
    return odata::find_parameter(target, name);
  }
  /// Whether the token bears that role. A role that is asked for and there is noted as used.
  [[nodiscard]] auto has_role(std::string_view role) const -> bool {
    const auto found = std::ranges::find(roles, role);
    if (found == roles.end()) {
      return false;
    }
    used_roles.push_back(*found);
    return true;
  }
  /// "https://graph.microsoft.com", as the caller wrote it: links are built from it.
  [[nodiscard]] auto root() const -> std::string {
    return target.scheme + "://" + target.host + (target.port.empty() ? "" : ":" + target.port);
  }
  /// The name of path segment `index`, "" if the path is shorter.
  [[nodiscard]] auto step(std::size_t index) const -> std::string_view {
    return index < target.path.size() ? std::string_view(target.path[index].name)
                                      : std::string_view();
  }
};

} // namespace mock_graph
