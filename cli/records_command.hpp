#pragma once
// The arguments of `offtenant records` as they were typed, and what they mean.
#include "cli/command.hpp"
#include "cli/ocsf_arguments.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cli {

struct records_arguments {
  std::string store;
  std::vector<std::string> filters; ///< "connector_type:ms365_safe_links"
  std::optional<std::string> user;
  std::optional<std::string> url;
  std::optional<std::string> since;
  std::optional<std::string> until;
  std::optional<std::string> limit;
  std::string format = "table";
  ocsf_arguments ocsf;
  bool count = false;
};

/// What to list, or the first argument that cannot be used. The store must exist.
auto records_options_of(const records_arguments& typed) -> parsed<records_options>;

} // namespace cli
