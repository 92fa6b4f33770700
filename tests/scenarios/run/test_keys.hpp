#pragma once
// Keys that all tests of one program share: making an RSA key takes a while.
#include "scenarios/run/wires.hpp"

namespace tests {

inline auto keys(scenarios::run::wire_kind wire) -> const scenarios::run::shared_keys& {
  using scenarios::run::wire_kind;
  static const auto signing = mock_graph::login::signing_key::generate().value();
  static const auto plain = scenarios::run::shared_keys(signing, wire_kind::memory);
  static const auto tls = scenarios::run::shared_keys(signing, wire_kind::tls);
  return wire == wire_kind::tls ? tls : plain;
}

} // namespace tests
