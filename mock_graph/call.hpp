#pragma once
// One request as an API handler sees it: routed, decoded, at an instant, by an identified caller.
#include "core/seams/http.hpp"
#include "core/seams/time.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph {

struct parameter {
  std::string name;  ///< decoded, in the caller's case
  std::string value; ///< decoded, '+' read as a blank
};

struct call {
  const seams::request& query;
  seams::instant now;
  std::string root;                  ///< "https://graph.microsoft.com", as the caller wrote it
  std::vector<std::string> path;     ///< decoded segments
  std::vector<parameter> parameters; ///< in order
  std::vector<std::string> roles;    ///< of the caller's token
  std::string caller;                ///< application id of the token
  std::string request_id;
  std::string client_request_id;
  std::string note; ///< a handler that refuses says why, for the journal

  /// The first parameter of that name, without regard to case.
  [[nodiscard]] auto find(std::string_view name) const -> std::optional<std::string_view> {
    for (const auto& one : parameters) {
      if (seams::equal_ignoring_case(one.name, name)) {
        return one.value;
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] auto has_role(std::string_view role) const -> bool {
    for (const auto& one : roles) {
      if (one == role) {
        return true;
      }
    }
    return false;
  }
};

} // namespace mock_graph
