#pragma once
// The arguments of `offtenant replay` as they were typed, and what they mean.
#include "cli/command.hpp"

#include <string>

namespace cli {

struct replay_arguments {
  std::string cassette;
  std::string mode = "once";
  std::string start;  ///< "" = when it was recorded
  std::string period; ///< "" = as it was recorded
  std::string seed = "1";
  std::string keep;
  std::string json;
};

/// What to replay, or the first argument that cannot be used.
auto replay_options_of(const replay_arguments& typed, const environment& env)
    -> parsed<scenarios::replaying::replay_options>;

} // namespace cli
