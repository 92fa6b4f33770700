#include "mock_graph/wire/memory_wire.hpp"

#include "mock_graph/wire/presentation.hpp"

#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace mock_graph::wire {
namespace {

namespace net = boost::asio;
using seams::failure;
using seams::reaction;

/// Nobody ever sends: completes by cancellation only, and dies with the io_context.
auto silence() -> net::awaitable<void> {
  using never = net::experimental::channel<void(boost::system::error_code)>;
  auto channel = never(co_await net::this_coro::executor);
  co_await channel.async_receive(net::use_awaitable);
}

auto unavailable(std::string code, std::string why) -> failure {
  return {reaction::retry_later, std::move(code), std::move(why)};
}

} // namespace

auto memory_wire::exchange(seams::request query) -> net::awaitable<seams::result<seams::response>> {
  co_await time_.sleep_for(seams::duration::zero(), "turn to send");
  if (!is_sendable(query)) {
    co_return unavailable("connect_failed", "not a request that HTTP can carry");
  }
  query = as_service_sees(std::move(query));
  auto [answer, travel] = as_client_sees(query.method, api_.answer(query));
  if (travel.delay > seams::duration::zero()) {
    co_await time_.sleep_for(travel.delay, wait_label(query));
  }
  if (travel.how == delivery::kind::silence) {
    co_await silence();
  }
  if (travel.how == delivery::kind::reset) {
    co_return unavailable("connection_reset", "the connection ended before the answer");
  }
  if (travel.how == delivery::kind::cut) {
    co_return unavailable("answer_cut", "the connection ended within the answer");
  }
  co_return std::move(answer);
}

} // namespace mock_graph::wire
