#pragma once
// Forwards requests for Microsoft's hosts to them, and keeps what came of it.
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"
#include "mock_graph/wire/handler.hpp"
#include "scenarios/recording/tape.hpp"

namespace scenarios::recording {

/// What is asked of other hosts gets 403 and goes nowhere. Where no answer comes the client gets
/// 502, and the tape why. Fields that belong to one connection are not passed on (RFC 9110, 7.6.1).
/// An exchange is on the tape before the client has its answer.
class recording_proxy final : public mock_graph::wire::handler {
public:
  /// All outlive it.
  recording_proxy(seams::transport& upstream, seams::clock& time, tape& to)
      : upstream_(upstream), time_(time), tape_(to) {}

  auto answer(const seams::request& query) -> boost::asio::awaitable<mock_graph::reply> override;

  /// How many requests wait for their answer.
  [[nodiscard]] auto under_way() const -> std::size_t { return under_way_; }

private:
  auto forward(seams::request query) -> boost::asio::awaitable<seams::response>;

  seams::transport& upstream_;
  seams::clock& time_;
  tape& tape_;
  std::size_t under_way_ = 0;
};

} // namespace scenarios::recording
