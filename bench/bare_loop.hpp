#pragma once
// The least that a polling simulation can cost: the same bodies over the same wire, nothing else.
#include "scenarios/run/wires.hpp"

#include <string>
#include <vector>

namespace bench {

/// The requests of one connector in one world, in order, with the answers it got.
struct exchange {
  seams::request query;
  seams::response answer;
  seams::duration at{}; ///< virtual time since the start
};

/// Replays `script` in a world that has a clock and a wire, and whose client parses each body as
/// JSON. Gives wall seconds.
auto run_bare_loop(const std::vector<exchange>& script,
                   scenarios::run::wire_kind wire,
                   const scenarios::run::shared_keys& keys) -> double;

} // namespace bench
