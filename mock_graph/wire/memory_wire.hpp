#pragma once
// The wire without bytes: requests go to the service as objects. The fastest, for sweeps.
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"
#include "mock_graph/service.hpp"

namespace mock_graph::wire {

/// Every exchange is a step of its own on the clock, in the order in which exchanges were started,
/// as on the wires with sockets. A cut answer fails with "answer_cut", a reset one with
/// "connection_reset", a silent one completes only when cancelled (it throws operation_aborted).
class memory_wire final : public seams::transport {
public:
  memory_wire(seams::clock& time, service& api) : time_(time), api_(api) {}

  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override;

private:
  seams::clock& time_;
  service& api_;
};

} // namespace mock_graph::wire
