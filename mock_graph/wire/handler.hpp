#pragma once
// What a server asks for its answers: somebody who may take time, while others are served.
#include "mock_graph/service.hpp"

#include <boost/asio/awaitable.hpp>

namespace mock_graph::wire {

class handler {
public:
  virtual ~handler() = default;

  /// As `service::answer`. `query` outlives the coroutine; several may be under way.
  virtual auto answer(const seams::request& query) -> boost::asio::awaitable<reply> = 0;
};

/// A service, which has its answer at once.
class at_once final : public handler {
public:
  explicit at_once(service& inner) : inner_(inner) {}

  auto answer(const seams::request& query) -> boost::asio::awaitable<reply> override {
    co_return inner_.answer(query);
  }

private:
  service& inner_;
};

} // namespace mock_graph::wire
