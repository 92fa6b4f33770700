#pragma once
// The arguments of `offtenant record` as they were typed, and what they mean.
#include "cli/command.hpp"

#include <string>

namespace cli {

struct record_arguments {
  scenarios::recording::record_options options; ///< what needs no reading
  std::string listen = "127.0.0.1:8443";
  std::string upstream; ///< "" = where the names lead
  std::string max_size; ///< "" = no limit
};

/// What to record, or the first argument that cannot be used.
auto record_options_of(const record_arguments& typed, const environment& env)
    -> parsed<scenarios::recording::record_options>;

} // namespace cli
