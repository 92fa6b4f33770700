#pragma once
// Records a shipped scenario while the connector runs it, and what the connector made of it.
#include "replay/cassette/cassette.hpp"
#include "scenarios/run/world.hpp"

namespace test {

/// What a connector ended with, in comparable form.
struct findings {
  std::vector<std::string> records; ///< "feed key version: bytes"
  std::vector<std::string> cases;   ///< as JSON
  std::vector<std::string> health;  ///< "feed state code", in order of each feed
};

struct recording {
  replay::cassette tape;
  findings found;
};

/// Of a shipped scenario ("http/throttle-storm"), on the memory wire.
auto record_scenario(const std::string& name, std::uint64_t seed = 1) -> recording;

/// Of a scenario's text.
auto record_text(const std::string& text, std::uint64_t seed = 1) -> recording;

auto findings_of(scenarios::run::world& place) -> findings;

} // namespace test
