#pragma once
// Connectors with a planted bug each, made by wrapping a port. Never part of the product.
#include "scenarios/run/world.hpp"

#include <string>
#include <vector>

namespace mutants {

struct mutant {
  std::string bug;      ///< in words
  std::string scenario; ///< below the repository, the scenario that must notice
  std::string promise;  ///< the check that must fail
  scenarios::run::tampering tamper;
};

auto all() -> std::vector<mutant>;

} // namespace mutants
