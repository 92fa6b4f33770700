#pragma once
// The arguments of `offtenant run` as they were typed, and what they mean.
#include "cli/command.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The text of each argument; nothing where it was not given.
struct run_arguments {
  std::vector<std::string> paths;
  std::string filter;
  std::optional<std::string> jobs;
  std::optional<std::string> seed;
  std::optional<std::string> seeds;
  std::optional<std::string> wire;
  std::optional<std::string> timeout_s;
  std::optional<std::string> part;
  std::optional<std::string> colour;
  std::string json;
  std::string junit;
  std::string keep;
  bool fail_fast = false;
  bool list = false;
  bool timings = false;
};

/// The options of the run that `typed` asks for, or the first argument that cannot be used. Paths
/// must exist; without any, the suites that come with offtenant are meant.
auto suite_options_of(const run_arguments& typed, const surroundings& around)
    -> parsed<scenarios::run::suite_options>;

} // namespace cli
