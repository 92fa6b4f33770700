#pragma once
// A time limit on one exchange, on the project's clock.
#include "core/seams/clock.hpp"
#include "core/seams/transport.hpp"

namespace core::http {

/// The answer to `query`, or a failure "no_answer" once `limit` has passed.
auto exchange_within(seams::clock& time,
                     seams::transport& wire,
                     seams::request query,
                     seams::duration limit)
    -> boost::asio::awaitable<seams::result<seams::response>>;

} // namespace core::http
