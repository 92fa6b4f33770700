#include "core/http/within.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace core::http {

auto exchange_within(seams::clock& time,
                     seams::transport& wire,
                     seams::request query,
                     seams::duration limit)
    -> boost::asio::awaitable<seams::result<seams::response>> {
  using namespace boost::asio::experimental::awaitable_operators;
  auto why = "an answer from " + query.url.substr(0, query.url.find('?'));
  auto first = co_await (wire.exchange(std::move(query)) || time.sleep_for(limit, std::move(why)));
  if (first.index() == 0) {
    co_return std::get<0>(std::move(first));
  }
  co_return seams::failure(
      seams::reaction::retry_later, "no_answer", "no answer within " + seams::to_text(limit));
}

} // namespace core::http
