#include "cli/real_engine.hpp"

#include "scenarios/run/suite.hpp"

namespace cli {

auto real_engine() -> engine {
  auto parts = engine();
  parts.run_suite = scenarios::run::run_suite;
  return parts;
}

} // namespace cli
