#pragma once
// The only way to the network: one whole HTTP exchange.
#include "core/seams/http.hpp"
#include "core/seams/result.hpp"

#include <boost/asio/awaitable.hpp>

namespace seams {

class transport {
public:
  virtual ~transport() = default;

  /// Sends `query` and waits for the whole answer. Any status is a value; a failure means that no
  /// complete answer came. Its `next` is retry_later and its `code` one of: "connect_failed",
  /// "tls_failed", "connection_reset", "answer_cut", "answer_malformed", "answer_too_large".
  /// Sets Host, Connection and Content-Length itself. Has no time limit of its own: race it
  /// against `clock::sleep_for`; being cancelled, it closes what it used.
  virtual auto exchange(request query) -> boost::asio::awaitable<result<response>> = 0;
};

} // namespace seams
