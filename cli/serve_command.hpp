#pragma once
// The arguments of `offtenant serve` as they were typed, and what they mean.
#include "cli/command.hpp"

#include <string>
#include <vector>

namespace cli {

struct serve_arguments {
  std::string scenario; ///< "" with a cassette
  std::string cassette; ///< "" = none
  std::string mode;     ///< of the cassette, "" = once
  std::string listen = "127.0.0.1:8443";
  std::string time = "real";
  std::string start = "now";
  std::string offset = "0s";
  std::string state; ///< "" = below the cache folder
  bool json = false;
  std::vector<std::string> until;
  std::string timeout; ///< "" = none
  std::string audit;   ///< "" = none
  std::string control; ///< "" = none
};

/// What to serve, or the first argument that cannot be used.
auto serve_options_of(const serve_arguments& typed, const environment& env)
    -> parsed<scenarios::serve::serve_options>;

} // namespace cli
